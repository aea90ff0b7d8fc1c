// Whether a text can pass through the editor. It must be read as the same afterwards (docs/reading.md, "When two texts are
// the same"); where it would not be, it is shown as plain text, and nobody's words change by being looked at.
import type { Node } from 'prosemirror-model'

import * as api from '../api'
import { parse } from './parse'
import { serialise } from './serialise'

/** Longer texts would make every key slow. */
const LONGEST = 400_000

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
  if (text.length > LONGEST) return { as: 'plain', why: 'long' }
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
