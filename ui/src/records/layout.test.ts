import { describe, expect, it } from 'vitest'

import { kindOf, shelf } from '../../test/shelf'
import { isWritten, layoutOf } from './layout'

const ids = (fields: { id: string }[]) => fields.map((field) => field.id)

describe.each(shelf.kinds.map((kind) => kind.id))('the page of a %s', (id) => {
  it('has a place for every field that a form shows, and one only', () => {
    const kind = kindOf(id)
    const { before, after, details, rare } = layoutOf(kind)
    const shown = kind.fields.filter((field) => !field.hidden)
    expect(ids([...before, ...after, ...details, ...rare.flat()]).sort()).toEqual(ids(shown).sort())
  })
})

it('begins with the text where a kind is written, and with its first fields where it is filled in', () => {
  expect(ids(shelf.kinds.filter(isWritten)).sort()).toEqual([
    'feedback',
    'goal',
    'learning',
    'observation',
    'peer-learning',
    'reflection',
    'statement',
    'supervision',
    'team-work',
  ])
  expect(ids(layoutOf(kindOf('session')).before)).toEqual(['format', 'mode', 'minutes', 'client', 'participants'])
})

it('keeps together what is asked because of something rare', () => {
  const rare = layoutOf(kindOf('session')).rare.map(ids)
  expect(rare).toContainEqual(['referred_from', 'referred_from_other'])
  expect(layoutOf(kindOf('learning')).rare.map(ids)).toContainEqual(['prior_learning', 'accepted_by'])
})
