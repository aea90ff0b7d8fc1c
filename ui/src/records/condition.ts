// When something in a kind holds: the same rules as the domain's `condition.rs`.
import type { Condition, Draft, EvidenceKind, Kind } from '../api'

/** Whether a value says anything: not null, not blank text, not an empty list or group. */
export function isFilled(value: unknown): boolean {
  if (value === null || value === undefined) return false
  if (typeof value === 'string') return value.trim() !== ''
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'object') return Object.values(value).some(isFilled)
  return true
}

/** Whether the condition holds for these values. No condition always holds. */
export function holds(condition: Condition | null | undefined, values: Draft): boolean {
  if (!condition) return true
  if (condition.all) return condition.all.every((one) => holds(one, values))
  if (condition.any) return condition.any.some((one) => holds(one, values))
  const value = values[condition.field]
  if (condition.in) return (condition.in as unknown[]).includes(value)
  if (condition.not_in) return isFilled(value) && !(condition.not_in as unknown[]).includes(value)
  return isFilled(value) === condition.filled
}

/** What a record with these values can count as. A value that the form would not show says nothing. */
export function offered(kind: Kind, values: Draft): EvidenceKind[] {
  const counts = said(kind, values)
  const offers = kind.offers.filter((offer) => holds(offer.when, counts)).map((offer) => offer.evidence)
  return [...new Set(offers)]
}

/** The values of the kind's own fields that the form would show. */
function said(kind: Kind, values: Draft): Draft {
  const fields = kind.fields.filter((field) => field.id in values)
  const shown = fields.filter((field) => holds(field.when, values))
  const left = Object.fromEntries(shown.map((field) => [field.id, values[field.id]])) as Draft
  // Taking one away may take away what another was shown for.
  return shown.length === fields.length ? left : said(kind, left)
}
