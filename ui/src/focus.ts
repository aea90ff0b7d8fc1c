import { tick } from 'svelte'

/** Moves the focus to the page's heading, so that a screen reader says where one is. */
export function focusHeading(within: HTMLElement | undefined): void {
  void tick().then(() => within?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true }))
}
