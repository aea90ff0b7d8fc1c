// What keys do where they are pressed, as attachments to what they are pressed in, and how that is told; the text's own
// keys do it in editor/keys.ts. Shortcuts, the keys that work anywhere, are in actions.ts.

import { LIST_HEADING } from './focus'

/** The keys for what has a button in the editor too. */
export const TEXT_KEYS = { bold: 'Ctrl+B', italic: 'Ctrl+I', link: 'Ctrl+Shift+K', tools: 'Alt+F10' } as const

/** What each does, as the page of shortcuts tells it. */
export const PRESSED = [
  ['Tab', 'Go on to the next field, button or link; with Shift, back. The first one of a page leads past the lists.'],
  [
    'F6',
    'Go on to the next part of the window: the places, the list, the page, an Undo that is offered; with Shift, back.',
  ],
  ['Ctrl+Plus, Ctrl+Minus', 'Make everything larger, up to four times, or smaller; Ctrl+0 makes it as it was.'],
  ['Up, Down', 'Go from row to row in a list or among the places; Home and End lead to the first and the last one.'],
  ['Up, Down, Enter', 'Where you find a competency by typing, go along what was found and choose it.'],
  ['Enter', 'In a field of one line of an entry, go on to the next field.'],
  ['Ctrl+Enter', 'Add the entry you are writing to the portfolio; in one that you change, you are done.'],
  ['Escape', 'Leave what you are in: it empties the search, closes the menu, ends a change.'],
  [`${TEXT_KEYS.bold}, ${TEXT_KEYS.italic}`, 'In a text, bold and italic.'],
  [TEXT_KEYS.link, 'In a text, make a link of what is marked, or change the one you are in.'],
  ['Ctrl+Z', 'In a text or a field, take back what you did last; with Shift, do it again.'],
  [TEXT_KEYS.tools, 'In a text, go to what can be done with it: arrows lead along, Escape back.'],
  ['Alt+Enter', 'In a task of a list, tick it or take the tick away.'],
  ['Escape, Tab', 'In a list or a table of a text, where Tab indents or goes on to the next cell, leave the text.'],
] as const

/** A key without Ctrl, Command or Alt, and not one that an input method is still writing with. */
const isPlain = (event: KeyboardEvent) =>
  !event.defaultPrevented && !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey

function onKey(press: (event: KeyboardEvent, element: HTMLElement) => void) {
  return (element: HTMLElement) => {
    const listen = (event: KeyboardEvent) => press(event, element)
    element.addEventListener('keydown', listen)
    return () => element.removeEventListener('keydown', listen)
  }
}

/** Takes the Enter key for itself, so that it does not send the form this stands in. */
export function ownEnter(act: () => void = () => {}) {
  return onKey((event) => {
    if (event.key !== 'Enter' || !isPlain(event) || event.target instanceof HTMLButtonElement) return
    event.preventDefault()
    act()
  })
}

/** In a box with a list under it the arrows go along the list, Enter chooses and goes nowhere, Escape leaves the list. */
export function choosing(does: {
  go: (step: number) => void
  choose: () => void
  isOpen: () => boolean
  leave: () => void
}) {
  return onKey((event) => {
    if (!isPlain(event)) return
    if (event.key === 'ArrowDown') does.go(1)
    else if (event.key === 'ArrowUp') does.go(-1)
    else if (event.key === 'Enter') does.choose()
    else if (event.key === 'Escape' && does.isOpen()) does.leave()
    else return
    event.preventDefault()
  })
}

/** Escape leaves what this is attached to; of several, one within the other, the innermost. */
export function onEscape(leave: () => void) {
  return onKey((event) => {
    if (event.key !== 'Escape' || !isPlain(event)) return
    event.preventDefault()
    leave()
  })
}

/** In a form that takes more than one line to fill in, Enter goes on to what comes next; with Ctrl it sends the form. */
export function enterGoesOn(send: () => void) {
  return onKey((event, form) => {
    if (event.key !== 'Enter' || event.defaultPrevented || event.isComposing) return
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      send()
    } else if (isPlain(event) && isOneLine(event.target)) {
      event.preventDefault()
      const all = stops(form, event.target)
      all[all.indexOf(event.target) + 1]?.focus()
    }
  })
}

/** What is one line: a control of a form, or a title that may need several to be seen. */
const isOneLine = (target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement =>
  target instanceof HTMLInputElement || (target instanceof HTMLTextAreaElement && 'oneLine' in target.dataset)

/** What Tab stops at. Of the answers to one question it stops at one: the chosen one, or the first. */
function stops(within: HTMLElement, from: HTMLElement): HTMLElement[] {
  const all = [...within.querySelectorAll<HTMLElement>('input, select, textarea, button, [role="textbox"]')]
  const radios = all.filter((one): one is HTMLInputElement => one instanceof HTMLInputElement && one.type === 'radio')
  const skipped = radios.filter((one) => {
    const group = radios.filter((other) => other.name === one.name)
    return group.some((other) => other === from)
      ? one !== from
      : one !== (group.find((other) => other.checked) ?? group[0])
  })
  return all.filter((one) => !skipped.includes(one as HTMLInputElement))
}

/** The arrows, Home and End go from row to row (Row.svelte); down from a search, to the first one it found. */
export const arrowsBetweenRows = onKey((event, list) => {
  if (!isPlain(event) || event.shiftKey) return
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')]
  const at = rows.findIndex((row) => row === event.target)
  const search = event.target instanceof HTMLInputElement && event.target.closest('[role="search"]') !== null
  if (at < 0 && !(search && event.key === 'ArrowDown')) return
  const onward = rows.slice(at + 1)
  const back = rows.slice(0, Math.max(at, 0)).reverse()
  const ways: { [key: string]: HTMLElement[] } = {
    ArrowDown: onward,
    ArrowUp: back,
    Home: back.toReversed(),
    End: onward.toReversed(),
  }
  const way = ways[event.key]
  if (!way) return
  event.preventDefault()
  // One that is not shown, such as what unfolds a menu, does not take the focus.
  way.find((row) => {
    row.focus()
    return document.activeElement === row
  })
})

/** F6 goes from one part of the window to the next, with Shift back: to where one is in it, to its heading, or to what it offers. */
export function nextPart(parts: HTMLElement[], back: boolean): void {
  const at = parts.findIndex((part) => part.contains(document.activeElement))
  const order = [...parts.slice(at + 1), ...parts.slice(0, Math.max(at, 0))]
  if (back) order.reverse()
  for (const part of order) {
    const places = ['[aria-current="page"]', 'h1', `#${LIST_HEADING}`, 'h2', '[data-row]', 'button']
    for (const one of places.flatMap((place) => [...part.querySelectorAll<HTMLElement>(place)])) {
      one.focus()
      if (document.activeElement === one) return
    }
  }
}
