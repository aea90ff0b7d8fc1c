import type { Node } from 'prosemirror-model'
import { describe, expect, it } from 'vitest'

import { parse } from './parse'
import { schema } from './schema'
import { serialise } from './serialise'

const { nodes, marks } = schema

/** A paragraph that was typed line by line. */
const typed = (...lines: string[]) =>
  nodes.paragraph.create(
    null,
    lines.flatMap((line, at): Node[] => [
      ...(at ? [nodes.hard_break.create()] : []),
      ...(line ? [schema.text(line)] : []),
    ]),
  )

const doc = (...blocks: Node[]) => nodes.doc.create(null, blocks)

describe('what is typed stays what was typed', () => {
  it.each([
    ['[Mood]: better', '\\[Mood]: better'],
    ['1986. That was the year', '1986\\. That was the year'],
    ['- no list', '\\- no list'],
    ['+ 1', '\\+ 1'],
    ['# 1 on the list', '\\# 1 on the list'],
    ['> 50 %', '\\> 50 %'],
    ['---', '\\---'],
    ['* * *', '\\* * \\*'],
    ['5 * 3 * 2', '5 * 3 * 2'],
    ['*not italic*', '\\*not italic\\*'],
    ['snake_case_word', 'snake_case_word'],
    ['_so_', '\\_so\\_'],
    ['~~gone~~', '\\~\\~gone\\~\\~'],
    ['`code`', '\\`code\\`'],
    ['[here](there)', '\\[here](there)'],
    ['[so] they say', '[so] they say'],
    ['a\\b and a\\*', 'a\\b and a\\\\\\*'],
    ['<b>bold</b> 1 < 2', '\\<b>bold\\</b> 1 < 2'],
    ['&amp; R&D', '\\&amp; R&D'],
    ['wow![x](y)', 'wow!\\[x](y)'],
    ['  indented', 'indented'],
  ])('%j', (words, markdown) => {
    expect(serialise(doc(typed(words)))).toBe(markdown)
    expect(parse(markdown).textContent).toBe(words.trim())
    expect(parse(markdown).firstChild?.type.name).toBe('paragraph')
  })

  it('line by line, empty ones too', () => {
    const lines = typed('First', '- second', '===', '|-|-|', '', 'after', '')
    const markdown = serialise(doc(lines))
    expect(markdown).toBe('First\n\\- second\n\\===\n|\\-|-|\n\\\nafter')
    expect(parse(markdown).eq(doc(typed('First', '- second', '===', '|-|-|', '', 'after')))).toBe(true)
  })

  it('where marks meet letters and signs', () => {
    for (const [before, marked, after] of [
      ['a', '"b"', 'c'],
      ['', '(b)', 'c'],
      ['a', '!', ''],
      [' a ', ' b ', ' c'],
    ]) {
      const words = [before, marked, after].flatMap((text, at) =>
        text ? [schema.text(text, at === 1 ? [marks.strong.create()] : [])] : [],
      )
      const markdown = serialise(doc(nodes.paragraph.create(null, words)))
      expect(parse(markdown).textContent, markdown).toBe([before, marked, after].join('').trim())
      let bold = ''
      parse(markdown).descendants((node) => {
        if (marks.strong.isInSet(node.marks)) bold += node.text
      })
      expect(bold, markdown).toBe(marked?.trim())
    }
  })
})

describe('lists', () => {
  const item = (text: string, attrs: object = {}, ...more: Node[]) =>
    nodes.list_item.create(attrs, [text ? typed(text) : typed(), ...more])
  const bullets = (...items: Node[]) => nodes.bullet_list.create(null, items)
  const numbers = (...items: Node[]) => nodes.ordered_list.create(null, items)

  it('keep the numbers that were typed', () => {
    const list = numbers(item('One'), item('Three', { value: 3 }), item('Four'), item('A year', { value: 1986 }))
    expect(serialise(doc(list))).toBe('1. One\n3. Three\n4. Four\n1986. A year')
  })

  it('do not become one, nor something else', () => {
    expect(serialise(doc(bullets(item('a')), bullets(item('b')), bullets(item('c'))))).toBe('- a\n\n* b\n\n- c')
    expect(serialise(doc(bullets(item('a', {}, bullets(item('', {}))))))).toBe('- a\n\n  -')
    expect(serialise(doc(bullets(item('a', {}, numbers(item('b', { value: 3 }))))))).toBe('- a\n\n  3. b')
    expect(serialise(doc(bullets(item('[ ] typed'), item('real', { checked: false }))))).toBe(
      '- \\[ ] typed\n- [ ] real',
    )
  })
})

it('takes nothing for a text that it is not', () => {
  expect(() => parse('[](nowhere)')).toThrow()
  expect(serialise(parse(''))).toBe('')
  expect(serialise(parse('  \n'))).toBe('')
})
