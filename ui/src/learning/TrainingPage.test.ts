import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'

import { EXAMPLE } from '../../test/answers'
import { button, heading, laid, openFull, violations } from '../../test/app'
import type { MemoryVault } from '../../test/vault'
import type { Route, Trainings } from '../api'
import { goalWords, renewals, standsWords, trainingWords } from './words'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

const { training } = EXAMPLE.trainings

/** One of the three ways, with more said of it. */
const route = (more: Partial<Route>): Route => ({ ...training.routes[0]!, records: [], ...more })

it('training and appraisal are found from Learning, and everyone can use the page', async () => {
  await openFull(vault, { section: 'learning' })
  await userEvent.click(await screen.findByRole('button', { name: 'See your training and appraisal' }))
  expect(document.activeElement).toBe(await heading('Training and appraisal'))
  await screen.findByRole('heading', { name: 'What you learnt' })
  expect(await violations()).toEqual([])
})

it('Today leads to it too', async () => {
  await openFull(vault)
  await userEvent.click(await screen.findByRole('button', { name: 'See your training and appraisal' }))
  await heading('Training and appraisal')
})

it('the three ways are told as unequal as they are, with what is here and what it still takes', async () => {
  await openFull(vault, { section: 'training' })
  const section = await screen.findByRole('region', { name: 'The training that tier 1 asks for' })
  expect(
    within(section)
      .getAllByRole('heading', { level: 3 })
      .map((title) => title.textContent),
  ).toEqual([
    'Four-day accredited course',
    'Earlier learning that was accepted',
    'Earlier experience and a two-day skills course',
  ])
  expect(section.textContent).toContain('It is not here yet.')
  expect(section.textContent).toContain('This is the training that is asked for, of experienced coaches too.')
  expect(section.textContent).toContain('Only for people who had coached before')
  expect(section.textContent).toContain('Begun, not shown yet · 1 of 4 days so far')
  expect(section.textContent).toContain('One of four days is here.')
  await userEvent.click(
    await within(section)
      .findAllByRole('button', { name: /day 1/ })
      .then((all) => all[0]!),
  )
  await heading(/day 1/)
})

it('what is only said is told as just that', async () => {
  const missing = 'You said so; the certificate is not here yet.'
  const routes = [route({ chosen: true, missing }), ...training.routes.slice(1)]
  const { open } = await openFull(vault, { section: 'training' })
  vault.answers.trainings = { ...EXAMPLE.trainings, training: { ...training, only_said: true, routes } }
  open.changed()
  expect(await screen.findByText('You said so; the record that shows it is not here yet.')).toBeTruthy()
  expect(screen.getByText(missing)).toBeTruthy()
  expect(screen.getByText('Said, not shown yet · the way you named in your details')).toBeTruthy()
})

it('an acceptance that counts with a mark says so at its way', async () => {
  const marked = 'Wren Okafor accepted it, and their standards as a supervisor are not met or not recorded.'
  const accepted = { ...training.routes[1]!, shown: true, since: '2026-02-01', marked }
  const routes = [training.routes[0]!, accepted, training.routes[2]!]
  const { open } = await openFull(vault, { section: 'training' })
  vault.answers.trainings = {
    ...EXAMPLE.trainings,
    training: { ...training, settled: true, since: '2026-02-01', routes },
  }
  open.changed()
  expect(await screen.findByText('It is there, since 1 February 2026.')).toBeTruthy()
  expect(screen.getByText(marked)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'New learning' })).toBeNull()
  // What nobody took need not be thought about any more.
  expect(screen.queryByText(/so far/)).toBeNull()
  expect(screen.getByText('The other ways to it')).toBeTruthy()
})

it('what runs out stands with its day', async () => {
  await openFull(vault, { section: 'training' })
  const due = await screen.findByRole('region', { name: 'To be renewed' })
  expect(due.textContent).toMatch(/Safeguarding adults, level 3\s+It holds until 1 July 2026, 17 more days/)
})

it('the appraisal is of the last review period, and of another one when it is asked for', async () => {
  await openFull(vault, { section: 'training' })
  const section = await screen.findByRole('region', { name: 'Your appraisal' })
  await within(section).findByText('15 June 2025 to 14 June 2026, as it stood on the last day.')
  expect(vault.of('appraisal').at(-1)?.args).toEqual({ from: null, to: null })
  expect(section.textContent).toMatch(/Course\s*7 hours, 1 record/)
  expect(section.textContent).toContain('2 records of learning do not say yet what changed because of it.')
  await userEvent.click(within(section).getByText('Look at another period'))
  const [year] = within(section).getAllByLabelText<HTMLInputElement>('Year')
  expect(year!.value).toBe('2025')
  await userEvent.clear(year!)
  await userEvent.click(button('Look at it'))
  expect(screen.getByText('Give a whole date: day, month and year.')).toBeTruthy()
  expect(vault.of('appraisal')).toHaveLength(1)
  await userEvent.type(year!, '2026')
  await userEvent.click(button('Look at it'))
  expect(vault.of('appraisal').at(-1)?.args).toEqual({ from: '2026-06-15', to: '2026-06-14' })
})

it('what changed in practice stands with what was learnt', async () => {
  const changed = {
    record: EXAMPLE.trainings.others[0]!.record,
    title: 'A day on pain',
    date: '2026-03-01',
    changed: 'I ask about sleep.',
  }
  const { open } = await openFull(vault, { section: 'training' })
  const { appraisal } = EXAMPLE
  vault.answers.appraisal = { ...appraisal, cpd: { ...appraisal.cpd, changed: [changed], unsaid: 0 } }
  open.changed()
  expect(await screen.findByText('I ask about sleep.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'A day on pain' })).toBeTruthy()
  expect(screen.queryByText(/do not say yet/)).toBeNull()
})

it('each way says how it stands', () => {
  expect(standsWords(route({ shown: true, since: '2026-02-02' }))).toBe('Shown since 2 February 2026')
  expect(standsWords(route({ chosen: true }))).toBe('Said, not shown yet · the way you named in your details')
  expect(standsWords(route({ records: ['x'] }))).toBe('Begun, not shown yet · 1 of 4 days so far')
  const long = { records: ['x'], needed_days: 2, days: 4, minutes: 1560 }
  expect(standsWords(route(long))).toBe('Begun, not shown yet · 4 days, 26 hours')
  expect(standsWords(route({}))).toBe('')
  expect(trainingWords({ ...training, settled: true, since: null })).toBe('It is there.')
})

it('renewals are told soonest first, capabilities and other trainings together', () => {
  const other = EXAMPLE.trainings.others[0]!
  const capability = {
    ...EXAMPLE.trainings.capabilities[0]!,
    record: 'r',
    date: '2025-01-01',
    expires: '2026-06-01',
    days_left: -13,
    state: 'expired',
  } as Trainings['capabilities'][number]
  expect(renewals([capability], [other]).map((one) => one.days_left)).toEqual([-13, other.days_left])
})

it('a goal says what would help to tell when it is reached', () => {
  const goal = {
    record: 'r',
    title: 'Listen',
    competencies: [],
    due: '2026-06-01',
    status: 'open',
    overdue: true,
    evidence: [],
  }
  expect(goalWords({ ...goal, missing: ['how it will show'] })).toBe(
    'Open, meant for 1 June 2026. It does not say yet: how it will show',
  )
  expect(goalWords({ ...goal, status: 'done', overdue: false, missing: ['a day'] })).toBe('Done, by 1 June 2026')
})
