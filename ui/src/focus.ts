import { tick } from 'svelte'

/** The id of the list column's heading, which stands for the page's where the list is all there is room for. */
export const LIST_HEADING = 'list-heading'

/** Moves the focus to the page's heading, so that a screen reader says where one is. */
export function focusHeading(within: HTMLElement | undefined): void {
  void tick().then(() => focusOr(within?.querySelector<HTMLElement>('h1'), LIST_HEADING))
}

/** Focuses the element or, where it is not shown, the one with this id. */
export function focusOr(element: HTMLElement | null | undefined, otherwise: string): void {
  element?.focus({ preventScroll: true })
  if (document.activeElement !== element) document.getElementById(otherwise)?.focus()
}
