// Where the focus goes, which is also where a screen reader reads on.
import { tick } from 'svelte'

/** The id of the list column's heading, which stands for the page's where the list is all there is room for. */
export const LIST_HEADING = 'list-heading'

/** The id of the search in the list column. */
export const SEARCH = 'search'

/** The id of the line at the top of the window. */
export const JOT = 'jot'

/** Moves the focus to the page's heading, so that a screen reader says where one is. */
export function focusHeading(within: HTMLElement | undefined): void {
  void tick().then(() => focusOr(within?.querySelector<HTMLElement>('h1'), LIST_HEADING))
}

/** Focuses the element or, where it is not shown, the one with this id. */
export function focusOr(element: HTMLElement | null | undefined, otherwise: string): void {
  element?.focus({ preventScroll: true })
  if (document.activeElement !== element) document.getElementById(otherwise)?.focus()
}

/** Focuses the control with this id once what was just changed is drawn. */
export async function focusOn(id: string): Promise<void> {
  await tick()
  document.getElementById(id)?.focus()
}

/** Focuses the element as soon as it is there. */
export function focusFirst(element: HTMLElement): void {
  element.focus()
}

/** Takes the Enter key for itself, so that it does not send the form this stands in. */
export function ownEnter(act: () => void = () => {}) {
  return (element: HTMLElement) => {
    const enter = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.target instanceof HTMLButtonElement) return
      event.preventDefault()
      act()
    }
    element.addEventListener('keydown', enter)
    return () => element.removeEventListener('keydown', enter)
  }
}
