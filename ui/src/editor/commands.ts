// What can be done with the text: by a button of the toolbar, a key, or both.
import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands'
import type { MarkType, Node, NodeType, ResolvedPos } from 'prosemirror-model'
import { liftListItem, wrapInList } from 'prosemirror-schema-list'
import { TextSelection, type Command, type EditorState } from 'prosemirror-state'
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
  selectedRect,
} from 'prosemirror-tables'

import { schema } from './schema'

const { nodes, marks } = schema

/** The innermost node of one of these types around a place, with its depth. */
export function around($at: ResolvedPos, ...types: NodeType[]): { node: Node; depth: number; pos: number } | undefined {
  for (let depth = $at.depth; depth > 0; depth -= 1) {
    const node = $at.node(depth)
    if (types.includes(node.type)) return { node, depth, pos: $at.before(depth) }
  }
  return undefined
}

const lists = [nodes.bullet_list, nodes.ordered_list] as NodeType[]

export function isMarked(state: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = state.selection
  if (empty) return Boolean(type.isInSet(state.storedMarks ?? $from.marks()))
  return state.doc.rangeHasMark(from, to, type)
}

export const isHeading = (state: EditorState) => state.selection.$from.parent.type === nodes.heading
export const isQuoted = (state: EditorState) => Boolean(around(state.selection.$from, nodes.blockquote))
export const isInList = (state: EditorState) => Boolean(around(state.selection.$from, nodes.list_item))
export { isInTable }

export type ListKind = 'bullets' | 'numbers' | 'tasks'

/** The kind of list one is in. */
export function listKind(state: EditorState): ListKind | undefined {
  const { $from } = state.selection
  const list = around($from, ...lists)
  const item = around($from, nodes.list_item)
  if (!list || !item) return undefined
  if (item.node.attrs.checked !== null) return 'tasks'
  return list.node.type === nodes.ordered_list ? 'numbers' : 'bullets'
}

export const bold = toggleMark(marks.strong)
export const italic = toggleMark(marks.em)

export const heading: Command = (state, dispatch) =>
  isHeading(state)
    ? setBlockType(nodes.paragraph)(state, dispatch)
    : setBlockType(nodes.heading, { level: 1 })(state, dispatch)

export const quote: Command = (state, dispatch) =>
  isQuoted(state) ? lift(state, dispatch) : wrapIn(nodes.blockquote)(state, dispatch)

/** Makes a list of this kind out of the paragraphs, changes the kind of the list one is in, or ends it. */
export const toggleList =
  (kind: ListKind): Command =>
  (state, dispatch) => {
    const type = kind === 'numbers' ? nodes.ordered_list : nodes.bullet_list
    const checked = kind === 'tasks' ? false : null
    const now = listKind(state)
    if (now === kind) return liftListItem(nodes.list_item)(state, dispatch)
    if (now === undefined) {
      return wrapInList(type)(state, dispatch && ((tr) => dispatch(withItems(tr, type, checked))))
    }
    if (dispatch) dispatch(withItems(state.tr, type, checked))
    return true
  }

/** The list around the selection as one of this type, each of its items a task or none. */
function withItems(tr: EditorState['tr'], type: NodeType, checked: boolean | null) {
  const list = around(tr.selection.$from, ...lists)
  if (!list) return tr
  tr.setNodeMarkup(list.pos, type, { tight: Boolean(list.node.attrs.tight) })
  list.node.forEach((_, offset) => tr.setNodeMarkup(list.pos + 1 + offset, null, { value: null, checked }))
  return tr
}

/** Ticks the task one is in, or takes the tick away. */
export const tick: Command = (state, dispatch) => {
  const item = around(state.selection.$from, nodes.list_item)
  if (!item || item.node.attrs.checked === null) return false
  dispatch?.(state.tr.setNodeMarkup(item.pos, null, { ...item.node.attrs, checked: !item.node.attrs.checked }))
  return true
}

export const insertTable: Command = (state, dispatch) => {
  if (isInTable(state)) return false
  const row = (type: NodeType) => nodes.table_row.create(null, [type.create(), type.create()])
  const table = nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)])
  const { $from } = state.selection
  const isEmptyLine = $from.parent.type === nodes.paragraph && $from.parent.content.size === 0
  const top = isEmptyLine ? $from.before() : $from.after()
  const tr = isEmptyLine ? state.tr.replaceWith(top, $from.after(), table) : state.tr.insert(top, table)
  if (top + table.nodeSize === tr.doc.content.size) tr.insert(tr.doc.content.size, nodes.paragraph.create())
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(top + 2))).scrollIntoView())
  return true
}

/** The row's head stays: a table in Markdown has one. */
const rowCanGo: Command = (state, dispatch) => {
  if (!isInTable(state)) return false
  return selectedRect(state).top === 0 ? false : deleteRow(state, dispatch)
}

const columnCanGo: Command = (state, dispatch) => {
  if (!isInTable(state)) return false
  return selectedRect(state).map.width === 1 ? false : deleteColumn(state, dispatch)
}

export const tableCommands: { title: string; run: Command }[] = [
  { title: 'Add a row', run: addRowAfter },
  { title: 'Add a column', run: addColumnAfter },
  { title: 'Remove the row', run: rowCanGo },
  { title: 'Remove the column', run: columnCanGo },
  { title: 'Remove the table', run: deleteTable },
]

/** The link that the selection stands in, with how far it reaches. */
export function linkAt(state: EditorState): { href: string; from: number; to: number } | undefined {
  const { $from } = state.selection
  const mark = marks.link.isInSet($from.marks()) ?? marks.link.isInSet($from.nodeAfter?.marks ?? [])
  if (!mark) return undefined
  let [from, to] = [$from.start(), $from.start()]
  let found = false
  $from.parent.forEach((node, offset) => {
    const start = $from.start() + offset
    if (!mark.isInSet(node.marks)) {
      if (!found) from = to = start + node.nodeSize
      else if (start <= $from.pos) [from, to, found] = [start + node.nodeSize, start + node.nodeSize, false]
      return
    }
    if (start > $from.pos && !found) return
    if (to === start) to = start + node.nodeSize
    found = true
  })
  return { href: String(mark.attrs.href), from, to }
}

/** Makes what is selected a link there; with nothing selected, the address itself; without an address, no link. */
export const setLink =
  (href: string): Command =>
  (state, dispatch) => {
    const here = linkAt(state)
    const { empty } = state.selection
    const { from, to } = here && empty ? here : state.selection
    const tr = state.tr.removeMark(from, to, marks.link)
    if (href !== '' && from === to) tr.insertText(href, from)
    if (href !== '') tr.addMark(from, from === to ? from + href.length : to, marks.link.create({ href }))
    dispatch?.(tr.scrollIntoView())
    return true
  }
