// What Today says about hours and about what would help next.
import type { Framework, Gaps, Hours, Kind } from '../api'
import { biggestChance } from '../competency/words'
import { counted, duration, evidenceWord, longDate, lower } from '../words'

export function hoursWords(hours: Hours): string {
  if (hours.nhs_minutes === 0) return 'No NHS hours yet; they grow from the sessions you log.'
  const other = hours.other_minutes > 0 ? `, and ${duration(hours.other_minutes)} elsewhere` : ''
  return `${duration(hours.nhs_minutes)} of NHS coaching${other}.`
}

export function tierWords(hours: Hours): string {
  const held = hours.tier === 0 ? 'You are working towards tier 1' : `Your hours have reached tier ${hours.tier}`
  const outstanding =
    hours.tier > 0 && hours.outstanding.length > 0 ? `; still open: ${hours.outstanding.map(sentence).join('; ')}` : ''
  if (!hours.next) return `${held}${outstanding}.`
  const left = `${duration(hours.next.minutes_left)} to go to the hours of tier ${hours.next.tier}`
  const forecast = hours.next.forecast ? `, about ${longDate(hours.next.forecast)} at your present pace` : ''
  return `${held}${outstanding}. ${left}${forecast}.`
}

const sentence = (text: string) => lower(text).replace(/\.$/, '')

export type Next = { words: string; kind: Kind | null }

/** The one thing that would help most competencies. */
export function nextWords(gaps: Gaps, framework: Framework, kinds: Kind[]): Next | null {
  const chance = biggestChance(gaps)
  if (!chance) return null
  const evidence = evidenceWord(framework, chance.evidence)
  const kind = kinds.find((kind) => kind.offers.some((offer) => offer.evidence === chance.evidence)) ?? null
  const asks = `${counted(chance.competencies, 'of your competencies asks', 'of your competencies ask')} for it.`
  const words = chance.any
    ? `More ${evidence}: ${counted(chance.competencies, 'of your competencies still asks', 'of your competencies still ask')} for it.`
    : `Nothing with ${evidence} yet: ${asks}`
  return { words, kind }
}
