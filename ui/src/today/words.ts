// What Today says about hours, supervision and what is due.
import type { Hours, Kind, OpenAction, OpenQuestion, Renewable, Rhythm, SupervisionType } from '../api'
import { counted, duration, listed, longDate } from '../words'
import { hasRunOut, isLate } from './late'

export function hoursWords(hours: Hours): string {
  if (hours.nhs_minutes === 0) return 'No NHS hours yet; they grow from the sessions you log.'
  const other = hours.other_minutes > 0 ? `, and ${duration(hours.other_minutes)} elsewhere` : ''
  return `${duration(hours.nhs_minutes)} of NHS coaching${other}.`
}

export function tierWords(hours: Hours): string {
  const held = hours.tier === 0 ? 'You are working towards tier 1' : `Your hours have reached tier ${hours.tier}`
  const agreed =
    hours.tier === 0
      ? ''
      : `; ${hours.agreed_tier > 0 ? `tier ${hours.agreed_tier} is agreed` : 'no tier is agreed yet'}`
  if (!hours.next) return `${held}${agreed}.`
  const left = `${duration(hours.next.minutes_left)} to go to the hours of tier ${hours.next.tier}`
  const forecast = hours.next.forecast ? `, about ${longDate(hours.next.forecast)} at your present pace` : ''
  return `${held}${agreed}. ${left}${forecast}.`
}

/** What is open for the tier that the hours have reached and those below it, each with its tier. */
export function openWords(hours: Hours): string[] {
  const reached = hours.open.filter((open) => open.tier <= hours.tier)
  return reached.flatMap((open) => open.conditions.map((condition) => `Tier ${open.tier}: ${condition}`))
}

/** What supervisors said of a tier that does not carry it, and why. */
export function agreementWords(hours: Hours): string[] {
  const idle = hours.agreements.filter((one) => one.agreed && !one.supported)
  return idle.map(({ tier, date, by, why_not }) => {
    const who = by.name ?? 'Someone'
    return `${who} agreed to tier ${tier} on ${longDate(date)}. ${why_not[0] ?? ''}`
  })
}

/** What a kind of supervision is called, as its form has it. */
export function supervisionTitle(kinds: Kind[], type: SupervisionType): string {
  const field = kinds.find((kind) => kind.id === 'supervision')?.fields.find((field) => field.id === 'type')
  const options = field?.type === 'choice' ? field.options : []
  return options.find((option) => option.id === type)?.label ?? type
}

/** When the next one is due: "Next by 12 July 2026", "Overdue since 3 June 2026". */
export function nextSupervision(rhythm: Rhythm, today: string): string {
  const due = longDate(rhythm.due)
  if (!rhythm.last) return isLate(rhythm) ? `None yet; overdue since ${due}` : `None yet; the first by ${due}`
  if (isLate(rhythm)) return `Overdue since ${due}`
  if (rhythm.due === today) return 'Due today'
  const month = rhythm.every_days < 45 ? 'this month' : 'these two months'
  return `Next by ${due}${rhythm.open ? `; none yet ${month}` : ''}`
}

/** The newest months that are named. */
const MONTHS = 3
const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** The periods without a meeting one to one: "Missed: March 2026 and May 2026". */
export function missedWords(rhythm: Rhythm): string {
  const named = rhythm.missed_on.slice(-MONTHS).map((day) => month.format(new Date(day)))
  const before = rhythm.missed - named.length
  const words = before > 0 ? [counted(before, 'period'), ...named] : named
  return `${rhythm.every_days < 45 ? 'Missed' : 'Missed, in the months up to'}: ${listed(words)}`
}

/** By when an action is to be done. */
export function actionWords(action: OpenAction, today: string): string {
  if (!action.due) return ''
  if (action.due === today) return 'Due today ·'
  return `${isLate(action) ? 'Overdue since' : 'By'} ${longDate(action.due)} ·`
}

/** Who was asked and when. */
export function questionWords(one: OpenQuestion): string {
  const asked = one.asked_of ? `You asked ${one.asked_of}` : 'You asked'
  if (one.waiting_days === 0) return `${asked} today ·`
  return `${asked} ${one.waiting_days === 1 ? 'yesterday' : `${one.waiting_days} days ago`} ·`
}

/** Until when a training holds. */
export function expiryWords(one: Renewable): string {
  if (hasRunOut(one)) return `It ran out on ${longDate(one.expires)}.`
  if (one.days_left === 0) return 'Today is its last day.'
  return `It holds until ${longDate(one.expires)}, ${counted(one.days_left, 'more day')}.`
}
