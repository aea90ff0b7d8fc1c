// Whether a text can pass through the editor. It must be read as the same afterwards (docs/reading.md, "When two texts are
// the same"); where it would not be, it is shown as plain text, and nobody's words change by being looked at.
import type { Node } from 'prosemirror-model'

import * as api from '../api'
import { parse } from './parse'
import { serialise } from './serialise'

/** Longer texts would make every key slow. */
const LONGEST = 400_000
/** A table with more cells or columns, which a short text can have, is shown as it was typed by the shell as well. */
const MOST_CELLS = 20_000
const MOST_COLUMNS = 100

/** Whether a text has lines that would make such a table; rows that are short are filled up. */
function isSpread(text: string): boolean {
  const rows = text.split('\n').filter((line) => line.includes('|'))
  const columns = rows.reduce((most, line) => Math.max(most, line.split('|').length - 1), 0)
  return columns > MOST_COLUMNS || columns * rows.length > MOST_CELLS
}

export type Opened = { as: 'document'; doc: Node } | { as: 'plain'; why: 'differs' | 'unreadable' | 'long' }

/** The text as a document, without asking anyone whether it stays the same; nothing where it cannot be one. */
export function documentOf(text: string): Node | undefined {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

/** How the text opens; a promise only where the shell has to compare. */
export function open(text: string): Opened | Promise<Opened> {
  if (text.length > LONGEST || isSpread(text)) return { as: 'plain', why: 'long' }
  const doc = documentOf(text)
  if (!doc) return { as: 'plain', why: 'unreadable' }
  let kept: string
  try {
    kept = serialise(doc)
  } catch {
    return { as: 'plain', why: 'unreadable' }
  }
  if (kept === text.trimEnd()) return { as: 'document', doc }
  return api.isSameReading(text, kept).then(
    (same): Opened => (same ? { as: 'document', doc } : { as: 'plain', why: 'differs' }),
    (): Opened => ({ as: 'plain', why: 'differs' }),
  )
}
