import { render, screen, waitFor } from '@testing-library/svelte'
import { beforeEach, expect, it } from 'vitest'

import { laid } from '../../test/app'
import type { MemoryVault } from '../../test/vault'
import Markdown from './Markdown.svelte'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

async function read(text: string): Promise<HTMLElement> {
  const { container } = render(Markdown, { text })
  await waitFor(() => expect(container.querySelector('p')).toBeTruthy())
  return container
}

it('makes no link and loads no picture, and shows HTML as text', async () => {
  const shown = await read(
    '[here](javascript:alert(1)) ![a face](https://example.org/x.png) [page](https://example.org) <b style="x">b</b>',
  )
  expect(shown.querySelector('a, img, b, [style], [onclick]')).toBeNull()
  expect(shown.textContent).toContain('here a face page (https://example.org) <b style="x">b</b>')
})

it('sets what coaches write: lists, emphasis, tables, tasks', async () => {
  const shown = await read('**Count** to *ten*\n\n- one\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |')
  expect(shown.querySelector('p')?.innerHTML).toBe('<strong>Count</strong> to <em>ten</em>')
  expect(screen.getAllByRole('listitem').map((item) => item.textContent?.trim())).toEqual(['one', '☑done: done'])
  expect(screen.getByRole('cell', { name: '1' })).toBeTruthy()
})

it('keeps lines, and what only looks like a definition', async () => {
  const shown = await read('First line\nSecond line\n\n[Mood]: better')
  expect([...shown.querySelectorAll('p')].map((one) => one.innerHTML.replaceAll('\n', ''))).toEqual([
    'First line<br>Second line',
    '[Mood]: better',
  ])
})

it('shows the words as they are when the shell does not answer', async () => {
  vault.handlers.reading = () => {
    throw new Error('gone')
  }
  expect((await read('Some *words*')).textContent?.trim()).toBe('Some *words*')
})
