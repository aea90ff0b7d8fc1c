// When something in a kind holds, the same reckoning as the domain's `condition.rs`.
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
  const value = values[condition.field]
  if (condition.in) return (condition.in as unknown[]).includes(value)
  return isFilled(value) === condition.filled
}

/** What a record with these values can count as. */
export function offered(kind: Kind, values: Draft): EvidenceKind[] {
  return kind.offers.filter((offer) => holds(offer.when, values)).map((offer) => offer.evidence)
}
