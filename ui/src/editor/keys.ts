// The editor's keys. Those of the window and of the form (Ctrl+K, Ctrl+N, Ctrl+Enter) are left alone. Tab leaves the text,
// except within a list, where it indents as long as it can, and a table, where it goes to the next cell; after Escape it leaves
// from there too.
import { baseKeymap, chainCommands, newlineInCode } from 'prosemirror-commands'
import { redo, undo } from 'prosemirror-history'
import { undoInputRule } from 'prosemirror-inputrules'
import { keymap } from 'prosemirror-keymap'
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list'
import { Plugin, TextSelection, type Command } from 'prosemirror-state'
import { goToNextCell, isInTable, selectedRect } from 'prosemirror-tables'

import { around, bold, isInList, italic, tick } from './commands'
import { schema } from './schema'

const { nodes } = schema

/** A line within the paragraph; a cell has only one. */
const line: Command = (state, dispatch) => {
  if (isInTable(state)) return true
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView())
  return true
}

/** The next item of a list is as this one is: a task after a task, not yet done, and numbered on. */
const nextItem: Command = (state, dispatch) => {
  const item = around(state.selection.$from, nodes.list_item)
  if (!item) return false
  return splitListItem(nodes.list_item, { value: null, checked: item.node.attrs.checked === null ? null : false })(
    state,
    dispatch,
  )
}

/** The cell below, or out of the table after its last row. */
const cellBelow: Command = (state, dispatch) => {
  if (!isInTable(state)) return false
  const { bottom, left, map, table, tableStart } = selectedRect(state)
  if (bottom < map.height) {
    const cell = tableStart + map.positionAt(bottom, left, table)
    dispatch?.(state.tr.setSelection(TextSelection.near(state.doc.resolve(cell + 1))).scrollIntoView())
    return true
  }
  const after = tableStart - 1 + table.nodeSize
  const tr = state.tr
  if (after === state.doc.content.size) tr.insert(after, nodes.paragraph.create())
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(after), 1)).scrollIntoView())
  return true
}

/** At the very beginning of an item, Backspace takes it out of its list. */
const outOfList: Command = (state, dispatch) => {
  const { $cursor } = state.selection as TextSelection
  const item = $cursor && around($cursor, nodes.list_item)
  if (!item || $cursor.pos !== item.pos + 2) return false
  return liftListItem(nodes.list_item)(state, dispatch)
}

/** Set by Escape in a list or a table: the next Tab leaves from there too. A second Escape is the form's. */
let isLeaving = false

const inside =
  (...commands: Command[]): Command =>
  (state, dispatch, view) => {
    if (isLeaving) return false
    return chainCommands(...commands)(state, dispatch, view)
  }

const only =
  (here: (state: Parameters<Command>[0]) => boolean, command: Command): Command =>
  (state, dispatch, view) =>
    here(state) && command(state, dispatch, view)

const escape = new Plugin({
  props: {
    handleKeyDown: ({ state }, { key }) => {
      const begins = key === 'Escape' && !isLeaving && (isInList(state) || isInTable(state))
      if (begins) isLeaving = true
      else if (!['Tab', 'Shift'].includes(key)) isLeaving = false
      return begins
    },
    handleDOMEvents: {
      blur: () => {
        isLeaving = false
        return false
      },
    },
  },
})

/** Without Ctrl+Enter, which is the form's. */
const usual = Object.fromEntries(
  Object.entries(baseKeymap).filter(([key]) => key !== 'Mod-Enter' && key !== 'Ctrl-Enter'),
)

/** The plugins for keys; `tools` goes to the toolbar, `link` asks for an address. */
export function keys({ tools, link }: { tools: () => void; link: () => void }): Plugin[] {
  const done =
    (act: () => void): Command =>
    () => {
      act()
      return true
    }
  return [
    escape,
    keymap({
      'Mod-z': undo,
      'Shift-Mod-z': redo,
      'Mod-y': redo,
      'Mod-b': bold,
      'Mod-i': italic,
      'Shift-Mod-k': done(link),
      'Alt-F10': done(tools),
      'Alt-Enter': tick,
      Enter: chainCommands(newlineInCode, cellBelow, nextItem),
      'Shift-Enter': chainCommands(newlineInCode, line),
      Backspace: chainCommands(undoInputRule, outOfList),
      Tab: inside(
        goToNextCell(1),
        only((state) => isInList(state) && !isInTable(state), sinkListItem(nodes.list_item)),
      ),
      'Shift-Tab': inside(
        goToNextCell(-1),
        only((state) => isInList(state) && !isInTable(state), liftListItem(nodes.list_item)),
      ),
    }),
    keymap(usual),
  ]
}
