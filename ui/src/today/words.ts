// What Today says about hours, supervision and what is due.
import type { Hours, Kind, OpenAction, OpenQuestion, Renewable, Rhythm, SupervisionType } from '../api'
import { counted, duration, longDate, upper } from '../words'
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
  if (rhythm.away) return 'Nothing is due while you are away'
  if (!rhythm.last) return isLate(rhythm) ? `None yet; overdue since ${due}` : `None yet; the first by ${due}`
  if (isLate(rhythm)) return `Overdue since ${due}`
  if (rhythm.due === today) return 'Due today'
  const month = rhythm.every_months === 1 ? 'this month' : `these ${rhythm.every_months} months`
  return `Next by ${due}${rhythm.open ? `; none yet ${month}` : ''}`
}

/** The day that was agreed when they last met. */
export function agreedWords(rhythm: Rhythm, today: string): string {
  if (!rhythm.agreed) return ''
  const agreed = longDate(rhythm.agreed)
  return rhythm.agreed < today ? `You agreed on ${agreed}; is it in your log?` : `You agreed on ${agreed}`
}

/** What there is to say beside it: each stretch without a meeting, time that is short of what is recommended, a note. */
export function rhythmNotes(rhythm: Rhythm): string[] {
  const notes = rhythm.without.map((one) => upper(one.says))
  if (rhythm.missed === 0 && rhythm.months_held >= 2 && !rhythm.enough && rhythm.minutes_recommended !== null) {
    const asked = duration(rhythm.minutes_recommended)
    notes.push(`${duration(rhythm.minutes_a_month)} a month on average; ${asked} a month is recommended`)
  }
  const others = rhythm.uncounted.length
  if (others > 0) {
    const many = others === 1 ? 'One meeting does' : `${others} meetings do`
    notes.push(
      `${many} not count: who gave ${others === 1 ? 'it' : 'them'} is not recorded as a health coaching supervisor`,
    )
  }
  if (rhythm.mark) notes.push(upper(rhythm.mark))
  return rhythm.note === null ? notes : [...notes, rhythm.note]
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
