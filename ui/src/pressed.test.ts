import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'

import { button, heading, laid, openFull as openWith } from '../test/app'
import type { MemoryVault } from '../test/vault'
import type { Place } from './place.svelte'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

const openFull = (place?: Place) => openWith(vault, place)
const focused = () => document.activeElement
const press = (keys: string) => userEvent.keyboard(keys)

describe('in an entry', () => {
  const begin = async (kind: 'reflection' | 'goal') => {
    await openFull({ section: kind === 'goal' ? 'goal' : 'journal', record: { as: 'new', kind } })
    return userEvent.type(await screen.findByLabelText('Title'), 'Only a title')
  }

  it.each([
    ['reflection', 'What you want to remember'],
    ['goal', 'Why it matters to you, and your first steps'],
  ] as const)('Enter in the title of a %s goes on to the text and adds nothing', async (kind, text) => {
    await begin(kind)
    await press('{Enter}')
    expect(focused()).toBe(screen.getByLabelText(text))
    await press('Words{Enter}of two lines')
    expect(focused()).toBe(screen.getByLabelText(text))
    expect(vault.of('save_record')).toEqual([])
    expect([...vault.kept.values()].map((kept) => kept.draft.title)).toEqual(['Only a title'])
  })

  it('Enter goes on from field to field beside the text', async () => {
    await begin('reflection')
    await userEvent.click(screen.getAllByLabelText('Day')[0]!)
    await press('{Enter}{Enter}')
    expect(focused()).toBe(screen.getAllByLabelText('Year')[0])
    await press('{Enter}')
    expect(focused()).toBe(screen.getByLabelText(/^Time of the reflection/))
    expect(vault.of('save_record')).toEqual([])
  })

  it('Ctrl+Enter adds it', async () => {
    await begin('reflection')
    await userEvent.type(screen.getByLabelText('What you want to remember'), 'It was good.')
    await press('{Control>}{Enter}{/Control}')
    await heading('Only a title')
    expect(vault.of('save_record')).toHaveLength(1)
  })

  it('Enter stops once at the answers to one question', async () => {
    await openFull({ section: 'session', record: { as: 'new', kind: 'session' } })
    const [first] = await screen.findAllByRole('radio')
    const form = first!.closest('form')!
    const stops: string[] = []
    await userEvent.click(screen.getByLabelText('Title'))
    for (let at = 0; at < 12; at += 1) {
      await press('{Enter}')
      if (!(focused() instanceof HTMLInputElement)) break
      stops.push((focused() as HTMLInputElement).name)
    }
    expect(form.contains(focused())).toBe(true)
    const names = stops.filter((name) => name !== '')
    expect(new Set(names).size).toBe(names.length)
  })

  it('Ctrl+S keeps it at once', async () => {
    await begin('reflection')
    await press('{Control>}s{/Control}')
    await expect.poll(() => [...vault.kept.values()][0]?.draft.title).toBe('Only a title')
  })

  it('Escape ends a change, and Ctrl+Enter too', async () => {
    for (const keys of ['{Escape}', '{Control>}{Enter}{/Control}']) {
      document.body.replaceChildren()
      vault = laid()
      await openFull({ section: 'journal', record: { as: 'edit', id: 'reflection' } })
      await userEvent.type(await screen.findByLabelText('Title'), ' again')
      await press(keys)
      await heading('When silence did the work again')
    }
  })

  it('Escape closes the competencies before it ends the change', async () => {
    await openFull({ section: 'journal', record: { as: 'edit', id: 'reflection' } })
    await userEvent.type(await screen.findByLabelText('Find a competency'), 'listening')
    const box = screen.getByRole('combobox', { name: 'Find a competency' })
    expect(box.getAttribute('aria-expanded')).toBe('true')
    await press('{Escape}')
    expect(focused()).toBe(box)
    expect(box.getAttribute('aria-expanded')).toBe('false')
    await press('{Escape}')
    await heading('When silence did the work')
  })
})

describe('in lists', () => {
  it('the arrows go from row to row, and from the search to the first that was found', async () => {
    await openFull({ section: 'journal' })
    await heading('Journal')
    const list = within(screen.getByRole('region', { name: 'Journal' }))
    await userEvent.click(screen.getByLabelText('Search everything'))
    await press('{ArrowDown}')
    const rows = [...document.querySelectorAll('.list [data-row]')]
    expect(rows.length).toBeGreaterThan(2)
    expect(focused()).toBe(rows[0])
    await press('{ArrowDown}')
    expect(focused()).toBe(rows[1])
    await press('{End}')
    expect(focused()).toBe(rows.at(-1))
    await press('{ArrowUp}')
    expect(focused()).toBe(rows.at(-2))
    await press('{Home}')
    expect(focused()).toBe(rows[0])
    expect(list.getAllByRole('button').length).toBeGreaterThan(0)
  })

  it('Escape empties the search', async () => {
    await openFull({ section: 'journal' })
    const search = await screen.findByLabelText<HTMLInputElement>('Search everything')
    await userEvent.type(search, 'diet{Escape}')
    expect(search.value).toBe('')
    expect(focused()).toBe(search)
  })

  it('F6 goes round the parts of the window, and back with Shift', async () => {
    await openFull({ section: 'journal' })
    await heading('Journal')
    await expect.poll(() => focused()?.tagName).toBe('H1')
    await press('{F6}')
    expect(focused()).toBe(within(screen.getByRole('navigation')).getByRole('button', { name: 'Journal' }))
    await press('{F6}')
    expect(focused()?.closest('.list')).toBeTruthy()
    await press('{Shift>}{F6}{/Shift}')
    expect(focused()?.closest('nav')).toBeTruthy()
  })

  it('Escape closes the menu of a narrow window', async () => {
    await openFull()
    await userEvent.click(screen.getByText('Menu'))
    await userEvent.click(button('Plan').parentElement!)
    button('Plan').focus()
    await press('{Escape}')
    expect(screen.getByText('Menu').closest('button')?.getAttribute('aria-expanded')).toBe('false')
  })
})
