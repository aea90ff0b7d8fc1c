import { describe, expect, it } from 'vitest'

import { kindOf, shelf } from '../../test/shelf'
import { fill } from '../../test/example'
import { MemoryVault } from '../../test/vault'
import type { CompetencyState, NeedState } from '../api'
import { coverage } from '../words'
import { needTitle, needWords, starts, summaryWords } from './words'

const need = (part: Partial<NeedState>): NeedState => ({ met: false, records: [], ...part })
const { framework } = shelf

describe('what a competency asks for', () => {
  it('is said in plain words', () => {
    expect(needTitle(framework, need({ kind: 'observed-practice' }))).toBe('Observed practice')
    expect(needTitle(framework, need({ any_of: ['e-learning', 'self-directed-learning'] }))).toBe(
      'E-learning or self-directed learning (one is enough)',
    )
  })

  it('explains what comes first and what is waiting', () => {
    const after = { kind: 'observed-practice', after: 'training-practice' } as const
    expect(needWords(framework, need(after))).toBe('This comes after practice in training.')
    expect(needWords(framework, need({ ...after, waiting: ['a'] }))).toBe(
      'One record is waiting: it counts once there is practice in training from that day or before.',
    )
    expect(needWords(framework, need({ ...after, met: true, records: ['a'] }))).toBe('')
  })

  it('explains a rhythm', () => {
    const rhythm = { kind: 'coaching-supervision', rhythm: 'health-coaching' } as const
    expect(needWords(framework, need(rhythm))).toContain('one meeting one to one every month')
    expect(needWords(framework, need({ ...rhythm, records: ['a'] }))).toContain('with a gap between them')
  })

  it('never passes, fails or marks', () => {
    const state = (part: Partial<CompetencyState>) =>
      coverage({
        competency: '1.1',
        title: '',
        area: 1,
        expected: true,
        status: 'none',
        stale: false,
        needs: [],
        ...part,
      })
    expect(state({})).toBe('not-yet')
    expect(state({ status: 'partial' })).toBe('partly')
    expect(state({ status: 'evidenced' })).toBe('covered')
    expect(state({ status: 'signed-off' })).toBe('agreed')
    expect(state({ expected: false })).toBe('not-expected')
    expect(state({ expected: false, status: 'partial' })).toBe('partly')
  })

  it('can be begun with the kinds of record that offer what is missing', () => {
    const vault = new MemoryVault()
    const state = vault.gaps().competencies.find((one) => one.competency === '1.3')
    expect(state && starts(shelf.kinds, state).map((start) => start.kind.id)).toEqual(['reflection', 'supervision'])
    expect(kindOf('reflection').offers[0]?.evidence).toBe('reflective-journal')
  })

  it('sums up in a sentence without a percentage', () => {
    const vault = new MemoryVault()
    expect(summaryWords(vault.gaps())).toBe('All 32 competencies expected of you now are still to begin.')
    fill(vault)
    expect(summaryWords(vault.gaps())).toMatch(
      /^Of the 32 competencies expected of you now, \d+ are covered, \d+ are partly covered/,
    )
    expect(summaryWords(vault.gaps())).not.toContain('%')
  })
})
