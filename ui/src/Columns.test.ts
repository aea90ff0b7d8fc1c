import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'

import { heading, laid, openFull } from '../test/app'
import type { MemoryVault } from '../test/vault'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

it('the skip link leads to the page, which says where one is', async () => {
  await openFull(vault, { section: 'journal' })
  await heading('Journal')
  await userEvent.click(screen.getByText('Skip to the page'))
  expect(document.activeElement).toBe(screen.getByRole('main', { name: 'Journal' }))
})
