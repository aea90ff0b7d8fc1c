import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'

import { button, heading, laid, openFull, violations } from '../../test/app'
import type { MemoryVault } from '../../test/vault'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

it('a record moves to the bin, and back at once', async () => {
  const { ids } = await openFull(vault, { section: 'journal', record: { as: 'read', id: 'reflection' } })
  await heading('When silence did the work')
  expect(screen.getByText(/It stops counting for its competencies/)).toBeTruthy()
  await userEvent.click(await screen.findByRole('button', { name: 'Move to bin' }))
  await heading('Journal')
  expect(vault.records.has(ids.reflection)).toBe(false)
  expect(await screen.findByText(/“When silence did the work” is in the bin/)).toBeTruthy()
  expect(await violations()).toEqual([])
  await userEvent.click(button('Undo'))
  await heading('When silence did the work')
  expect(vault.records.has(ids.reflection)).toBe(true)
  expect(screen.queryByText(/is in the bin/)).toBeNull()
})

it('undo is offered until one goes elsewhere', async () => {
  const { open } = await openFull(vault, { section: 'session', record: { as: 'read', id: 'session' } })
  await userEvent.click(await screen.findByRole('button', { name: 'Move to bin' }))
  expect(await screen.findByRole('button', { name: 'Undo' })).toBeTruthy()
  open.where.go({ section: 'plan' })
  await heading('Plan')
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
})

it('what is in the bin is restored, or gone once that is confirmed', async () => {
  const { ids, open } = await openFull(vault)
  for (const id of [ids.session, ids.reflection]) vault.handlers.move_to_bin({ ids: [id] })
  open.where.go({ section: 'bin' })
  await heading('Bin')
  expect(await violations()).toEqual([])
  await userEvent.click((await screen.findAllByRole('button', { name: 'Restore' }))[0]!)
  expect(await screen.findByText(/“Third session with Client A” is back/)).toBeTruthy()
  expect(vault.records.has(ids.session)).toBe(true)

  await userEvent.click(button('Empty the bin'))
  expect(document.activeElement?.textContent).toContain('Empty the bin of 1 record?')
  expect(screen.getByText(/Copies of the vault that were made before/)).toBeTruthy()
  expect(await violations()).toEqual([])
  await userEvent.click(button('Leave it as it is'))
  expect(document.activeElement).toBe(button('Empty the bin'))
  expect(vault.of('empty_bin')).toHaveLength(0)
  await userEvent.click(button('Empty the bin'))
  await userEvent.click(button('Empty the bin'))
  expect(await screen.findByText(/1 record is gone\. Nothing of it is left/)).toBeTruthy()
  expect(screen.getByText(/The bin is empty/)).toBeTruthy()
})
