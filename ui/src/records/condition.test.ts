import { describe, expect, it } from 'vitest'

import cases from '../../../tests/golden/conditions.json'
import { kindOf } from '../../test/shelf'
import type { Condition } from '../api'
import { holds, isFilled, offered } from './condition'

describe('conditions', () => {
  it.each(cases.holds)('hold as the table says: $when of $values', ({ when, values, holds: expected }) => {
    expect(holds(when as Condition, values)).toBe(expected)
  })

  it('hold when there is none', () => {
    expect(holds(undefined, {})).toBe(true)
    expect(holds(null, {})).toBe(true)
  })

  it.each(cases.filled)('know what is filled: $value', ({ value, filled }) => {
    expect(isFilled(value)).toBe(filled)
  })

  it('know that what is not there is not filled', () => {
    expect(isFilled(undefined)).toBe(false)
  })

  it('decide what a record can count as', () => {
    const supervision = kindOf('supervision')
    expect(offered(supervision, { type: 'clinical' })).toEqual(['clinical-supervision'])
    expect(offered(supervision, { type: 'health-coaching', session_notes_reviewed: true })).toEqual([
      'coaching-supervision',
      'session-notes-review',
    ])
    expect(offered(supervision, { type: 'clinical', session_notes_reviewed: true })).toEqual(['clinical-supervision'])
  })
})
