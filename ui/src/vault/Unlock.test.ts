import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'

import { button, heading, laid } from '../../test/app'
import type { MemoryVault } from '../../test/vault'
import App from '../App.svelte'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

it('what the button beside a passphrase says to the eye is what it is called', async () => {
  vault.recent = ['/home/you/Documents/Coaching']
  render(App)
  await heading('Unlock your portfolio')
  await userEvent.click(button(/^Show ?: Passphrase$/))
  expect(screen.getByLabelText<HTMLInputElement>('Passphrase').type).toBe('text')
  await userEvent.click(button(/^Hide ?: Passphrase$/))
  expect(screen.getByLabelText<HTMLInputElement>('Passphrase').type).toBe('password')
})

it('what has to be done is known before it is forgotten, and what was forgotten is marked', async () => {
  render(App)
  await userEvent.click(await screen.findByRole('button', { name: 'Start a new portfolio' }))
  await userEvent.click(button('Choose a folder'))
  for (const label of ['Passphrase', 'The same passphrase again']) {
    expect(screen.getByLabelText(label).getAttribute('aria-required')).toBe('true')
    await userEvent.type(screen.getByLabelText(label), 'four words are enough')
  }
  await userEvent.click(button('Start the portfolio'))
  await heading('Your recovery key')
  const written = screen.getByRole('checkbox', { name: 'I have written it down' })
  expect(written.getAttribute('aria-required')).toBe('true')
  await userEvent.click(button('Go to your portfolio'))
  expect(written.getAttribute('aria-invalid')).toBe('true')
  expect(document.activeElement).toBe(written)
})
