// An item of a list as it is drawn: a task has a real checkbox, named by its own words, in the order of Tab.
import type { Node } from 'prosemirror-model'
import type { EditorView, NodeView, ViewMutationRecord } from 'prosemirror-view'

class Task implements NodeView {
  readonly dom = document.createElement('li')
  readonly contentDOM = document.createElement('div')
  private readonly box = document.createElement('input')

  constructor(
    private node: Node,
    view: EditorView,
    place: () => number | undefined,
  ) {
    this.dom.className = 'task'
    this.box.type = 'checkbox'
    this.box.contentEditable = 'false'
    this.box.addEventListener('change', () => {
      const pos = place()
      if (pos === undefined) return
      view.dispatch(view.state.tr.setNodeMarkup(pos, null, { ...this.node.attrs, checked: this.box.checked }))
    })
    this.dom.append(this.box, this.contentDOM)
    this.draw()
  }

  private draw() {
    this.box.checked = Boolean(this.node.attrs.checked)
    this.dom.dataset.checked = String(this.node.attrs.checked)
    this.box.setAttribute('aria-label', this.node.firstChild?.textContent || 'Task')
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type || node.attrs.checked === null) return false
    this.node = node
    this.draw()
    return true
  }

  stopEvent(event: Event): boolean {
    return event.target === this.box
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target)
  }
}

class Plain implements NodeView {
  readonly dom = document.createElement('li')
  readonly contentDOM = this.dom

  constructor(private node: Node) {
    this.draw()
  }

  private draw() {
    if (this.node.attrs.value === null) this.dom.removeAttribute('value')
    else this.dom.value = Number(this.node.attrs.value)
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type || node.attrs.checked !== null) return false
    this.node = node
    this.draw()
    return true
  }
}

export function item(node: Node, view: EditorView, place: () => number | undefined): NodeView {
  return node.attrs.checked === null ? new Plain(node) : new Task(node, view, place)
}
