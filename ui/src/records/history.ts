// When a record was written, and what is written after it.
import type { Draft, Followup } from '../api'
import { toBegin, type Place } from '../place.svelte'
import { counted, daysBetween, isDay, momentDay } from '../words'
import { asText, claimsOf } from './values'

/** How long after its day a record was written, as a fact: "Written 3 days after its date". Nothing where that says nothing. */
export function writtenWords(record: Draft): string {
  const created = asText(record.created)
  if (!isDay(record.date) || created === '') return ''
  const days = daysBetween(record.date, momentDay(created))
  if (days < 0) return ''
  return days === 0 ? 'Written on the day' : `Written ${counted(days, 'day')} after its date`
}

/** Where a record that follows another is written, with what is known of it filled in. */
export function followupOf({ draft }: Followup): Place {
  const kind = asText(draft.kind)
  const values = { ...draft }
  const claims = claimsOf(draft)
  delete values.claims
  return toBegin(kind, { values, claims })
}
