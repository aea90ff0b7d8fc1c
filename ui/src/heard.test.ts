import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'

import { button, heading, laid, openFull as openWith, said as saidOf, violations } from '../test/app'
import type { MemoryVault } from '../test/vault'
import App from './App.svelte'
import type { Place } from './place.svelte'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

const openFull = (place?: Place) => openWith(vault, place)

const said = () => saidOf(vault)

/** Waits until these words are said. */
const hears = (words: string) => expect.poll(said, { timeout: 3000 }).toContain(words)

describe('what happens away from the focus is heard:', () => {
  it('how many a search found, and that it found nothing', async () => {
    await openFull({ section: 'journal' })
    const search = await screen.findByLabelText('Search everything')
    await userEvent.type(search, 'silence')
    await hears('2 records found')
    await userEvent.clear(search)
    await userEvent.type(search, 'xylophone')
    await hears('Nothing has these words. Try fewer of them, or another one.')
    expect(said()).toHaveLength(2)
  })

  it('that what is typed is kept, once', async () => {
    await openFull()
    await userEvent.click(button('New reflection'))
    await heading('New reflection')
    await userEvent.type(screen.getByLabelText('Title'), 'A quiet morning')
    await hears('Kept as a draft')
    await userEvent.type(screen.getByLabelText('Title'), ', and a loud noon')
    await userEvent.keyboard('{Control>}s{/Control}')
    await hears('Everything is kept.')
    expect(said().filter((words) => words === 'Kept as a draft')).toHaveLength(1)
  })

  it('that a draft is discarded', async () => {
    await openFull()
    await userEvent.click(button('New reflection'))
    await heading('New reflection')
    await userEvent.type(screen.getByLabelText('Title'), 'A quiet morning')
    await hears('Kept as a draft')
    await userEvent.click(button('Discard this draft'))
    await hears('The draft “A quiet morning” is discarded. In the list it can be brought back.')
  })

  it('that an entry is added', async () => {
    await openFull()
    await userEvent.click(button('New reflection'))
    await heading('New reflection')
    await userEvent.type(screen.getByLabelText('Title'), 'A quiet morning')
    await userEvent.click(button('Add to portfolio'))
    await heading('A quiet morning')
    await hears('Added to your portfolio a moment ago')
  })

  it('that a record is in the bin, and where it is taken back', async () => {
    await openFull({ section: 'journal', record: { as: 'read', id: 'reflection' } })
    await userEvent.click(await screen.findByRole('button', { name: 'Move to bin' }))
    await hears('“When silence did the work” is in the bin. F6 leads to Undo.')
    await userEvent.keyboard('{F6}')
    expect(document.activeElement).toBe(button('Undo'))
  })

  it('how many records miss what went into the bin', async () => {
    await openFull({ section: 'session', record: { as: 'read', id: 'session' } })
    await userEvent.click(await screen.findByRole('button', { name: 'Move to bin' }))
    await hears(
      '“Third session with Client A” is in the bin. 1 record names it, and will not say so until it is back. F6 leads to Undo.',
    )
  })

  it('how a line is understood once it rests, and that it is logged', async () => {
    await openFull()
    await userEvent.type(screen.getByLabelText('In one line'), 'A 50 video')
    await expect
      .poll(said, { timeout: 3000 })
      .toEqual(['Client A, 50 minutes, video call, today as usual. Enter keeps it.'])
    expect(said()).toHaveLength(1)
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => said().at(-1), { timeout: 3000 }).toMatch(/^Logged: /)
  })

  it('how an export goes, wherever one is meanwhile', async () => {
    vault.pace = 400
    vault.put({ id: 'private', kind: 'reflection', date: '2026-05-01', title: 'Kept to myself' })
    const { open } = await openFull({ section: 'portfolio' })
    await userEvent.click(button('Write the portfolio'))
    await hears('Writing it. You can go on meanwhile.')
    open.where.go({ section: 'plan' })
    await expect.poll(() => said().at(-1), { timeout: 5000 }).toMatch(/^Written: \d+ records\.$/)
  })

  it('what is put away, and where it is brought back', async () => {
    await openFull()
    await userEvent.click((await screen.findAllByRole('button', { name: 'Put away' }))[0]!)
    await hears('The note is put away. Tab leads to Undo.')
  })

  it('that a passphrase is wrong, each time', async () => {
    vault.recent = ['/home/you/Documents/Coaching']
    render(App)
    await heading('Unlock your portfolio')
    const wrong = 'That is not the passphrase. Try again.'
    await userEvent.type(screen.getByLabelText('Passphrase'), 'wrong{Enter}')
    await hears(wrong)
    await userEvent.type(screen.getByLabelText('Passphrase'), '{Enter}')
    await expect.poll(said, { timeout: 3000 }).toEqual([wrong, wrong])
  })
})

it('where the shell cannot say it, a live region does: what is urgent breaks in', async () => {
  vault.says = false
  vault.recent = ['/home/you/Documents/Coaching']
  render(App)
  await heading('Unlock your portfolio')
  await userEvent.type(screen.getByLabelText('Passphrase'), 'wrong{Enter}')
  await expect.poll(() => screen.getByRole('alert').textContent, { timeout: 3000 }).toMatch(/not the passphrase/)
  await userEvent.type(screen.getByLabelText('Passphrase'), '{Control>}a{/Control}correct horse battery{Enter}')
  await heading('Today')
  await userEvent.keyboard('{Control>}s{/Control}')
  await expect.poll(() => screen.getByRole('log').textContent, { timeout: 3000 }).toBe('Everything is kept.')
  expect(screen.getByRole('alert').textContent).toBe('')
  expect(await violations()).toEqual([])
})

it('where the shell says it, the page does not say it again', async () => {
  vault.recent = ['/home/you/Documents/Coaching']
  render(App)
  await heading('Unlock your portfolio')
  await userEvent.type(screen.getByLabelText('Passphrase'), 'wrong{Enter}')
  await hears('That is not the passphrase. Try again.')
  expect(screen.getByRole('alert').textContent).toBe('')
})
