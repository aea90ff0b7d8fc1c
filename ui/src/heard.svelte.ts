// What is heard and not only seen, wherever the focus is: what was found, what was kept, what went wrong.
//
// Where the shell can have it said it does (src-tauri/src/voice.rs, which says why); elsewhere the page's live regions
// are filled (elements/Live.svelte), each message an element of its own.
import * as api from './api'

/** How long words rest before they are said, in milliseconds: who types would hear an answer to every letter. */
export const REST = 500
/** How long they stand in a live region, where they could be come upon long after. */
const STAY = 10_000

type Said = { id: number; words: string }

export const regions = $state<{ calm: Said[]; urgent: Said[] }>({ calm: [], urgent: [] })
let count = 0

/** Says something at once; what is urgent breaks in on what is being read. */
export async function say(words: string, urgent = false): Promise<void> {
  if (await api.say(words).catch(() => false)) return
  const region = regions[urgent ? 'urgent' : 'calm']
  count += 1
  const id = count
  region.push({ id, words })
  setTimeout(() => region.splice(0, region.findIndex((one) => one.id === id) + 1), STAY)
}

/** Says what `words` gives whenever that changes and has rested; nothing where there is nothing to say. */
export function heard(words: () => string | null | undefined | false, { urgent = false } = {}): void {
  $effect(() => {
    const said = words()
    if (!said) return
    const timer = setTimeout(() => void say(said, urgent), REST)
    return () => clearTimeout(timer)
  })
}
