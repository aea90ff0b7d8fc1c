// How training and what an appraisal looks at are said.
import type { Appraisal, Capability, Cpd, Goal, Renewable, Route, Rhythm, Training } from '../api'
import { counted, duration, longDate } from '../words'

/** Whether the training that tier 1 asks for is there, in a sentence. */
export function trainingWords(training: Training): string {
  if (training.settled) return `It is there${training.since ? `, since ${longDate(training.since)}` : ''}.`
  if (training.only_said) return 'You said so; the record that shows it is not here yet.'
  return 'It is not here yet.'
}

/** How one way to it stands: shown by a record, only said, or begun; with its days, and whether the coach named it. */
export function standsWords(route: Route): string {
  const shown = route.since ? `Shown since ${longDate(route.since)}` : 'Shown'
  const begun = route.records.length > 0
  const open = begun ? 'Begun, not shown yet' : 'Said, not shown yet'
  const all = `${counted(route.days, 'day')}, ${duration(route.minutes)}`
  const few = `${route.days} of ${counted(route.needed_days, 'day')} so far`
  return [
    route.shown ? shown : begun || route.chosen ? open : '',
    !begun || route.needed_days === 0 ? '' : route.days < route.needed_days ? few : all,
    route.chosen ? 'the way you named in your details' : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** A general capability that is mandatory and was not recorded, or has to be renewed. */
export const isAskedFor = (one: Capability) => one.mandatory && one.state === 'none'

/** Everything that runs out or has run out, soonest first. */
export function renewals(capabilities: Capability[], others: Renewable[]): Renewable[] {
  const due = (one: { state: string }) => one.state === 'expiring' || one.state === 'expired'
  const ours = capabilities
    .filter(due)
    .flatMap(({ record, title, date, certificate, expires, days_left, state }) =>
      record && date && expires && days_left !== null
        ? [{ record, title, date, certificate, expires, days_left, state }]
        : [],
    )
  return [...ours, ...others.filter(due)].sort((a, b) => a.days_left - b.days_left)
}

/** Time spent learning in a form, with how many records it is from. */
export function formWords(time: Cpd['by_form'][number]): string {
  return `${duration(time.minutes)}, ${counted(time.records, 'record')}`
}

/** How many competencies that were expected are covered. */
export function coveredWords({ gaps }: Appraisal): string {
  const { expected, evidenced, signed_off, partial, none } = gaps.summary
  return `Of ${expected} expected: ${evidenced + signed_off} covered, ${partial} partly, ${none} not yet`
}

/** Time with a supervisor in the period. */
export function supervisedWords(rhythm: Rhythm): string {
  const missed = rhythm.missed > 0 ? `, ${rhythm.missed} missed` : ''
  return rhythm.minutes_in_period === 0
    ? `None one to one${missed}`
    : `${duration(rhythm.minutes_in_period)} one to one${missed}`
}

const STATUS: { [status: string]: string } = { open: 'Open', done: 'Done', dropped: 'Set aside' }

/** Where a goal stood, by when it was meant to be reached, and what would help to tell. */
export function goalWords(goal: Goal): string {
  const due = goal.due ? `, ${goal.overdue ? 'meant for' : 'by'} ${longDate(goal.due)}` : ''
  const missing =
    goal.status === 'open' && goal.missing.length > 0 ? `. It does not say yet: ${goal.missing.join('; ')}` : ''
  return `${STATUS[goal.status] ?? goal.status}${due}${missing}`
}

/** What of the learning does not say yet what came of it. */
export function unsaidWords(unsaid: number): string {
  if (unsaid === 0) return ''
  return `${counted(unsaid, 'record')} of learning ${unsaid === 1 ? 'does' : 'do'} not say yet what changed because of it.`
}
