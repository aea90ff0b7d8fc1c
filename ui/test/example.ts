// Invented people and sessions for the tests and for looking at the window.
import type { Place } from '../src/place.svelte'
import { EXAMPLE, NAMES, RECORDS } from './answers'
import type { MemoryVault } from './vault'

/** The place, where the id of a record may be the name of one of the example's. */
export function named(place: Place, ids: { [name: string]: string }): Place {
  if (!('record' in place && place.record && 'id' in place.record)) return place
  const { record } = place
  return { ...place, record: { ...record, id: ids[record.id] ?? record.id } }
}

/** Puts the example's records into the vault; gives back the ids of some of them. */
export function fill(vault: MemoryVault) {
  vault.open = true
  vault.folder = '/home/you/Documents/Coaching'
  for (const record of RECORDS) vault.put(record)
  vault.answers = structuredClone(EXAMPLE)
  return NAMES
}
