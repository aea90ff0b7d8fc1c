import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'

import { TODAY } from '../test/answers'
import { button, heading, laid, openFull as openWith } from '../test/app'
import type { MemoryVault } from '../test/vault'
import type { Place } from './place.svelte'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

const openFull = (place?: Place) => openWith(vault, place)
const focused = () => document.activeElement
const ctrl = (key: string) => userEvent.keyboard(`{Control>}${key}{/Control}`)

/** Everything that was begun is shown, and nobody takes the focus any more. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 50))

describe('after Ctrl+K the search has the focus', () => {
  const PLACES: [string, Place, string | RegExp][] = [
    ['Today', { section: 'today' }, 'Today'],
    ['Competencies', { section: 'competencies' }, 'Competencies'],
    ['a competency', { section: 'competencies', number: '1.5' }, /^1\.5/],
    ['the journal', { section: 'journal' }, 'Journal'],
    ['a record', { section: 'journal', record: { as: 'read', id: 'reflection' } }, 'When silence did the work'],
    ['an entry', { section: 'journal', record: { as: 'new', kind: 'reflection' } }, 'New reflection'],
    ['Portfolio', { section: 'portfolio' }, 'Portfolio'],
  ]

  it.each(PLACES)('from %s, and what is typed arrives there', async (_, place, title) => {
    await openFull(place)
    await heading(title)
    await rest()
    await ctrl('k')
    await userEvent.keyboard('diet')
    await rest()
    expect(focused()?.id).toBe('search')
    expect(screen.getByLabelText<HTMLInputElement>('Search everything').value).toBe('diet')
  })

  it('also when it is pressed before the page it was pressed on has arrived', async () => {
    const { open, ids } = await openFull({ section: 'journal' })
    const letGo = vault.hold('record')
    open.where.go({ section: 'journal', record: { as: 'read', id: String(ids.reflection) } })
    await expect.poll(() => letGo.length).toBeGreaterThan(0)
    await ctrl('k')
    letGo.forEach((answer) => answer())
    await heading('When silence did the work')
    await rest()
    expect(focused()?.id).toBe('search')
  })

  it('an entry that was begun is kept, and is there again with Alt and the left arrow', async () => {
    await openFull({ section: 'journal', record: { as: 'new', kind: 'reflection' } })
    await userEvent.type(await screen.findByLabelText('Title'), 'Half typed')
    await userEvent.click(button('Today'))
    await heading('Today')
    expect([...vault.kept.values()].map((kept) => kept.draft.title)).toEqual(['Half typed'])
    await userEvent.keyboard('{Alt>}{ArrowLeft}{/Alt}')
    expect((await screen.findByLabelText<HTMLInputElement>('Title')).value).toBe('Half typed')
    expect(vault.kept.size).toBe(1)
  })
})

describe('a page that arrives', () => {
  it('takes the focus to its heading, and the window is called after it', async () => {
    await openFull()
    await userEvent.click(button('Plan'))
    await expect.poll(() => focused()?.textContent?.trim()).toBe('Plan')
    expect(document.title).toBe('Plan – Coachfolio')
  })

  it('leaves the focus where the coach moved it meanwhile', async () => {
    const { open, ids } = await openFull({ section: 'journal' })
    await heading('Journal')
    const letGo = vault.hold('record')
    open.where.go({ section: 'journal', record: { as: 'read', id: String(ids.reflection) } })
    await expect.poll(() => letGo.length).toBeGreaterThan(0)
    await userEvent.click(screen.getByLabelText('Search everything'))
    letGo.forEach((answer) => answer())
    await heading('When silence did the work')
    await rest()
    expect(focused()?.id).toBe('search')
  })

  it('to write begins in its text', async () => {
    await openFull()
    await ctrl('n')
    await heading('New reflection')
    await expect.poll(() => focused()).toBe(screen.getByLabelText('What you want to remember'))
    await userEvent.click(screen.getAllByRole('button', { name: 'New reflection' })[0] as HTMLElement)
    await heading('New reflection')
    await expect.poll(() => focused()).toBe(screen.getByLabelText('What you want to remember'))
    expect(document.title).toBe('New reflection – Coachfolio')
  })

  it('to write stands in its text also when that has to be compared first', async () => {
    const id = vault.put({ kind: 'reflection', date: TODAY, title: 'Lists', body: '* one\n* two' })
    vault.handlers.same_reading = () => true
    const letGo = vault.hold('same_reading')
    await openFull({ section: 'journal', record: { as: 'edit', id } })
    await heading('Edit: Reflection')
    const text = () => screen.getByLabelText('What you want to remember')
    await expect.poll(focused).toBe(text())
    expect(text().getAttribute('aria-busy')).toBe('true')
    letGo.forEach((answer) => answer())
    await expect.poll(() => focused()?.getAttribute('contenteditable')).toBe('true')
    expect(focused()).toBe(text())
  })

  it('to go on writing stands at the end of what is written', async () => {
    vault.kept.set('d', {
      id: 'd',
      draft: { id: 'd', kind: 'reflection', date: TODAY, title: 'Silence', body: 'She said nothing.\n\nI waited' },
      touched: '2026-06-14T08:00:00Z',
    })
    const { open } = await openFull({ section: 'journal', record: { as: 'draft', id: 'd' } })
    await heading('New reflection')
    await expect.poll(focused).toBe(screen.getByLabelText('What you want to remember'))
    await expect.poll(() => getSelection()?.focusNode?.textContent).toBe('I waited')
    await rest()
    await userEvent.keyboard(' for her.')
    await open.flush()
    expect(vault.kept.get('d')?.draft.body).toBe('She said nothing.\n\nI waited for her.')
  })

  it('to write begins at the first question of its model', async () => {
    await openFull({ section: 'journal', record: { as: 'edit', id: 'reflection' } })
    await heading('Edit: Reflection')
    await expect.poll(() => focused()).toBe(screen.getByLabelText('What happened'))
  })

  it('to fill in begins at its first field', async () => {
    await openFull({ section: 'session' })
    await heading('Sessions')
    await ctrl('n')
    await heading('New session')
    await expect.poll(() => focused()).toBe(screen.getByLabelText('Title'))
  })

  it('never calls the window after what a coach wrote', async () => {
    await openFull({ section: 'journal', record: { as: 'read', id: 'reflection' } })
    await heading('When silence did the work')
    expect(document.title).toBe('Reflection – Coachfolio')
  })
})
