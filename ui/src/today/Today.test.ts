import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'

import { button, heading, laid, openFull, violations } from '../../test/app'
import { EMPTY } from '../../test/answers'
import type { MemoryVault } from '../../test/vault'
import type { Rhythm } from '../api'
import { isLate } from './late'
import { agreedWords, agreementWords, nextSupervision, openWords, rhythmNotes, tierWords } from './words'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

const part = (name: string) => screen.queryByRole('region', { name })

describe('Today', () => {
  it('says what is due, and everyone can use it', async () => {
    await openFull(vault)
    expect((await screen.findByRole('region', { name: 'Supervision' })).textContent).toMatch(
      /Next by 11 July 2026.*meeting more often may help.*Next by 1 July 2026.*the first by 1 September 2026/s,
    )
    expect(part('What you agreed to do')?.textContent).toContain('Overdue since 13 June 2026')
    expect(part('Clinical questions without an answer')?.textContent).toContain('You asked Priya Nair 2 days ago')
    expect(part('Training to renew')?.textContent).toContain('17 more days')
    expect(part('Please look whether all your work is here')).toBeNull()
    expect(await violations()).toEqual([])
  })

  it('says nothing of what there is nothing to say of', async () => {
    const { open } = await openFull(vault)
    await screen.findByRole('region', { name: 'Supervision' })
    vault.answers = structuredClone(EMPTY)
    vault.records.clear()
    open.changed()
    await expect.poll(() => part('What you agreed to do')).toBeNull()
    for (const name of ['Supervision', 'Worth a thought', 'Clinical questions without an answer', 'Training to renew'])
      expect(part(name), name).toBeNull()
  })

  it('names what an induction still lacks', async () => {
    const topic = { topic: 'systems', title: 'The IT systems and templates', done: null }
    const { open } = await openFull(vault)
    vault.answers = { ...vault.answers, today: { ...vault.answers.today, induction: [topic] } }
    open.changed()
    const card = await screen.findByRole('region', { name: 'Before your first referrals' })
    expect(card.textContent).toContain('The IT systems and templates')
    expect(await violations()).toEqual([])
  })

  it('an action is done', async () => {
    await openFull(vault)
    await userEvent.click((await screen.findAllByRole('button', { name: 'Done' }))[0]!)
    expect(await screen.findByText('“Bring a recording to our next meeting” is done.')).toBeTruthy()
    expect(vault.of('done_action')[0]?.args).toMatchObject({ number: 1 })
    await expect.poll(() => screen.getAllByRole('button', { name: 'Done' })).toHaveLength(1)
    expect(document.activeElement).toBe(await heading('Today'))
  })

  it('a note is put away, and taken out again', async () => {
    await openFull(vault)
    await userEvent.click(await screen.findByRole('button', { name: 'Put away' }))
    await expect.poll(() => part('Worth a thought')).toBeNull()
    await userEvent.click(button('Undo'))
    await expect.poll(() => part('Worth a thought')).toBeTruthy()
  })

  it('warns of an older copy until the coach knows', async () => {
    vault.doubts = ['This vault is older than it was: the last 3 changes saved here are missing.']
    await openFull(vault)
    const warning = await screen.findByRole('region', { name: /all your work is here/ })
    expect(warning.textContent).toContain('the last 3 changes')
    expect(await violations()).toEqual([])
    await userEvent.click(button('I have looked'))
    await expect.poll(() => part('Please look whether all your work is here')).toBeNull()
    expect(vault.doubts).toEqual([])
  })
})

