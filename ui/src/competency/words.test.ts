import { describe, expect, it } from 'vitest'

import { kindOf, shelf } from '../../test/shelf'
import { fill } from '../../test/example'
import { MemoryVault } from '../../test/vault'
import type { CompetencyState, NeedState, Uncounted } from '../api'
import { coverage } from '../words'
import { needCoverage, needTitle, needWords, starts, summaryWords, uncountedWords } from './words'

const need = (part: Partial<NeedState>): NeedState => ({ met: false, records: [], ...part })
const uncounted = (why: Uncounted['why'], says: string, ...records: string[]): Uncounted => ({ why, says, records })
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
    const early = uncounted('too-early', 'it comes before what it should follow', 'a')
    expect(needWords(framework, need({ ...after, uncounted: [early] }))).toBe(
      'One record is waiting: it counts once there is practice in training from that day or before.',
    )
    expect(needWords(framework, need({ ...after, met: true, records: ['a'] }))).toBe('')
  })

  it('says why what is put forward does not count, and what would', () => {
    const unreasoned = uncounted('no-reason', 'a reason is missing', 'a', 'b')
    const portfolio = need({ kind: 'portfolio', uncounted: [unreasoned] })
    expect(uncountedWords(portfolio)).toEqual(['2 records do not count yet: a reason is missing.'])
    expect(needCoverage(portfolio)).toBe('not-yet')
    const early = uncounted('too-early', 'it comes before', 'a')
    expect(uncountedWords(need({ uncounted: [early] }))).toEqual([])
    expect(needCoverage(need({ uncounted: [early] }))).toBe('partly')
    expect(needTitle(framework, need({ kind: 'observed-practice', group: true }))).toBe('Observed practice of a group')
  })

  it('counts hours towards what is asked for', () => {
    const hours = need({ kind: 'practice-hours', first_months: 12, hours: 50, minutes: 90 })
    expect(needWords(framework, hours)).toContain('of 50 hours under supervision in your first 12 months')
    expect(needCoverage(hours)).toBe('partly')
  })

  it('explains a rhythm', () => {
    const rhythm = { kind: 'coaching-supervision', rhythm: 'health-coaching' } as const
    expect(needWords(framework, need(rhythm))).toContain('one meeting one to one every month')
    expect(needWords(framework, need({ ...rhythm, records: ['a'], why: 'kept, but short' }))).toMatch(
      /^Kept, but short. It asks for one meeting one to one every month, or every 2 months if you work part time/,
    )
    const mark = 'by Priya Nair: their standards as a supervisor are not met or not recorded'
    for (const met of [true, false]) {
      expect(needWords(framework, need({ ...rhythm, met, mark }))).toMatch(
        /\. By Priya Nair: their standards as a .*\.$/,
      )
    }
    expect(needWords(framework, need({ ...rhythm, rhythm: 'clinical' }))).toContain(
      'or less often if you work part time',
    )
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
    expect(summaryWords(vault.gaps().summary)).toBe('All 32 competencies expected of you now are still to begin.')
    fill(vault)
    expect(summaryWords(vault.gaps().summary)).toMatch(
      /^Of the 32 competencies expected of you now, \d+ are covered, \d+ are partly covered/,
    )
    expect(summaryWords(vault.gaps().summary)).not.toContain('%')
  })
})
