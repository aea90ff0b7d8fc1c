// Answers that come late: what is asked for now must not be overwritten by what was asked for before.
import { screen, within } from '@testing-library/svelte'
import { tick } from 'svelte'
import { beforeEach, expect, it } from 'vitest'

import { heading, laid, openFull } from '../test/app'
import type { MemoryVault } from '../test/vault'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

/** Lets the held answers go, newest first, and waits for what comes of it. */
async function inReverse(held: (() => void)[]) {
  for (const letGo of held.splice(0).reverse()) {
    letGo()
    await new Promise((resolve) => setTimeout(resolve))
    await tick()
  }
}

it('the page of a competency shows its own needs, never those of another', async () => {
  const { open } = await openFull(vault, { section: 'competencies', number: '1.5' })
  await heading(/^1.5 /)
  expect(screen.getByText(/It asks for one meeting|not a single entry/)).toBeTruthy()
  const held = vault.hold('gaps')
  open.where.go({ section: 'competencies', number: '1.3' })
  await tick()
  open.where.go({ section: 'competencies', number: '2.2' })
  await expect.poll(() => held.length).toBe(2)
  const needs = () => within(screen.getByRole('region', { name: 'What it asks for' })).getAllByRole('heading')
  const shown = () => [screen.getByRole('heading', { level: 1 }), ...needs()].map((one) => one.textContent?.trim())
  // Until an answer is there, the page goes together: the title is of the competency whose needs it shows.
  expect(shown()[0]).toMatch(/^1.5 /)
  await inReverse(held)
  await heading(/^2.2 /)
  expect(shown()).toContain('Observed practice')
})

it('a list shows what was asked for last', async () => {
  const { open } = await openFull(vault, { section: 'journal' })
  await heading('Journal')
  await screen.findByText('When silence did the work')
  const held = vault.hold('list_records')
  open.changed()
  await expect.poll(() => held.length).toBeGreaterThan(0)
  const first = held.length
  vault.put({ kind: 'reflection', date: '2026-06-13', title: 'Written a moment ago' })
  open.changed()
  await expect.poll(() => held.length).toBeGreaterThan(first)
  await inReverse(held)
  expect(screen.getByText('Written a moment ago')).toBeTruthy()
})

it('Today shows what was asked for last', async () => {
  const { open } = await openFull(vault)
  await screen.findByRole('region', { name: 'Supervision' })
  const held = vault.hold('today')
  open.changed()
  await expect.poll(() => held.length).toBe(1)
  vault.kept.set('a', { id: 'a', draft: { kind: 'reflection', title: 'Just begun' }, touched: '2026-06-14T09:00:00Z' })
  open.changed()
  await expect.poll(() => held.length).toBe(2)
  await inReverse(held)
  expect(screen.getByText('Just begun')).toBeTruthy()
})
