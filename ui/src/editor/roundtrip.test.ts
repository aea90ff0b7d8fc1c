// Texts taken through the editor and back. What comes out is kept in tests/fixtures/markdown/round-trips.json, where the Rust
// tests hold it against what went in, under the reading that counts (src-tauri/crates/portfolio/tests/roundtrips.rs).
// `UPDATE_ROUND_TRIPS=1 npx vitest run src/editor/roundtrip` writes the file anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { tests as spec } from 'commonmark-spec'
import { describe, expect, it } from 'vitest'

import { corpus } from './corpus'
import { parse } from './parse'
import { serialise } from './serialise'

const FILE = resolve(import.meta.dirname, '../../../tests/fixtures/markdown/round-trips.json')

/** The text after it went through the editor; nothing where the editor does not open it. */
function kept(text: string): string | null {
  try {
    return serialise(parse(text))
  } catch {
    return null
  }
}

const examples = spec
  // Raw HTML is text here: these sections say nothing about it.
  .filter(({ section }) => !section.includes('HTML'))
  .map(({ number, markdown }) => ({ name: `example ${number}`, typed: markdown.replaceAll('→', '\t') }))
const ours = Object.entries(corpus).map(([name, typed]) => ({ name, typed }))
const through = (one: { name: string; typed: string }) => ({ ...one, kept: kept(one.typed) })

describe('a text taken through the editor', () => {
  it('comes out as the Rust tests know it', () => {
    const made = JSON.stringify({ spec: examples.map(through), coach: ours.map(through) }, null, 1) + '\n'
    if (process.env.UPDATE_ROUND_TRIPS) writeFileSync(FILE, made)
    expect(readFileSync(FILE, 'utf8') === made, 'run UPDATE_ROUND_TRIPS=1 npx vitest run src/editor/roundtrip').toBe(
      true,
    )
  })

  it('comes out the same the second time', () => {
    expect(ours).toHaveLength(28)
    const unstable = [...examples, ...ours].filter(({ typed }) => {
      const once = kept(typed)
      return once !== null && kept(once) !== once
    })
    expect(unstable.map(({ name }) => name)).toEqual([])
  })
})
