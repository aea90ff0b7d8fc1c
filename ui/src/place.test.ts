import { describe, expect, it } from 'vitest'

import { books } from '../test/books'
import { kindsOf, sectionOf, SECTIONS } from './place.svelte'

describe('the sections', () => {
  it('have a place for every kind of record', () => {
    for (const kind of books.kinds.filter((kind) => kind.id !== 'reflection')) {
      expect(kindsOf(sectionOf(kind.id)), kind.id).toContain(kind.id)
    }
    expect(sectionOf('reflection')).toBe('journal')
    expect(sectionOf('a kind of next year')).toBe('journal')
  })

  it('list only kinds that there are', () => {
    const pages = ['today', 'competencies', 'plan', 'portfolio', 'bin']
    for (const section of SECTIONS.filter((section) => !pages.includes(section))) {
      for (const kind of kindsOf(section)) expect(books.kinds.map((one) => one.id)).toContain(kind)
    }
  })
})
