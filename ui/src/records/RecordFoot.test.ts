import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'

import { button, heading, laid, openFull, violations } from '../../test/app'
import type { MemoryVault } from '../../test/vault'
import { writtenWords } from './history'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

describe('below a record', () => {
  it('what usually comes next begins with what is known', async () => {
    await openFull(vault, { section: 'session', record: { as: 'read', id: 'session' } })
    await heading('Third session with Client A')
    await userEvent.click(await screen.findByRole('button', { name: 'Write a reflection on this session' }))
    await heading('New reflection')
    expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('After: Third session with Client A')
    expect(screen.getAllByLabelText<HTMLInputElement>('Day')[0]?.value).toBe('12')
  })

  it('an earlier version is looked at and brought back', async () => {
    const { ids } = await openFull(vault, { section: 'journal', record: { as: 'read', id: 'reflection' } })
    await heading('When silence did the work')
    expect(screen.queryByRole('button', { name: 'Earlier versions' })).toBeNull()
    vault.handlers.save_record({ draft: { ...vault.records.get(ids.reflection), title: 'Another title' } })
    await userEvent.click(button('Edit'))
    await heading('Edit: Reflection')
    await userEvent.click(button('Done'))
    await heading('Another title')

    await userEvent.click(await screen.findByRole('button', { name: 'Earlier versions' }))
    expect(await violations()).toEqual([])
    await userEvent.click(button(/^14 June 2026 at/))
    await heading('When silence did the work')
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull()
    expect(await violations()).toEqual([])
    await userEvent.click(button('Bring back this version'))
    await heading('When silence did the work')
    expect(vault.records.get(ids.reflection)?.title).toBe('When silence did the work')
    expect(button('Edit')).toBeTruthy()
  })
})

it('when a record was written is said as a fact', () => {
  const on = (date: string) => writtenWords({ date, created: '2026-06-12T12:00:00Z' })
  expect(on('2026-06-12')).toBe('Written on the day')
  expect(on('2026-06-11')).toBe('Written 1 day after its date')
  expect(on('2026-06-09')).toBe('Written 3 days after its date')
  expect(on('2026-06-20')).toBe('')
  expect(writtenWords({ date: '2026-06-12' })).toBe('')
})
