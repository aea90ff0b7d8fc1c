import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { tick } from 'svelte'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { laid, violations, write } from '../../test/app'
import type { MemoryVault } from '../../test/vault'
import MarkdownInput from '../elements/MarkdownInput.svelte'
import { settle } from './pending'

let vault: MemoryVault
const onchange = vi.fn<(text: string) => void>()

beforeEach(() => {
  vault = laid()
  onchange.mockReset()
})

const text = () => screen.getByRole('textbox', { name: 'Notes' })

function open(value = '') {
  return render(MarkdownInput, { id: 'notes', label: 'Notes', hint: 'In your own words.', value, onchange })
}

async function type(keys: string) {
  await userEvent.type(text(), keys)
  await tick()
  settle()
}

const last = () => onchange.mock.lastCall?.[0]

describe('a text in the editor', () => {
  it('is a named, described textbox without a fault', async () => {
    open('Some *words*\n\n- [ ] a task\n- [x] done\n\n| a | b |\n| --- | --- |\n| 1 | 2 |')
    expect(text().getAttribute('aria-describedby')).toBe('notes-hint')
    expect(text().getAttribute('spellcheck')).toBe('true')
    expect(text().getAttribute('lang')).toBe('en-GB')
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'done' }).checked).toBe(true)
    await userEvent.click(text())
    expect(screen.getByRole('toolbar', { name: 'Formatting' })).toBeTruthy()
    // It stands in no page here.
    expect((await violations()).filter((fault) => !fault.startsWith('region:'))).toEqual([])
  })

  it('is not written when it is only looked at', async () => {
    vault.handlers.same_reading = () => true
    const { unmount } = open('* a\n* b')
    await expect.poll(() => text().getAttribute('contenteditable')).toBe('true')
    await userEvent.click(text())
    await userEvent.tab()
    settle()
    unmount()
    expect(onchange).not.toHaveBeenCalled()
  })

  it('is handed on after a real change, and as it came when the change is undone', async () => {
    open('Words.\n')
    await write(text(), '!')
    expect(last()).toBe('Words.!')
    await type('{Control>}z{/Control}')
    expect(last()).toBe('Words.\n')
  })

  it.each([
    ['- one{Enter}two', '- one\n- two'],
    ['1. one{Enter}two', '1. one\n2. two'],
    ['3. three', '3. three'],
    ['1986. a year', '1986\\. a year'],
    ['[[] ring{Enter}write', '- [ ] ring\n- [ ] write'],
    ['# Head{Enter}text', '# Head\n\ntext'],
    ['> said', '> said'],
    ['a **bold** word', 'a **bold** word'],
    ['one{Shift>}{Enter}{/Shift}two{Enter}three', 'one\ntwo\n\nthree'],
    ['[[Mood]: better', '\\[Mood]: better'],
  ])('makes of %j what it says', async (keys, markdown) => {
    open()
    await type(keys)
    expect(last()).toBe(markdown)
  })

  it('gives Tab to lists only as long as they can indent, and leaves otherwise', async () => {
    render(MarkdownInput, { id: 'notes', label: 'Notes', value: '', onchange })
    const after = document.createElement('button')
    document.body.append(after)
    await type('- one{Enter}two{Tab}')
    expect(last()).toBe('- one\n  - two')
    expect(document.activeElement).toBe(text())
    await userEvent.tab()
    expect(text().contains(document.activeElement)).toBe(false)
    after.remove()
  })

  it('leaves a list with Escape and Tab', async () => {
    open()
    await type('- one{Enter}two{Escape}')
    await userEvent.tab()
    settle()
    expect(last()).toBe('- one\n- two')
    expect(text().contains(document.activeElement)).toBe(false)
  })

  it('leaves the window its keys', async () => {
    open('Words')
    const keys: string[] = []
    const listen = (event: KeyboardEvent) => !event.defaultPrevented && keys.push(event.key)
    window.addEventListener('keydown', listen)
    await type('{Control>}knj{Enter}{/Control}')
    window.removeEventListener('keydown', listen)
    expect(keys).toEqual(expect.arrayContaining(['k', 'n', 'j', 'Enter']))
    expect(onchange).not.toHaveBeenCalled()
  })

  it('ticks a task by its box and by its key', async () => {
    open('- [ ] ring the surgery')
    await userEvent.click(screen.getByRole('checkbox', { name: 'ring the surgery' }))
    settle()
    expect(last()).toBe('- [x] ring the surgery')
    await type('{Alt>}{Enter}{/Alt}')
    expect(last()).toBe('- [ ] ring the surgery')
  })
})

describe('the toolbar', () => {
  it('is reached with Alt+F10, gone along with arrows and left with Escape', async () => {
    open('Words')
    await type('{Alt>}{F10}{/Alt}')
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Bold')
    await userEvent.keyboard('{ArrowRight}')
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Italic')
    await userEvent.keyboard('{End}')
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Table')
    await userEvent.keyboard('{Escape}')
    expect(document.activeElement).toBe(text())
  })

  it('makes lists, headings and tables', async () => {
    open('Words')
    await userEvent.click(text())
    await userEvent.click(screen.getByRole('button', { name: 'Numbered list' }))
    settle()
    expect(last()).toBe('1. Words')
    await userEvent.click(screen.getByRole('button', { name: 'List of tasks' }))
    settle()
    expect(last()).toBe('- [ ] Words')
    await userEvent.click(screen.getByRole('button', { name: 'List of tasks' }))
    await userEvent.click(screen.getByRole('button', { name: 'Heading' }))
    settle()
    expect(last()).toBe('# Words')
    await userEvent.click(screen.getByRole('button', { name: 'Table' }))
    await userEvent.click(screen.getByRole('button', { name: 'Add a row' }))
    settle()
    expect(
      last()
        ?.split('\n')
        .filter((line) => line.startsWith('|')),
    ).toHaveLength(5)
  })

  it('asks for the address of a link', async () => {
    open('Words')
    await type('{Control>}{Shift>}k{/Shift}{/Control}')
    await userEvent.type(await screen.findByLabelText('Address'), 'example.org{Enter}')
    settle()
    expect(last()).toContain('https://example.org')
  })
})

describe('a text that the editor would change', () => {
  it('opens as plain text, says why, and opens all the same when asked to', async () => {
    vault.handlers.same_reading = () => false
    open('Before ![a face](x.png)')
    await expect.poll(() => text().tagName).toBe('TEXTAREA')
    const plain = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Notes' })
    expect(plain.value).toBe('Before ![a face](x.png)')
    expect(screen.getByText(/would be lost or changed in the editor/)).toBeTruthy()
    await userEvent.type(plain, '!')
    expect(last()).toBe('Before ![a face](x.png)!')
    await userEvent.click(screen.getByRole('button', { name: /Open it in the editor all the same/ }))
    expect(text().getAttribute('contenteditable')).toBe('true')
  })

  it('opens as plain text when it cannot be understood', () => {
    open('[](nowhere)')
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Notes' }).value).toBe('[](nowhere)')
    expect(screen.queryByRole('button', { name: /all the same/ })).toBeNull()
  })
})