it('supervision is said in a few words', () => {
  const rhythm: Rhythm = {
    type: 'clinical',
    last: '2026-05-20',
    agreed: null,
    due: '2026-06-20',
    every_days: 30,
    every_months: 1,
    overdue_days: 0,
    away: false,
    missed: 0,
    missed_on: [],
    without: [],
    open: true,
    since: '2025-06-14',
    minutes_in_period: 0,
    minutes_a_month: 0,
    minutes_recommended: null,
    uncounted: [],
    mark: null,
    enough: true,
    group_minutes_in_period: 0,
    months_held: 0,
    records: [],
    note: null,
  }
  expect(nextSupervision(rhythm, '2026-06-14')).toBe('Next by 20 June 2026; none yet this month')
  expect(nextSupervision({ ...rhythm, every_months: 6 }, '2026-06-14')).toContain('none yet these 6 months')
  expect(nextSupervision({ ...rhythm, open: false }, '2026-06-14')).toBe('Next by 20 June 2026')
  expect(nextSupervision(rhythm, '2026-06-20')).toBe('Due today')
  const late = { ...rhythm, overdue_days: 3 }
  expect([late, { ...late, away: true }, rhythm].map(isLate)).toEqual([true, false, false])
  expect(nextSupervision(late, '2026-06-23')).toBe('Overdue since 20 June 2026')
  expect(nextSupervision({ ...late, away: true }, '2026-06-23')).toContain('while you are away')
  expect(agreedWords(rhythm, '2026-06-14')).toBe('')
  expect(agreedWords({ ...rhythm, agreed: '2026-06-17' }, '2026-06-17')).toBe('You agreed on 17 June 2026')
  expect(agreedWords({ ...rhythm, agreed: '2026-06-10' }, '2026-06-14')).toContain('is it in your log?')
  expect(rhythmNotes(rhythm)).toEqual([])
  expect(rhythmNotes({ ...rhythm, uncounted: ['a', 'b'], mark: 'by Priya Nair: their standards are open' })).toEqual([
    '2 meetings do not count: who gave them is not recorded as a health coaching supervisor',
    'By Priya Nair: their standards are open',
  ])
  const without = [
    {
      from: '2026-01-01',
      met: true,
      until: null,
      missed: 2,
      due: '2026-03-01',
      says: 'two missed since 1 January 2026',
    },
  ]
  const short = { ...rhythm, months_held: 4, enough: false, minutes_a_month: 10, minutes_recommended: 60 }
  expect(rhythmNotes({ ...short, note: 'More may help.' })).toEqual([
    '10 minutes a month on average; 1 hour a month is recommended',
    'More may help.',
  ])
  expect(rhythmNotes({ ...short, missed: 2, without })).toEqual(['Two missed since 1 January 2026'])
})

describe('hours and tier', () => {
  const hours = {
    ...EMPTY.today.hours,
    tier: 2,
    next: null,
    open: [
      { tier: 1, conditions: ['These 50 hours were worked under supervision.'] },
      { tier: 2, conditions: [] },
      { tier: 3, conditions: ['Your supervisor agreed.'] },
    ],
    agreements: [
      {
        tier: 2,
        record: 'a',
        date: '2026-03-20',
        agreed: true,
        independent: true,
        supported: false,
        why_not: ['Still open: These 50 hours were worked under supervision.'],
        by: {
          person: null,
          name: 'Wren',
          role: null,
          independent: true,
          inside: false,
          decides: true,
          counts: true,
          marks: [],
          open: [],
        },
      },
    ],
  }

  it('tells the tier of the hours, what was agreed and what is open as three things', () => {
    expect(tierWords(hours)).toBe('Your hours have reached tier 2; no tier is agreed yet.')
    expect(tierWords({ ...hours, agreed_tier: 1 })).toBe('Your hours have reached tier 2; tier 1 is agreed.')
    expect(tierWords({ ...hours, tier: 0 })).toBe('You are working towards tier 1.')
    expect(openWords(hours)).toEqual(['Tier 1: These 50 hours were worked under supervision.'])
    expect(agreementWords(hours)).toEqual([
      'Wren agreed to tier 2 on 20 March 2026. Still open: These 50 hours were worked under supervision.',
    ])
  })
})
