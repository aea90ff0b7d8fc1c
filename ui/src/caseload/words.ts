// How a caseload is said.
import type { Caseload, Kind, SeenClient } from '../api'
import { counted, listed, shortDate } from '../words'

/** Whether somebody counts as being seen. */
export const isCurrent = (client: SeenClient) => client.seen !== 'long-ago'

const missedWords = (client: { did_not_attend: number; cancelled: number }) => [
  client.did_not_attend > 0 ? `${client.did_not_attend} not attended` : '',
  client.cancelled > 0 ? `${client.cancelled} cancelled` : '',
]

/** "7 sessions since 3 Mar, the last 5 days ago, 1 not attended". */
export function clientWords(client: SeenClient, today: string): string {
  const ago = client.days_since === 1 ? 'yesterday' : `${counted(client.days_since, 'day')} ago`
  const since = client.days_since === 0 ? 'today' : ago
  const sessions = `${counted(client.sessions, 'session')} since ${shortDate(client.first, today)}`
  return [sessions, `the last ${since}`, ...missedWords(client)].filter(Boolean).join(', ')
}

/** "last appointment on 3 Mar, 1 not attended". */
export function waitingWords(one: Caseload['waiting'][number], today: string): string {
  return [`last appointment on ${shortDate(one.last, today)}`, ...missedWords(one)].filter(Boolean).join(', ')
}

/** How it goes, in sentences. */
export function paceWords(caseload: Caseload): string[] {
  const { did_not_attend: missed, cancelled, usual_minutes: minutes, usual_sessions: sessions, unnamed } = caseload
  const said = [
    `In the last 90 days ${caseload.per_week} sessions a week, and ${caseload.per_day} on a day that had any.`,
  ]
  const notHeld = [
    missed > 0 ? `nobody came to ${counted(missed, 'appointment')}` : '',
    cancelled > 0 ? counted(cancelled, 'was cancelled', 'were cancelled') : '',
  ].filter(Boolean)
  if (notHeld.length > 0) said.push(`In these days ${listed(notHeld)}; that counts as no session.`)
  if (minutes !== null) said.push(`A session usually lasts ${minutes} minutes; 45 to 50 are a guide.`)
  if (sessions !== null) said.push(`Coaching usually takes ${counted(sessions, 'session')}; 6 to 8 are a guide.`)
  if (unnamed > 0) {
    said.push(
      `${counted(unnamed, 'session')} of the last twelve months ${unnamed === 1 ? 'does' : 'do'} not say with whom.`,
    )
  }
  return said
}

/** What people read for an answer to a question that sessions ask. */
export function answerTitle(kind: Kind | undefined, field: string, id: string): string {
  const asked = kind?.fields.find((one) => one.id === field)
  const options = asked?.type === 'choice' ? asked.options : []
  return options.find((option) => option.id === id)?.label ?? id
}
