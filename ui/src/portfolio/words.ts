// For whom a portfolio is and what it is, as the window says it.
import { AUDIENCES, type Audience, type Sheet } from '../api'
import { counted, longDate } from '../words'

/** Everyone to whom the window gives a portfolio, with what they get; the coach's own copy is the one with everything. */
export const READERS = AUDIENCES.filter((audience) => audience.id !== 'whole')

/** For whom it was: "Line management". */
export function readerWords(audience: Audience): string {
  return AUDIENCES.find((one) => one.id === audience)?.label ?? audience
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
