import { screen, within } from '@testing-library/svelte'
import { beforeEach, expect, it } from 'vitest'

import { heading, laid, openFull } from '../../test/app'
import type { MemoryVault } from '../../test/vault'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

/** What a row is called, with the spaces that lines make. */
const called = (row: HTMLElement) => row.textContent?.replace(/\s+/g, ' ').replaceAll(' ,', ',').trim()

it('each row is heard with pauses, in a list that is named by its day', async () => {
  vault.put({ id: 'kept', kind: 'session', date: '2026-06-13', title: 'With Client B' })
  vault.kept.set('kept', { id: 'kept', draft: { id: 'kept', kind: 'session' }, touched: '2026-06-14T08:00:00Z' })
  await openFull(vault, { section: 'journal' })
  await heading('Journal')
  const list = await screen.findByRole('list', { name: /13 Jun/ })
  expect(within(list).getAllByRole('button').map(called)).toContainEqual(
    expect.stringMatching(/^Changed, With Client B, Session/),
  )
  expect(screen.getByRole('list', { name: 'Drafts' })).toBeTruthy()
})

it("the page's heading comes before all others", async () => {
  await openFull(vault, { section: 'journal', record: { as: 'read', id: 'reflection' } })
  await heading('When silence did the work')
  await screen.findByRole('list', { name: /12 Jun/ })
  expect(screen.getAllByRole('heading')[0]?.tagName).toBe('H1')
})
