// What was typed in an editor and is not handed on yet: writing it out as Markdown waits for a pause. Whoever keeps or
// closes something asks for it first.

const waiting = new Set<() => void>()

/** Hands on `act` after a pause, or when somebody asks; once. */
export function later(act: () => void, milliseconds: number): void {
  if (waiting.has(act)) return
  waiting.add(act)
  setTimeout(() => {
    if (waiting.delete(act)) act()
  }, milliseconds)
}

/** Hands on what waits, now: everything, or this. */
export function settle(act?: () => void): void {
  for (const one of act ? [act] : [...waiting]) if (waiting.delete(one)) one()
}
