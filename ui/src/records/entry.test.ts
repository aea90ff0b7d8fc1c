// The page an entry is written on: what stands where, and what is out of the way.
import { render, screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'

import { TODAY } from '../../test/answers'
import { opened, write } from '../../test/app'
import { openForm } from '../../test/form'
import { kindOf } from '../../test/shelf'
import { MemoryVault } from '../../test/vault'
import Within from '../../test/Within.svelte'
import type { Draft } from '../api'
import type { OpenVault } from '../open.svelte'
import { Keeper } from './keeper.svelte'
import { preferences } from './preferences.svelte'
import RecordForm from './RecordForm.svelte'

let vault: MemoryVault
let inWindow: OpenVault

beforeEach(async () => {
  Object.assign(preferences, { details: true, together: false })
  vault = new MemoryVault().install()
  inWindow = await opened()
})

const open = (kind: string, values?: Draft) => openForm(inWindow, kind, values)

describe('the questions of a model', () => {
  const NAMES = ['What happened', 'So what', 'Now what']
  const answers = [{ prompt: 'What happened', text: 'Silence' }]
  const bar = () => within(screen.getByRole('list', { name: /^Questions of/ }))
  const texts = () => NAMES.filter((name) => screen.queryByLabelText(name))
  const named = () =>
    bar()
      .getAllByRole('button')
      .map((one) => one.getAttribute('aria-label'))

  it('stand one at a time, the first that is not answered to begin with, and go on from one to the next', async () => {
    const { keeper } = open('reflection', { model: 'what-so-what-now-what', answers })
    expect(texts()).toEqual(['So what'])
    await userEvent.click(screen.getByRole('button', { name: 'Next question' }))
    await expect.poll(texts).toEqual(['Now what'])
    await expect.poll(() => document.activeElement).toBe(screen.getByLabelText('Now what'))
    await write(screen.getByLabelText('Now what'), 'Wait')
    expect(keeper.draft.answers).toEqual([...answers, { prompt: 'Now what', text: 'Wait' }])
    expect(screen.queryByRole('button', { name: 'Next question' })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Question before' }))
    await expect.poll(texts).toEqual(['So what'])
    await keeper.close()
  })

  it('have a bar that says which were answered, and leads to each', async () => {
    const { keeper } = open('reflection', { model: 'what-so-what-now-what', answers })
    expect(named()).toEqual(['What happened: answered', 'So what: not answered', 'Now what: not answered'])
    expect(bar().getByRole('button', { current: 'step' }).getAttribute('aria-label')).toMatch(/^So what/)
    await userEvent.click(bar().getByRole('button', { name: /^What happened/ }))
    await expect.poll(() => document.activeElement).toBe(screen.getByLabelText('What happened'))
    await write(screen.getByLabelText('What happened'), '{Backspace>10/}')
    expect(named()[0]).toBe('What happened: not answered')
    await keeper.close()
  })

  it('stand all together when that is asked for, in the next entry too', async () => {
    const first = open('reflection', { model: 'what-so-what-now-what', answers })
    await userEvent.click(screen.getByRole('button', { name: 'All together' }))
    expect(texts()).toEqual(NAMES)
    await userEvent.click(bar().getByRole('button', { name: /^Now what/ }))
    await expect.poll(() => document.activeElement).toBe(screen.getByLabelText('Now what'))
    first.unmount()
    await first.keeper.close()
    const second = open('reflection', { model: 'what-so-what-now-what' })
    expect(texts()).toEqual(NAMES)
    await userEvent.click(screen.getByRole('button', { name: 'One at a time' }))
    expect(texts()).toEqual(['What happened'])
    await second.keeper.close()
  })

  it('are there beside the model that asks them', async () => {
    const { keeper } = open('reflection')
    await userEvent.selectOptions(screen.getByLabelText(/^Way of reflecting/), 'kolb')
    await userEvent.click(screen.getByRole('button', { name: 'Go to its questions' }))
    await expect.poll(() => document.activeElement).toBe(screen.getByLabelText('What you experienced'))
    await keeper.close()
  })
})

describe('what is seldom needed', () => {
  const QUESTION = 'An urgent clinical question'

  it('is a button that names it, and opens where one writes', async () => {
    const { keeper } = open('reflection')
    expect(screen.queryByRole('group', { name: new RegExp(`^${QUESTION}`) })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: `${QUESTION}…` }))
    const group = screen.getByRole('group', { name: new RegExp(`^${QUESTION}`) })
    await expect.poll(() => group.contains(document.activeElement)).toBe(true)
    const asked = within(group).getByLabelText(/^What was asked/)
    await write(asked, 'Is it safe to walk?')
    expect(keeper.draft.clinical_question).toEqual({ question: 'Is it safe to walk?' })
    // What was emptied again stays open under the hand that emptied it.
    await write(asked, '{Backspace>30/}')
    expect(keeper.draft.clinical_question).toBeUndefined()
    expect(screen.getByRole('group', { name: new RegExp(`^${QUESTION}`) })).toBeTruthy()
    await keeper.close()
  })

  it('is open where it says something, with what is asked because of it', async () => {
    const { keeper } = open('learning', { form: 'course', prior_learning: true })
    expect(screen.getByRole('radiogroup', { name: /^A note on earlier learning/ })).toBeTruthy()
    expect(screen.getByLabelText(/^Who accepted it/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'About coaching people under 18…' })).toBeTruthy()
    await keeper.close()
  })

  it('opens where something is to be put right', async () => {
    const { keeper } = open('reflection')
    keeper.problems = [{ field: 'clinical_question.asked', message: 'That is no day.' }]
    const summary = await screen.findByText('That is no day.', {
      selector: '.nhsuk-error-message *, .nhsuk-error-message',
    })
    expect(summary.closest('fieldset')).toBeTruthy()
    await keeper.close()
  })
})

