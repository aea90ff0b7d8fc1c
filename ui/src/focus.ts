// Where the focus goes, which is also where a screen reader reads on. Nothing else in the window moves it.
//
// Who wins when two want it: what the coach did last. A page that arrives takes the focus to where it begins only if
// nobody has moved it since the page set out, and never from a control that was asked for by name.
import { tick } from 'svelte'

/** The id of the list column's heading, which stands for the page's where the list is all there is room for. */
export const LIST_HEADING = 'list-heading'

/** The id of the search in the list column. */
export const SEARCH = 'search'

/** The id of the line at the top of the window. */
export const JOT = 'jot'

/** What can be typed into. */
const FIELDS = 'input, textarea, select, [role="textbox"]'

/** What is for more than one line; a text that is not there yet among them. */
const TEXTS = 'textarea:not([data-one-line]), [role="textbox"]'

/** How often the focus was moved, by whomever. */
let moves = 0
/** How many controls were asked for and are not drawn yet. */
let awaited = 0

document.addEventListener('focusin', () => (moves += 1))

/**
 * Where a page begins: at its heading, so that a screen reader says where one is; at its first field, to fill it in; or at
 * its first text, to write, and where that one is not there yet, at the first field.
 */
export type Beginning = 'heading' | 'field' | 'text'

/** A page sets out; what this gives back takes the focus to where it begins, once it is drawn. */
export function arrival(): (within: HTMLElement | undefined, at?: Beginning) => void {
  const since = moves
  return (within, at = 'heading') =>
    void tick().then(() => {
      if (moves !== since || awaited > 0) return
      const find = (what: string) => within?.querySelector<HTMLElement>(what)
      const text = at === 'text' ? find(`form :is(${TEXTS})`) : undefined
      const field = at === 'heading' ? undefined : find(`form :is(${FIELDS})`)
      focusOr(text ?? field ?? find('h1'), LIST_HEADING)
    })
}

/** Moves the focus to the heading of a page that is there at once. */
export function focusHeading(within: HTMLElement | undefined): void {
  arrival()(within)
}

/** Focuses the element; whether it is shown, and took it. */
function take(element: HTMLElement | null | undefined, how: FocusOptions = { preventScroll: true }): boolean {
  element?.focus(how)
  if (!element || document.activeElement !== element) return false
  if (element.matches(TEXTS)) goOn(element)
  return true
}

/** In a text the cursor stands at the end of what is written, and is in sight. */
function goOn(text: HTMLElement) {
  if (text instanceof HTMLTextAreaElement) text.setSelectionRange(text.value.length, text.value.length)
  else {
    const selection = getSelection()
    selection?.selectAllChildren(text)
    selection?.collapseToEnd()
  }
  const last = text.lastElementChild ?? text
  last.scrollIntoView({ block: 'nearest' })
}

/** Focuses the element or, where it is not shown, the one with this id. */
export function focusOr(element: HTMLElement | null | undefined, otherwise: string): void {
  if (!take(element)) document.getElementById(otherwise)?.focus()
}

/** Focuses the field with this id, ready to be typed over, where it is shown; whether it is. */
export function focusShown(id: string): boolean {
  const field = document.getElementById(id)
  const taken = take(field)
  if (taken && field instanceof HTMLInputElement) field.select()
  return taken
}

/** Focuses what `find` gives once what was just changed is drawn; pages that arrive with it give way. */
export async function focusSoon(find: () => HTMLElement | null | undefined): Promise<void> {
  awaited += 1
  moves += 1
  await tick()
  awaited -= 1
  take(find(), {})
}

/** The same for the first text in what has this id. */
export function focusText(id: string): Promise<void> {
  return focusSoon(() => document.getElementById(id)?.querySelector<HTMLElement>(`:is(${TEXTS})`))
}

/** The same for the control with this id. */
export function focusOn(id: string): Promise<void> {
  return focusSoon(() => document.getElementById(id))
}

/** Changes the page, and leaves what has the focus where it is seen: what comes to stand above it would move it. */
export async function steadily(change: () => void): Promise<void> {
  const here = document.activeElement
  const top = () => here?.getBoundingClientRect().top ?? 0
  const before = top()
  change()
  await tick()
  // The page scrolls, or where there is one column, the window.
  for (const box of [here?.closest('main'), document.scrollingElement]) box?.scrollBy(0, top() - before)
}
