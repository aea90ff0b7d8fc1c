// Ctrl+Z takes back what was typed last, with Shift it is typed again. WebKitGTK can do both in any field, but has no keys for
// them; the editor of texts has its own.

/** Does it in the field that the key was pressed in. */
export function undoByKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || !event.ctrlKey || event.key.toLowerCase() !== 'z') return
  if (!(event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement)) return
  event.preventDefault()
  document.execCommand(event.shiftKey ? 'redo' : 'undo')
}
