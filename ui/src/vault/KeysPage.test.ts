import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'

import { button, heading, laid, openFull, violations } from '../../test/app'
import type { MemoryVault } from '../../test/vault'

let vault: MemoryVault

beforeEach(async () => {
  vault = laid()
  await openFull(vault, { section: 'keys' })
  await heading('Passphrase and recovery key')
})

const type = (label: string, words: string) => userEvent.type(screen.getByLabelText(label), words)

it('a new recovery key is shown once, after the passphrase was asked for', async () => {
  await userEvent.click(button('Make a new recovery key'))
  expect(vault.of('new_recovery_key')).toEqual([])
  await type('Your passphrase', 'something else')
  await userEvent.click(button('Make a new recovery key'))
  await screen.findByText(/That is not the passphrase/)
  expect(document.activeElement).toBe(screen.getByLabelText('Your passphrase'))
  await userEvent.clear(screen.getByLabelText('Your passphrase'))
  await type('Your passphrase', 'correct horse battery')
  await userEvent.click(button('Make a new recovery key'))
  await heading('Your new recovery key')
  expect(screen.getByTestId('recovery-key').textContent).toBe('N3WK-2M9D-XW4H-P8RT-5VNC-J3YB-ZE6L-AG1S')
  screen.getByText('The key you had before no longer opens your portfolio.')
  await userEvent.click(button('Go on'))
  screen.getByText(/Write the key down first/)
  await userEvent.click(screen.getByRole('checkbox', { name: 'I have written it down' }))
  await userEvent.click(button('Go on'))
  await heading('Passphrase and recovery key')
  expect(screen.queryByTestId('recovery-key')).toBeNull()
})

it('the passphrase is changed by whoever knows it', async () => {
  await type('Passphrase now', 'correct horse battery')
  await type('New passphrase', 'short')
  await userEvent.click(button('Change the passphrase'))
  screen.getByText(/Use at least 8 characters/)
  await type('New passphrase', ' no more')
  await type('The new passphrase again', 'short no less')
  await userEvent.click(button('Change the passphrase'))
  screen.getByText('The two passphrases are not the same.')
  await userEvent.clear(screen.getByLabelText('The new passphrase again'))
  await type('The new passphrase again', 'short no more')
  await userEvent.click(button('Change the passphrase'))
  await screen.findByText('The passphrase is changed.')
  expect(vault.keys.passphrase).toBe('short no more')
  expect(screen.getByLabelText<HTMLInputElement>('New passphrase').value).toBe('')
})

it('is well formed', async () => {
  expect(await violations()).toEqual([])
})
