// For whom a portfolio is and what it is, as the window says it.
import type { Audience, Release, Sheet } from '../api'
import { counted, longDate } from '../words'

type Reader = { id: Audience; label: string; hint: string }

/** Everyone a portfolio can be for, with what they get. */
export const READERS: Reader[] = [
  {
    id: 'appraisal',
    label: 'Your appraisal',
    hint: 'Your work, the journal entries you put forward, and your line management supervision.',
  },
  {
    id: 'supervision',
    label: 'Health coaching supervision',
    hint: 'Your work, the journal entries you put forward, and your health coaching supervision.',
  },
  {
    id: 'line-management',
    label: 'Line management',
    hint: 'The same as for your appraisal, with line management on the cover.',
  },
  {
    id: 'clinical',
    label: 'Clinical supervision',
    hint: 'Your work, the journal entries you put forward, and your clinical supervision.',
  },
  {
    id: 'assessor',
    label: 'An independent assessor (for tier 1 to 2)',
    hint: 'Your work and the journal entries you put forward. Of supervision, only how often you had it.',
  },
  {
    id: 'full',
    label: 'Everything (your own copy)',
    hint: 'All of it: private journal entries, notes of sessions, all supervision and small figures too.',
  },
]

/** For whom it was: "Line management". */
export function readerWords(audience: Audience | null): string {
  return READERS.find((reader) => reader.id === audience)?.label ?? 'The whole, for yourself'
}

/** " from 1 May 2026 to 12 June 2026"; nothing when it was all of the time. */
export function spanWords(from: string | null, to: string | null): string {
  if (from && to) return ` from ${longDate(from)} to ${longDate(to)}`
  if (from) return ` from ${longDate(from)} on`
  return to ? ` up to ${longDate(to)}` : ''
}

/** How long it is: "42 pages", or that it is a page for a browser. */
export function lengthWords(pages: number, sheet: Sheet): string {
  return sheet === 'html' ? 'one web page' : counted(pages, 'page')
}

/** As what it was given out, of which the log has the file's name alone. */
export function sheetOf(release: Release): Sheet {
  return release.name.toLowerCase().endsWith('.html') ? 'html' : 'pdf'
}
