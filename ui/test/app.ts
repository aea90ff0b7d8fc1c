// Opens the window on the example's vault, and asks axe what is wrong with it.
import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { tick } from 'svelte'

import App from '../src/App.svelte'
import { shelf, vaultState } from '../src/api'
import { settle } from '../src/editor/pending'
import { OpenVault } from '../src/open.svelte'
import type { Place } from '../src/place.svelte'
import { fill, named } from './example'
import { MemoryVault } from './vault'

export const button = (name: string | RegExp) => screen.getByRole('button', { name })
export const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name })

/** What stands in the text with this label. */
export const written = (label: string | RegExp) =>
  screen.getAllByLabelText(label).map((text) => text.innerText ?? text.textContent)

/** Types into a text, and hands it on as a pause would. */
export async function write(text: HTMLElement, words: string) {
  await userEvent.click(text)
  // At the end of what is there already.
  let end: Node = text
  while (end.lastChild) end = end.lastChild
  if (end instanceof Text) getSelection()?.collapse(end, end.length)
  document.dispatchEvent(new Event('selectionchange'))
  await userEvent.keyboard(words)
  await tick()
  settle()
}

/** A vault that nobody looks at yet. */
export function laid(): MemoryVault {
  return new MemoryVault().install()
}

/** The open vault as the window knows it, for parts of the window that are looked at alone. */
export async function opened(): Promise<OpenVault> {
  return new OpenVault(await vaultState(), await shelf())
}

/** What a screen reader was given to say, so far. */
export const said = (vault: MemoryVault) => vault.of('say').map(({ args }) => (args as { words: string }).words)

/** The window at a place, with the example's records. */
export async function openFull(vault: MemoryVault, place?: Place) {
  const ids = fill(vault)
  const window = render(App)
  await heading('Today')
  const open = window.component.opened()
  if (!open) throw new Error('no vault is open')
  if (place) open.where.go(named(place, ids))
  return { ids, open, ...window }
}

export async function violations(): Promise<string[]> {
  // jsdom draws nothing: colours are checked in the real window.
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)
}
