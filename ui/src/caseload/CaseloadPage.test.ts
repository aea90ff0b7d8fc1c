import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'

import { button, heading, laid, openFull, violations } from '../../test/app'
import { EMPTY, EXAMPLE } from '../../test/answers'
import type { MemoryVault } from '../../test/vault'
import type { SeenClient } from '../api'
import { clientWords, paceWords } from './words'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

const CLIENT: SeenClient = {
  client: 'Client Q',
  sessions: 7,
  first: '2026-03-03',
  last: '2026-06-09',
  review_due: true,
  days_since: 5,
  seen: 'lately',
  since_review: 7,
  reviewed: null,
  did_not_attend: 1,
  cancelled: 0,
  missed_since: 0,
  practice: null,
  referred_from: null,
  earlier_sessions: 0,
}

it('who is being seen is found from Today, and everyone can use it', async () => {
  await openFull(vault)
  await userEvent.click(await screen.findByRole('button', { name: 'See your caseload' }))
  expect(document.activeElement).toBe(await heading('Caseload'))
  const seen = await screen.findByRole('region', { name: 'You are seeing 1 client' })
  expect(seen.textContent).toContain('Client A')
  expect(await violations()).toEqual([])
})

it('the sessions lead to it too', async () => {
  await openFull(vault, { section: 'session' })
  await userEvent.click(await screen.findByRole('button', { name: 'See your caseload' }))
  await heading('Caseload')
})

it('an empty caseload says what to do', async () => {
  const { open } = await openFull(vault, { section: 'caseload' })
  vault.answers = structuredClone(EMPTY)
  open.changed()
  expect(await screen.findByText(/Nobody is in it yet/)).toBeTruthy()
  await userEvent.click(button('New session'))
  await heading('New session')
})

it('a due review stands beside the client, and those not seen for long stand apart', async () => {
  const gone = { ...CLIENT, client: 'Client Z', seen: 'long-ago' as const, review_due: false }
  const { open } = await openFull(vault, { section: 'caseload' })
  vault.answers.caseload = { ...vault.answers.caseload, being_seen: 1, clients: [CLIENT, gone] }
  open.changed()
  const seen = await screen.findByRole('region', { name: 'You are seeing 1 client' })
  const first = within(seen).getAllByRole('listitem')[0]!
  expect(first.textContent).toMatch(/Client Q\s+7 sessions since 3 Mar, the last 5 days ago, 1 not attended/)
  expect(first.textContent).toContain('Time to look back together')
  expect(within(seen).getByText('1 client not seen for long')).toBeTruthy()
})

it('of very many clients the first fifty are shown', async () => {
  const clients = Array.from({ length: 120 }, (_, at) => ({ ...CLIENT, client: `Client ${at}` }))
  const { open } = await openFull(vault, { section: 'caseload' })
  vault.answers.caseload = { ...vault.answers.caseload, being_seen: 120, clients }
  open.changed()
  const seen = await screen.findByRole('region', { name: 'You are seeing 120 clients' })
  expect(within(seen).getAllByRole('listitem')).toHaveLength(50)
  await userEvent.click(button('Show 50 more'))
  expect(within(seen).getAllByRole('listitem')).toHaveLength(100)
  expect(button('Show 20 more')).toBeTruthy()
})

it('today is said as today', () => {
  expect(clientWords({ ...CLIENT, days_since: 0, sessions: 1, did_not_attend: 0 }, '2026-06-14')).toBe(
    '1 session since 3 Mar, the last today',
  )
})

it('appointments that did not take place are told apart from sessions', () => {
  const said = (did_not_attend: number, cancelled: number) =>
    paceWords({ ...EXAMPLE.caseload, did_not_attend, cancelled }).find((words) => words.startsWith('In these days'))
  expect(said(0, 0)).toBeUndefined()
  expect(said(8, 0)).toBe('In these days nobody came to 8 appointments; that counts as no session.')
  expect(said(1, 2)).toBe('In these days nobody came to 1 appointment and 2 were cancelled; that counts as no session.')
})
