import { describe, expect, it } from 'vitest'

import { kindOf } from '../../test/shelf'
import { holds, isFilled, offered } from './condition'

describe('conditions', () => {
  it('hold when the field has one of the values', () => {
    const condition = { field: 'source', in: ['audio', 'film'] }
    expect(holds(condition, { source: 'film' })).toBe(true)
    expect(holds(condition, { source: 'live' })).toBe(false)
    expect(holds(condition, {})).toBe(false)
  })

  it('hold when a field is filled, and all of them together', () => {
    const condition = {
      all: [
        { field: 'model', filled: true },
        { field: 'type', in: ['clinical'] },
      ],
    }
    expect(holds(condition, { model: 'clear', type: 'clinical' })).toBe(true)
    expect(holds(condition, { model: ' ', type: 'clinical' })).toBe(false)
    expect(holds({ field: 'model', filled: false }, {})).toBe(true)
    expect(holds(undefined, {})).toBe(true)
  })

  it('hold when one of several holds, or when a field has another value', () => {
    const condition = {
      any: [
        { field: 'model', not_in: ['free'] },
        { field: 'answers', filled: true },
      ],
    }
    expect(holds(condition, { model: 'gibbs' })).toBe(true)
    expect(holds(condition, { model: 'free' })).toBe(false)
    expect(holds(condition, {})).toBe(false)
    expect(holds(condition, { model: 'free', answers: [{ prompt: 'What happened', text: 'A pause' }] })).toBe(true)
  })

  it('know what says something', () => {
    expect([false, 0, 'a', ['a'], { a: 'b' }].every(isFilled)).toBe(true)
    expect([undefined, null, ' ', [], {}, { a: '' }].some(isFilled)).toBe(false)
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
