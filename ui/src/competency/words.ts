// What a competency asks for, in plain words.
import type { CompetencyState, Decision, EvidenceKind, Framework, Kind, NeedState, Summary } from '../api'
import { duration, evidenceTitle, evidenceWord, listed, lower, upper } from '../words'

export const accepts = (need: NeedState): EvidenceKind[] => (need.kind ? [need.kind] : (need.any_of ?? []))

/** "Observed practice", or "E-learning or self-directed learning (one is enough)". */
export function needTitle(framework: Framework, need: NeedState): string {
  const [first, ...others] = accepts(need)
  if (!first) return ''
  if (others.length === 0) return evidenceTitle(framework, first) + (need.group ? ' of a group' : '')
  const words = [evidenceTitle(framework, first), ...others.map((kind) => evidenceWord(framework, kind))]
  return `${listed(words, 'or')} (one is enough)`
}

/** How a need stands: there, begun or waiting for something that should come before it, or not yet. */
export function needCoverage(need: NeedState): 'covered' | 'partly' | 'not-yet' {
  if (need.met) return 'covered'
  const early = need.uncounted?.some((one) => one.why === 'too-early' || one.why === 'used-elsewhere')
  return early || need.records.length > 0 || (need.minutes ?? 0) > 0 ? 'partly' : 'not-yet'
}

/** Why what is put forward does not count, a sentence for each reason. */
export function uncountedWords(need: NeedState): string[] {
  // What should come first is said by the need itself.
  const others = (need.uncounted ?? []).filter((one) => one.why !== 'too-early')
  return others.map(({ records, says }) => {
    const many = records.length === 1 ? 'One record does' : `${records.length} records do`
    return `${many} not count yet: ${says}.`
  })
}

export const NEED_WORDS = { covered: 'There', partly: 'Not quite yet', 'not-yet': 'Not yet' }

/** How a need stands and what would meet it, in a sentence. */
export function needWords(framework: Framework, need: NeedState): string {
  if (need.rhythm) {
    const rhythm = framework.rhythms.find((one) => one.supervision === need.rhythm)
    const less = rhythm?.pro_rata ? 'less often' : `every ${months(rhythm?.part_time_months ?? 0)}`
    const often = rhythm ? `every ${months(rhythm.full_time_months)}, or ${less} if you work part time` : 'regularly'
    const words = need.met
      ? 'Your supervision log shows the expected rhythm over your review period.'
      : need.why
        ? `${upper(need.why)}. It asks for one meeting one to one ${often}, over your whole review period.`
        : `It asks for a log with one meeting one to one ${often}, not a single entry.`
    return need.mark ? `${words} ${upper(need.mark)}.` : words
  }
  if (need.hours !== undefined && need.hours !== null && need.first_months) {
    const there = duration(need.minutes ?? 0)
    return `${there} of ${need.hours} hours under supervision in your first ${need.first_months} months. Your log of sessions counts them.`
  }
  if (need.course && !need.met) return 'It asks for the certificate of the accredited e-learning on it.'
  const waiting = need.uncounted?.find((one) => one.why === 'too-early')?.records.length ?? 0
  if (!need.met && waiting > 0 && need.after) {
    const first = evidenceWord(framework, need.after)
    return `${waiting === 1 ? 'One record is' : `${waiting} records are`} waiting: it counts once there is ${first} from that day or before.`
  }
  if (!need.met && need.after) return `This comes after ${evidenceWord(framework, need.after)}.`
  return ''
}

function months(count: number): string {
  return count === 1 ? 'month' : `${count} months`
}

/** Whether a decision that was made is worth nothing as it stands, so that it is time to ask again. */
export function asksAgain({ outcome }: Decision): boolean {
  return ['nothing-there', 'more-since', 'changed', 'gone'].includes(outcome)
}

/** What a competency does not have yet. */
export function missing(state: CompetencyState): NeedState[] {
  return state.needs.filter((need) => !need.met)
}

/** What a competency still asks for, in a sentence. */
export function asksWords(framework: Framework, state: CompetencyState): string {
  if (state.status === 'signed-off') return 'Agreed.'
  const open = missing(state).map((need) => lower(needTitle(framework, need)))
  return open.length > 0 ? `Still asks for ${listed(open)}.` : 'Nothing is left open.'
}

export type Start = { kind: Kind; evidence: EvidenceKind[] }

/** The kinds of record with which what is missing could begin, in the order of the books. */
export function starts(kinds: Kind[], state: CompetencyState): Start[] {
  const wanted = missing(state).flatMap(accepts)
  // Anything can be a portfolio entry: the kinds that are made for what is missing come instead, where there are any.
  return kinds.flatMap((kind) => {
    const evidence = [...new Set(kind.offers.map((offer) => offer.evidence))].filter((one) => wanted.includes(one))
    return evidence.length > 0 ? [{ kind, evidence }] : []
  })
}

/** Where all competencies stand, in words. */
export function summaryWords({ expected, none, partial, evidenced, signed_off, stale }: Summary): string {
  const counts: [number, string][] = [
    [signed_off, 'agreed'],
    [evidenced, 'covered'],
    [partial, 'partly covered'],
    [none, 'not begun yet'],
  ]
  if (none === expected) return `All ${expected} competencies expected of you now are still to begin.`
  const parts = counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${count === 1 ? 'is' : 'are'} ${word}`)
  const old = stale > 0 ? ` For ${stale} of them, what counts is older than your review period.` : ''
  return `Of the ${expected} competencies expected of you now, ${listed(parts)}.${old}`
}
