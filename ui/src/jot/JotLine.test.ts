// One line between two sessions.
import { screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'

import { laid, openFull, violations } from '../../test/app'
import type { MemoryVault } from '../../test/vault'

let vault: MemoryVault

beforeEach(async () => {
  vault = laid()
  await openFull(vault)
})

const line = () => screen.findByRole<HTMLInputElement>('textbox', { name: 'In one line' })

test('Ctrl+J, the client, Enter: a session as it usually is', async () => {
  const user = userEvent.setup()
  await user.keyboard('{Control>}j{/Control}')
  await waitFor(async () => expect(document.activeElement).toBe(await line()))
  await user.keyboard('A')
  expect(await screen.findByText(/Enter keeps it/)).toBeTruthy()
  expect(screen.getByText('50 minutes', { exact: false }).className).toContain('quiet')
  await user.keyboard('{Enter}')
  expect(await screen.findByText('Client A, session 4')).toBeTruthy()
  expect(vault.of('jot').at(-1)?.args).toEqual({ line: 'A' })
  expect(await line()).toBe(document.activeElement)
  expect(screen.getByText('Write a reflection on this session')).toBeTruthy()
  expect(await violations()).toEqual([])
})

test('what is not understood is said, and nothing is kept', async () => {
  const user = userEvent.setup()
  await user.type(await line(), 'good morning')
  expect(await screen.findByText(/Say who you saw and how long/)).toBeTruthy()
  await user.keyboard('{Enter}')
  expect(await screen.findByText(/says neither who you saw/)).toBeTruthy()
  expect((await line()).value).toBe('good morning')
  await user.keyboard('{Escape}')
  expect((await line()).value).toBe('')
  expect(vault.of('save_record')).toEqual([])
})

test('an idea opens as a draft to write on', async () => {
  const user = userEvent.setup()
  await user.type(await line(), 'idea: what a good week looks like')
  await user.keyboard('{Enter}')
  expect(await screen.findByDisplayValue('what a good week looks like')).toBeTruthy()
  expect(vault.kept.size).toBe(1)
})
