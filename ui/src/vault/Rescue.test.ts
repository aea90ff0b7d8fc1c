import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { button, heading, laid, openFull } from '../../test/app'
import type { MemoryVault } from '../../test/vault'
import App from '../App.svelte'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

afterEach(() => {
  vi.useRealTimers()
})

it('what cannot be opened for damage is saved as far as it is readable', async () => {
  vault.recent = ['/home/you/Documents/Coaching']
  vault.chosenFolder = '/home/you/Documents/Saved'
  vault.keys.torn = true
  vault.keys.rescued = { records: 12, attachments: 1, problems: ['Record 7 (session, 2026-01-05) is damaged.'] }
  render(App)
  await heading('Unlock your portfolio')
  await userEvent.type(screen.getByLabelText('Passphrase'), 'correct horse battery')
  await userEvent.click(button('Unlock'))
  await userEvent.click(await screen.findByRole('button', { name: 'Save what is readable' }))
  await heading('Save what is readable')
  await userEvent.click(button('Save it'))
  screen.getByText('Choose a folder for the new portfolio.')
  await userEvent.click(button('Choose a folder'))
  await userEvent.click(button('Save it'))
  await heading('What was readable is saved')
  screen.getByText(/12 records and 1 attached file/)
  screen.getByText('Record 7 (session, 2026-01-05) is damaged.')
  vault.keys.torn = false
  await userEvent.click(button('Unlock the new one'))
  await heading('Unlock your portfolio')
  screen.getByText('/home/you/Documents/Saved')
  expect(screen.getByLabelText<HTMLInputElement>('Passphrase').value).toBe('')
})

it('damage is looked for in the background, and said when it is found', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  vault.keys.damaged = true
  await openFull(vault)
  expect(vault.of('check_pages')).toEqual([])
  await vi.advanceTimersByTimeAsync(61_000)
  await screen.findByRole('group', { name: 'A part of your portfolio’s file is damaged' })
})
