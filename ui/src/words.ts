// How dates, kinds of evidence and statuses are said.
import type { CompetencyState, EvidenceKind, Framework, Kind } from './api'

const long = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** Whether a text is a day such as `2026-06-12`. */
export function isDay(text: unknown): text is string {
  return typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}

/** "12 June 2026". */
export function longDate(day: string): string {
  return isDay(day) ? long.format(new Date(day)) : day
}

/** "12 Jun", with the year when it is another one than this. */
export function shortDate(day: string, today = ''): string {
  if (!isDay(day)) return day
  // Three letters of the month, as on paper; the system's own short form has four for September.
  const [date = '', month = '', year = ''] = longDate(day).split(' ')
  const words = `${date} ${month.slice(0, 3)}`
  return year === today.slice(0, 4) ? words : `${words} ${year}`
}

/** The day of a moment where one is: `2026-06-12` of "2026-06-12T13:05:00Z". */
export function momentDay(moment: string): string {
  const at = new Date(moment)
  if (Number.isNaN(at.getTime())) return moment.slice(0, 10)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** "12 June 2026 at 14:05". */
export function momentWords(moment: string): string {
  return `${longDate(momentDay(moment))} at ${clock.format(new Date(moment))}`
}

/** How many days lie between two days; below 0 when the second comes first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

/** "1 hour 20 minutes", "50 minutes". */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const parts = []
  if (hours > 0) parts.push(counted(hours, 'hour'))
  if (rest > 0 || hours === 0) parts.push(counted(rest, 'minute'))
  return parts.join(' ')
}

/** "1 hour", "2 hours". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
}

/** "a, b and c". */
export function listed(words: string[], last = 'and'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

/** "12 KB". */
export function size(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte')
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

const FILES: { [mediaType: string]: string } = {
  'application/pdf': 'PDF',
  'application/msword': 'Word document',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word document',
  'application/vnd.oasis.opendocument.text': 'Text document',
  'application/vnd.ms-excel': 'Spreadsheet',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Spreadsheet',
  'application/vnd.ms-powerpoint': 'Slides',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'Slides',
  'application/zip': 'Zip archive',
}
const SORTS: { [sort: string]: string } = { image: 'Picture', audio: 'Sound', video: 'Film', text: 'Text' }

/** What a file is, in a word or two: "PDF", "Picture". */
export function fileWord(mediaType: string): string {
  return FILES[mediaType] ?? SORTS[mediaType.split('/')[0] ?? ''] ?? 'File'
}

/** The title of a kind of evidence: "Observed practice". */
export function evidenceTitle(framework: Framework, kind: EvidenceKind): string {
  return framework.evidence.find((meaning) => meaning.id === kind)?.title ?? kind
}

/** The same within a sentence: "observed practice". */
export function evidenceWord(framework: Framework, kind: EvidenceKind): string {
  return lower(evidenceTitle(framework, kind))
}

/** The first letter small, for the middle of a sentence. */
export function lower(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}

/** The first letter large, for the beginning of a sentence. */
export function upper(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** What stands on the button that begins a record of this kind. */
export function newOf(kind: Kind): string {
  return `New ${lower(kind.title)}`
}

export type Coverage = 'agreed' | 'covered' | 'partly' | 'not-yet' | 'not-expected'

/** How far a competency is evidenced, as it is shown: never pass or fail, never a percentage. */
export function coverage(state: CompetencyState): Coverage {
  if (state.status === 'signed-off') return 'agreed'
  if (state.status === 'evidenced') return 'covered'
  if (state.status === 'partial') return 'partly'
  return state.expected ? 'not-yet' : 'not-expected'
}

export const COVERAGE_WORDS: { [of in Coverage]: string } = {
  agreed: 'Agreed',
  covered: 'Covered',
  partly: 'Partly',
  'not-yet': 'Not yet',
  'not-expected': 'Not expected yet',
}
