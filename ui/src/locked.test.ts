// What the window holds of a vault is gone when it is locked.
import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'

import { button, heading, laid, openFull } from '../test/app'
import { EMPTY } from '../test/answers'
import type { MemoryVault } from '../test/vault'
import App from './App.svelte'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

/** Another coach's vault lies where the first one lay. */
function another() {
  vault.records.clear()
  vault.kept.clear()
  vault.given = []
  vault.answers = structuredClone(EMPTY)
  vault.put({ kind: 'profile', date: '2026-01-05', title: 'My profile', name: 'Billie Stone' })
}

async function unlock() {
  await userEvent.type(screen.getByLabelText('Passphrase'), 'correct horse battery{Enter}')
  await heading('Today')
}

describe('of one vault nothing is to be seen in the next', () => {
  it('neither a choice nor a report, neither an offer to undo nor the place', async () => {
    const { open } = await openFull(vault, { section: 'session', record: { as: 'read', id: 'session' } })
    await userEvent.click(await screen.findByRole('button', { name: 'Move to bin' }))
    await screen.findByText(/“Third session with Client A” is in the bin/)
    await userEvent.click(screen.getAllByRole('button', { name: 'New session' })[0]!)
    await heading('New session')
    await userEvent.type(screen.getByLabelText('Title'), 'Of the first vault')
    await open.flush()
    await userEvent.click(button('Discard this draft'))
    await screen.findByText(/The draft “Of the first vault” is discarded/)
    await userEvent.click(button('Portfolio'))
    await userEvent.click(screen.getByRole('radio', { name: 'Line management' }))
    await userEvent.click(button('See what goes in'))
    await screen.findByRole('heading', { name: 'What goes in' })
    await userEvent.click(button('Lock'))
    await heading('Unlock your portfolio')

    another()
    await unlock()
    expect(screen.queryByText(/Third session|Of the first vault/)).toBeNull()
    await userEvent.click(button('Sessions'))
    await heading('Sessions')
    expect(screen.queryByText(/is discarded|is in the bin/)).toBeNull()
    await userEvent.click(button('Portfolio'))
    await heading('Portfolio')
    expect((await screen.findByRole<HTMLInputElement>('radio', { name: 'The yearly appraisal' })).checked).toBe(true)
    expect(screen.queryByRole('heading', { name: 'What goes in' })).toBeNull()
  }, 60_000)

  it.each([
    ['the same', '/home/you/Documents/Coaching', ['Half a sentence']],
    ['another', '/home/you/Documents/Elsewhere', []],
  ])('what could not be kept when it was locked from outside: unlocking %s vault', async (_, folder, kept) => {
    const { open } = await openFull(vault, {
      section: 'journal',
      record: { as: 'new', kind: 'reflection' },
    })
    await heading('New reflection')
    vault.open = false
    const keep = vault.handlers.keep_draft
    vault.handlers.keep_draft = () => {
      throw { code: 'locked', message: 'The vault is locked.', hint: null, problems: [] }
    }
    await userEvent.type(screen.getByLabelText('Title'), 'Half a sentence')
    expect(await open.flush()).toBe(false)
    await heading('Unlock your portfolio')
    vault.handlers.keep_draft = keep
    vault.handlers.open_vault = () => {
      vault.open = true
      vault.folder = folder
      return null
    }
    await unlock()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect([...vault.kept.values()].map((one) => one.draft.title)).toEqual(kept)
  })

  it('a window that is opened again begins at Today', async () => {
    const { unmount } = await openFull(vault, { section: 'bin' })
    await heading('Bin')
    unmount()
    render(App)
    await heading('Today')
  })
})
