import { describe, expect, it } from 'vitest'

import { shelf } from '../test/shelf'
import { kindsOf, LISTS, placeOf, sectionOf } from './place.svelte'

describe('the sections', () => {
  it('have a place for every kind of record', () => {
    const read = (id: string) => placeOf(id, { as: 'read', id: 'a' })
    for (const kind of shelf.kinds.filter((kind) => !kind.single)) {
      expect(kindsOf(sectionOf(kind.id)), kind.id).toContain(kind.id)
      expect(read(kind.id)).toEqual({ section: sectionOf(kind.id), record: { as: 'read', id: 'a' } })
    }
    for (const kind of shelf.kinds.filter((kind) => kind.single)) expect(read(kind.id)).toEqual({ section: kind.id })
    expect(sectionOf('reflection')).toBe('journal')
    expect(sectionOf('a kind of next year')).toBe('journal')
  })

  it('list only kinds that there are', () => {
    for (const section of LISTS) {
      for (const kind of kindsOf(section)) expect(shelf.kinds.map((one) => one.id)).toContain(kind)
    }
  })
})
