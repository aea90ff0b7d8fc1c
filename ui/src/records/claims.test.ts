// What an entry is put forward for, found beside its text.
import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'

import { heading, laid, openFull, violations, write } from '../../test/app'
import type { MemoryVault } from '../../test/vault'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

const focused = () => document.activeElement
const isOpen = () => box().getAttribute('aria-expanded') === 'true'
const box = () => screen.getByRole('combobox', { name: 'Find a competency' })
const listbox = () => within(screen.getByRole('listbox', { name: 'Competencies' }))
const options = () =>
  (isOpen() ? listbox().queryAllByRole('option') : []).map((one) => /\d+\.\d+/.exec(one.textContent ?? '')?.[0])
const chosen = () =>
  within(screen.getByRole('region', { name: 'What it shows' })).queryAllByRole('group', { name: /^\d/ })

async function begin() {
  await openFull(vault, { section: 'journal', record: { as: 'new', kind: 'reflection' } })
  await heading('New reflection')
}

describe('a competency', () => {
  it('is found by its number, with what it still asks for, and chosen with Enter; then one says why', async () => {
    await begin()
    await userEvent.type(box(), '1.8')
    expect(options()).toEqual(['1.8'])
    const option = listbox().getByRole('option')
    await expect.poll(() => option.textContent).toContain('Still asks for portfolio entry.')
    expect(box().getAttribute('aria-activedescendant')).toBe(option.id)
    expect(box().getAttribute('aria-expanded')).toBe('true')
    expect(await violations()).toEqual([])
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => focused()).toBe(screen.getByLabelText(/^How it shows this/))
    expect(chosen().map((one) => one.getAttribute('aria-label'))).toEqual([
      '1.8 Keeping up with research and thinking on coaching',
    ])
    expect(vault.of('save_record')).toEqual([])
    await write(focused() as HTMLElement, 'I wanted to advise.')
    // It is there once, and no more to be found.
    await userEvent.type(box(), '1.8')
    expect(options()).toEqual([])
    expect(screen.getByText(/^No competency has these words/)).toBeTruthy()
  })

  it('is found by a word, and gone to with the arrows, round and round', async () => {
    await begin()
    await userEvent.type(box(), 'client')
    const all = options()
    expect(all.length).toBeGreaterThan(1)
    const active = () => listbox().getByRole('option', { selected: true })
    expect(active()).toBe(listbox().getAllByRole('option')[0])
    await userEvent.keyboard('{ArrowUp}')
    expect(active()).toBe(listbox().getAllByRole('option').at(-1))
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    await expect.poll(() => chosen().length).toBe(1)
    expect(chosen()[0]!.getAttribute('aria-label')).toContain(all[1]!)
    expect(isOpen()).toBe(false)
  })

  it('is looked for among all with the arrow down, and left alone when one goes on', async () => {
    await begin()
    box().focus()
    expect(options()).toEqual([])
    await userEvent.keyboard('{ArrowDown}')
    expect(options()).toHaveLength(38)
    await userEvent.tab()
    expect(options()).toEqual([])
    expect(chosen()).toEqual([])
  })

  it('stands after those that were chosen before, and nothing new before the line one is in', async () => {
    await begin()
    for (const number of ['1.3', '1.4']) {
      await userEvent.type(box(), `${number}{Enter}`)
      const group = await screen.findByRole('group', { name: new RegExp(`^${number}`.replace('.', '\\.')) })
      await expect.poll(() => group.contains(focused())).toBe(true)
      const before = [...group.querySelectorAll('input, select, textarea, button, summary, [contenteditable]')]
      expect(before[0]).toBe(focused())
    }
    expect(chosen()).toHaveLength(2)
    await userEvent.click(screen.getByRole('button', { name: /^Take away.*1\.3/ }))
    await expect.poll(() => focused()).toBe(box())
    expect(chosen()).toHaveLength(1)
  })
})

it('what an entry could show is told when one asks, and chosen from there', async () => {
  await begin()
  const ask = screen.getByRole('button', { name: 'What could this show?' })
  expect(ask.getAttribute('aria-expanded')).toBe('false')
  await userEvent.click(ask)
  const list = await screen.findByRole('list', { name: 'What this could show' })
  expect(
    within(list)
      .getAllByRole('listitem')
      .map((one) => one.textContent?.replace(/\s+/g, ' ').trim()),
  ).toEqual([
    '1.8 Keeping up with research and thinking on coaching as portfolio entry; nothing would be left open',
    expect.stringMatching(/^2\.10 .* as portfolio entry$/),
  ])
  expect(await violations()).toEqual([])
  await userEvent.click(within(list).getByRole('button', { name: /^1\.8/ }))
  await expect.poll(() => focused()).toBe(screen.getByLabelText(/^How it shows this/))
  expect(within(list).getAllByRole('listitem')).toHaveLength(1)
  await userEvent.click(ask)
  expect(ask.getAttribute('aria-expanded')).toBe('false')
  expect(screen.queryByRole('list', { name: 'What this could show' })).toBeNull()
})