describe('what is known about an entry', () => {
  it('folds away, and stays so in the next one', async () => {
    const first = open('reflection')
    const fold = () => screen.getByRole('button', { name: 'Details' })
    expect(screen.getByLabelText(/^Time of the reflection/)).toBeTruthy()
    expect(fold().getAttribute('aria-expanded')).toBe('true')
    await userEvent.click(fold())
    expect(fold().getAttribute('aria-expanded')).toBe('false')
    expect(screen.queryByRole('combobox', { name: /^Time of the reflection/ })).toBeNull()
    first.unmount()
    await first.keeper.close()

    const second = open('supervision')
    expect(fold().getAttribute('aria-expanded')).toBe('false')
    // What has to be put right is not folded away.
    second.keeper.problems = [{ field: 'type', message: 'Kind of supervision: please choose one.' }]
    await expect.poll(() => fold().getAttribute('aria-expanded')).toBe('true')
    expect(screen.getByRole('radiogroup', { name: /^Kind of supervision/ })).toBeTruthy()
    await second.keeper.close()
  })
})

describe('the foot of an entry', () => {
  it('says that a draft is not in the portfolio, and when a record is', async () => {
    const draft = open('reflection')
    expect(screen.getByText('Draft: not in your portfolio yet')).toBeTruthy()
    draft.keeper.set('title', 'Silence')
    expect(await screen.findByText('Kept a moment ago')).toBeTruthy()
    draft.unmount()
    await draft.keeper.close()

    const id = vault.put({ kind: 'reflection', date: TODAY, title: 'Silence' })
    const keeper = new Keeper(inWindow, vault.records.get(id) ?? {}, { existing: true })
    render(Within, { vault: inWindow, of: RecordForm, given: { kind: kindOf('reflection'), keeper } })
    expect(screen.getByText('In your portfolio')).toBeTruthy()
    expect(screen.queryByText(/Draft/)).toBeNull()
    expect(screen.queryByRole('button', { name: 'Add to portfolio' })).toBeNull()
    keeper.set('title', 'Silence again')
    expect(await screen.findByText('Saved a moment ago')).toBeTruthy()
    await keeper.close()
  })
})
