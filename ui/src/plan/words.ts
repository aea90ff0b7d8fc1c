// What a step of the plan begins: the record it becomes, or a goal to get there.
import type { Claim, Draft, Kind, Step } from '../api'
import { toBegin, type Place } from '../place.svelte'
import { listed } from '../words'

/** The values of a form as the plan sets them, which says them in words as the command line takes them. */
export function valuesOf(kind: Kind, set: { [field: string]: string | undefined }): Draft {
  const values: Draft = {}
  for (const [id, word] of Object.entries(set)) {
    const type = kind.fields.find((field) => field.id === id)?.type
    if (type === 'yes-no') values[id] = word === 'yes'
    else if (type === 'minutes' || type === 'whole' || type === 'number') values[id] = Number(word)
    else values[id] = word
  }
  return values
}

/** What is known of the record of a step before it is written. */
export function startOf(step: Step, kind: Kind): { claims: Claim[]; values: Draft } {
  return {
    values: valuesOf(kind, step.set),
    claims: step.competencies.map((competency) => ({ competency })),
  }
}

/** Where a goal to get there is written. */
export function goalOf(step: Step): Place {
  return toBegin('goal', {
    values: { title: step.what, status: 'open', competencies: step.competencies, body: step.how },
  })
}

/** What to do about it, which is not said twice. */
export function howWords(step: Step): string {
  return step.like == null ? step.how : `In the same way as step ${step.like + 1}.`
}

/** "It comes after step 1." */
export function afterWords(after: number[]): string {
  const places = after.map((place) => String(place + 1))
  if (places.length === 0) return ''
  return `It comes after ${places.length === 1 ? 'step' : 'steps'} ${listed(places)}.`
}

/** "Nothing is left open of 1.3 and 2.2 then." */
export function completesWords(completes: string[], all: string[]): string {
  if (completes.length === 0) return ''
  if (completes.length === all.length && all.length > 1) return 'With it, nothing is left open of any of them.'
  return `With it, nothing is left open of ${all.length === 1 ? 'it' : listed(completes)}.`
}

/** What the page begins with. */
export function planWords(open: number, steps: number): string {
  const begin = `${open === 1 ? 'One thing is' : `${open} things are`} still asked for.`
  if (steps === 0) return `${begin} It comes with time.`
  if (steps === 1) return `${begin} One step would see to most of it.`
  return `${begin} These ${steps} steps would see to most of it, the most helpful first. The order is only a suggestion.`
}
