// What becomes something else as it is typed: a dash and a space a list, two asterisks around words bold. Backspace right after
// it, or undo, gives back what was typed.
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules'
import type { Attrs, MarkType, NodeType } from 'prosemirror-model'
import { wrapInList } from 'prosemirror-schema-list'
import type { EditorState, Plugin } from 'prosemirror-state'

import { around } from './commands'
import { schema } from './schema'

const { nodes, marks } = schema

type Item = { value: number | null; checked: boolean | null }

/** Takes what was typed away and makes the paragraph the first item of a list. */
function listed(state: EditorState, start: number, end: number, list: NodeType, attrs: Attrs, item: Item) {
  const tr = state.tr.delete(start, end)
  let isMade = false
  wrapInList(list, attrs)(state.apply(state.tr.delete(start, end)), (wrapped) => {
    wrapped.steps.forEach((step) => tr.step(step))
    isMade = true
  })
  const made = around(tr.selection.$from, nodes.list_item)
  return isMade && made ? tr.setNodeMarkup(made.pos, null, item) : null
}

/** "1986. " is a year and stays one: numbers of lists have one or two digits. */
const number = new InputRule(/^\s*(\d{1,2})([.)])\s$/, (state, [, digits, mark], start, end) => {
  if (around(state.selection.$from, nodes.list_item)) return null
  const value = digits === '1' ? null : Number(digits)
  return listed(state, start, end, nodes.ordered_list, { mark }, { value, checked: null })
})

const task = new InputRule(/^\s*\[([ xX]?)\]\s$/, (state, [, tick = ''], start, end) => {
  const checked = /x/i.test(tick)
  const item = around(state.selection.$from, nodes.list_item)
  if (item) return state.tr.delete(start, end).setNodeMarkup(item.pos, null, { ...item.node.attrs, checked })
  return listed(state, start, end, nodes.bullet_list, {}, { value: null, checked })
})

/** Words between two signs, which go; a sign beside a space is only a sign. */
function marked(pattern: RegExp, type: MarkType): InputRule {
  return new InputRule(
    pattern,
    (state, match, start, end) => {
      const [whole, before = '', words = ''] = match
      const from = start + before.length
      if (state.doc.rangeHasMark(from, end, marks.code)) return null
      const sign = (whole.length - before.length - words.length) / 2
      const tr = state.tr
      // What was typed last is not in the document yet.
      tr.delete(from + sign + words.length, end).delete(from, from + sign)
      return tr.addMark(from, from + words.length, type.create()).removeStoredMark(type)
    },
    { inCodeMark: false },
  )
}

export function rules(): Plugin {
  return inputRules({
    rules: [
      wrappingInputRule(/^\s*([-+*])\s$/, nodes.bullet_list),
      number,
      task,
      textblockTypeInputRule(/^(#{1,6})\s$/, nodes.heading, ([, signs = '#']) => ({ level: signs.length })),
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
      textblockTypeInputRule(/^```$/, nodes.code_block),
      marked(/(^|\s)\*\*([^\s*](?:[^*]*[^\s*])?)\*\*$/, marks.strong),
      marked(/(^|\s)\*([^\s*](?:[^*]*[^\s*])?)\*$/, marks.em),
      marked(/(^|\s)`([^\s`](?:[^`]*[^\s`])?)`$/, marks.code),
    ],
  })
}
