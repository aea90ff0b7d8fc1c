import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'

import { button, heading, laid, openFull, violations } from '../../test/app'
import { kindOf } from '../../test/shelf'
import type { MemoryVault } from '../../test/vault'
import { afterWords, completesWords, planWords, valuesOf } from './words'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

/** The first observed session that the plan proposes. */
const observed = () => vault.plan().steps.find((step) => step.kind === 'observation')

describe('the plan', () => {
  it('says what would close most, and everyone can use it', async () => {
    await openFull(vault, { section: 'plan' })
    await heading('Plan')
    const steps = await screen.findAllByRole('heading', { level: 2, name: /would close/ })
    expect(steps.slice(0, 2).map((step) => step.textContent)).toEqual([
      'A course with practice sessions would close 12 of your gaps.',
      'One observed session would close eight of your gaps.',
    ])
    expect(screen.getAllByRole('heading', { level: 2, name: /^Another observed session would close/ })).toBeTruthy()
    expect(screen.getAllByText(/^In the same way as step \d/)).toBeTruthy()
    const list = within(screen.getAllByRole('list', { name: 'It counts as observed practice for' })[0]!)
    expect(list.getAllByRole('button')).toHaveLength(8)
    expect(screen.getByText(/It takes supervision at the expected rhythm/)).toBeTruthy()
    expect(await violations()).toEqual([])
    await userEvent.click(list.getByRole('button', { name: /^1.1 / }))
    await heading(/^1.1 /)
  })

  it('a step opens its form prefilled, and what is saved closes the gap', async () => {
    await openFull(vault, { section: 'plan' })
    const [first] = observed()?.competencies ?? []
    await userEvent.click((await screen.findAllByRole('button', { name: /^New observation/ }))[0]!)
    await heading('New observation')
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Live/ }).checked).toBe(true)
    expect(screen.getAllByRole('group', { name: /^\d\.\d+ / })).toHaveLength(8)
    await userEvent.type(screen.getByLabelText('Title'), 'Sam sat in')
    const observer = await screen.findByText(/^Priya Nair/, { selector: 'option' })
    await userEvent.selectOptions(screen.getByLabelText('Observer'), observer)
    await userEvent.click(button('Add to portfolio'))
    await heading('Sam sat in')
    expect(observed()?.competencies).not.toContain(first)
  })

  it('a step becomes a goal', async () => {
    await openFull(vault, { section: 'plan' })
    await userEvent.click((await screen.findAllByRole('button', { name: /^Make it a goal/ }))[0]!)
    await heading('New goal')
    expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('A course with practice sessions')
    await userEvent.click(button('Add to portfolio'))
    await heading('A course with practice sessions')
    const goal = [...vault.records.values()].find((record) => record.kind === 'goal')
    expect(goal).toMatchObject({ status: 'open', competencies: vault.plan().steps[0]?.competencies })
  })

  it('says that nothing is open', async () => {
    vault.plan = () => ({ today: '2026-06-14', open_needs: 0, steps: [], ongoing: [] })
    await openFull(vault, { section: 'plan' })
    expect(await screen.findByText(/Nothing is open/)).toBeTruthy()
    expect(screen.queryByText('What takes its time')).toBeNull()
    expect(await violations()).toEqual([])
  })
})

it('words become values of their fields', () => {
  expect(valuesOf(kindOf('session'), { supervised: 'yes' })).toEqual({ supervised: true })
  expect(valuesOf(kindOf('supervision'), { type: 'clinical', minutes: '60' })).toEqual({
    type: 'clinical',
    minutes: 60,
  })
})

it('order and what is completed are said plainly', () => {
  expect(afterWords([])).toBe('')
  expect(afterWords([0])).toBe('It comes after step 1.')
  expect(afterWords([0, 2])).toBe('It comes after steps 1 and 3.')
  expect(completesWords(['1.3'], ['1.3', '2.2'])).toBe('With it, nothing is left open of 1.3.')
  expect(completesWords(['1.3', '2.2'], ['1.3', '2.2'])).toBe('With it, nothing is left open of any of them.')
  expect(planWords(1, 0)).toBe('One thing is still asked for. It comes with time.')
})
