// Opens the window on the example's vault, and asks axe what is wrong with it.
import { render, screen } from '@testing-library/svelte'
import axe from 'axe-core'

import App from '../src/App.svelte'
import { desk } from '../src/desk.svelte'
import { where, type Place } from '../src/place.svelte'
import { fill } from './example'
import { MemoryVault } from './vault'

export const button = (name: string | RegExp) => screen.getByRole('button', { name })
export const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name })

/** A vault that nobody looks at yet. */
export function laid(): MemoryVault {
  desk.books = null
  desk.vault = null
  where.reset()
  return new MemoryVault().install()
}

/** The window at a place, with the example's records; `id` may be a name of one of them. */
export async function openFull(vault: MemoryVault, place?: Place) {
  const ids = fill(vault)
  const window = render(App)
  await heading('Today')
  if (place) where.go({ ...place, id: ids[place.id as keyof typeof ids] ?? place.id })
  return { ids, ...window }
}

export async function violations(): Promise<string[]> {
  // jsdom draws nothing: colours are checked in the real window.
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)
}
