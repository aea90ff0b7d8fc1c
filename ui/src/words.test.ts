// The window says things as paper and the command line do: all are held to the same examples.
import { describe, expect, it } from 'vitest'

import examples from '../../tests/golden/words.json'
import type { CompetencyState } from './api'
import { counted, coverage, COVERAGE_WORDS, duration, listed, longDate, lower, shortDate, size } from './words'

describe('words are those of the table', () => {
  it.each(examples.count)('$words', ({ number, one, many, words }) => expect(counted(number, one, many)).toBe(words))
  it.each(examples.duration)('$words', ({ minutes, words }) => expect(duration(minutes)).toBe(words))
  it.each(examples.size)('$words', ({ bytes, words }) => expect(size(bytes)).toBe(words))
  it.each(examples.date)('$long', ({ day, long, short }) =>
    expect([longDate(day), shortDate(day)]).toEqual([long, short]),
  )
  it.each(examples.listed)('"$words"', ({ items, words }) => expect(listed(items)).toBe(words))
  it.each(examples.coverage)('$status: $words', ({ status, expected, words }) => {
    const state = { status, expected } as CompetencyState
    expect(lower(COVERAGE_WORDS[coverage(state)])).toBe(words)
  })
})

it('a day of this year is said without it', () => {
  expect(shortDate('2026-09-01', '2026-12-24')).toBe('1 Sep')
  expect(shortDate('2025-09-01', '2026-12-24')).toBe('1 Sep 2025')
})
