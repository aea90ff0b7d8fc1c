// How large everything is, up to four times: by Ctrl with Plus, Minus and 0, and the same the next time on this computer.
import * as api from './api'
import { say } from './heard.svelte'

const STEPS = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4]
const USUAL = 1
const KEPT = 'zoom'

let now = USUAL

/** Makes everything as large as it was the last time. */
export async function zoomAsBefore(): Promise<void> {
  const before = Number(localStorage.getItem(KEPT))
  if (!STEPS.includes(before) || before === now) return
  now = before
  await api.zoom(now)
}

/** How large everything is to be after this key; nothing where it is no key for that. */
function wanted({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): number | undefined {
  if (altKey || ctrlKey === metaKey) return undefined
  const at = STEPS.indexOf(now)
  if (key === '+' || key === '=') return STEPS[Math.min(at + 1, STEPS.length - 1)]
  if (key === '-') return STEPS[Math.max(at - 1, 0)]
  return key === '0' ? USUAL : undefined
}

/** Does what a key for it asks. */
export function zoomByKey(event: KeyboardEvent): void {
  const next = wanted(event)
  if (next === undefined) return
  event.preventDefault()
  now = next
  localStorage.setItem(KEPT, String(now))
  void api.zoom(now)
  void say(`${Math.round(now * 100)} %`)
}
