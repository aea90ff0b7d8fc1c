// Where the fields of a kind stand while a record of it is written, as its file says (`prominence`).
import type { Condition, Field, Kind } from '../api'

export type Layout = {
  /** On the page, before the text: what is short, and what a model asks. */
  before: Field[]
  /** On the page, after the text: what is written too. */
  after: Field[]
  /** Beside the page. */
  details: Field[]
  /** Out of the way. Those that are asked because of the first one stand with it. */
  rare: Field[][]
}

export function layoutOf(kind: Kind): Layout {
  const layout: Layout = { before: [], after: [], details: [], rare: [] }
  for (const field of kind.fields.filter((field) => !field.hidden)) {
    if (field.prominence === 'rare') {
      const asked = asks(field.when)
      const together = layout.rare.find(([first]) => first && asked.includes(first.id))
      if (together) together.push(field)
      else layout.rare.push([field])
    } else if (field.prominence !== 'page') layout.details.push(field)
    else if (field.type === 'markdown' || field.type === 'list') layout.after.push(field)
    else layout.before.push(field)
  }
  return layout
}

/** Whether a record of this kind is written more than filled in: its page begins with the text. */
export function isWritten(kind: Kind): boolean {
  return Boolean(kind.body_label) && layoutOf(kind).before.every((field) => field.type === 'answers')
}

/** The fields a condition looks at. */
function asks(condition: Condition | null | undefined): string[] {
  if (!condition) return []
  if (condition.field !== undefined) return [condition.field]
  return (condition.all ?? condition.any ?? []).flatMap(asks)
}
