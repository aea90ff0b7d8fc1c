import { expect, test } from 'vitest'

import { open } from './guard'

const table = (columns: number, rows: number) =>
  `${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'|x\n'.repeat(rows)}`

test.each([
  ['columns', table(1_000, 1_300)],
  ['rows', table(90, 1_300)],
])('a table that a few kilobytes fill with many %s opens as it was typed', (_, text) => {
  expect(text.length).toBeLessThan(8_000)
  expect(open(text)).toEqual({ as: 'plain', why: 'long' })
})

test('a table that somebody wrote opens as one', () => {
  expect(open(table(8, 0) + '| x | | | | | | | |\n'.repeat(50))).not.toMatchObject({ why: 'long' })
})

test.each(['> '.repeat(8_000) + 'x', '- '.repeat(4_000) + 'x', '['.repeat(20_000), '*a **b '.repeat(5_000)])(
  'what is nested deeper than anyone can follow ends nothing',
  (text) => {
    expect(() => open(text)).not.toThrow()
  },
)
