import { screen } from '@testing-library/svelte'
import { beforeEach, describe, expect, it } from 'vitest'

import { heading, laid, openFull, violations } from '../../test/app'
import type { MemoryVault } from '../../test/vault'
import type { Decision } from '../api'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

const decision = (part: Partial<Decision>): Decision => ({
  record: 'no-such-record',
  date: '2026-03-20',
  agreed: true,
  sufficient: false,
  changed: false,
  outcome: 'signed-off',
  by: {
    person: null,
    name: 'Wren',
    role: null,
    independent: false,
    inside: false,
    decides: true,
    counts: true,
    marks: [],
    open: [],
  },
  records: [],
  text: 'agreed on 20 March 2026 by Wren',
  ...part,
})

describe('a competency', () => {
  it('tells what was decided, what it is worth, and on what that turns', async () => {
    const { open } = await openFull(vault)
    const state = vault.answers.gaps.competencies.find((one) => one.competency === '1.3')!
    const later = { record: 'reflection', title: null, how: 'since' } as const
    state.sign_off = decision({ outcome: 'more-since', records: [later], text: 'Wren agreed on part; ask again' })
    state.recorded = [decision({ record: 'other', outcome: 'not-theirs-to-say', text: 'an observer does not decide' })]
    open.where.go({ section: 'competencies', number: '1.3' })
    await heading(/^1.3 /)
    const part = await screen.findByRole('region', { name: 'What was said about it' })
    expect(part.textContent).toMatch(/Wren agreed on part; ask again\..*An observer does not decide\./s)
    expect(part.querySelectorAll('.due')).toHaveLength(1)
    expect(await violations()).toEqual([])
  })

  it('says nothing of decisions where there is none', async () => {
    await openFull(vault, { section: 'competencies', number: '1.3' })
    await heading(/^1.3 /)
    expect(screen.queryByRole('region', { name: 'What was said about it' })).toBeNull()
  })
})
