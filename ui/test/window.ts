// Looks at the window in a browser, with a vault in memory: `npm run dev`, then /test/window.html?full (or ?unlock).
// `place={"section":"journal","record":{"as":"read","id":"reflection"}}` goes there, `press=Edit` presses buttons one after the other.
import { fill, named } from './example'
import { MemoryVault } from './vault'

const asked = new URLSearchParams(location.search)
const vault = new MemoryVault().install()
vault.pace = 1500
const ids: { [name: string]: string } = asked.has('full') ? fill(vault) : {}
if (asked.has('full')) {
  const draft = { id: 'draft', kind: 'reflection', date: '2026-06-14', title: 'A first group' }
  vault.kept.set('draft', { id: 'draft', draft, touched: '2026-06-14T08:00:00Z' })
}
if (asked.has('open')) vault.open = true
if (asked.has('unlock')) vault.folder = '/home/you/Documents/Coaching'

const { app } = await import('../src/main')

const pause = () => new Promise((resolve) => setTimeout(resolve, 300))
await pause()
const place = JSON.parse(asked.get('place') ?? 'null')
if (place) app?.opened()?.where.go(named(place, ids))
await pause()
for (const [what, value] of asked) {
  if (what === 'press') {
    const named = (one: HTMLElement) => one.textContent?.trim().startsWith(value)
    ;[...document.querySelectorAll<HTMLElement>('button, label')].find(named)?.click()
  } else if (what === 'type') {
    const [id = '', text = ''] = value.split('=')
    const input = document.getElementById(id) as HTMLInputElement | null
    if (input) input.value = text
    input?.dispatchEvent(new Event('input', { bubbles: true }))
  } else if (what === 'down') {
    document.querySelector('main')?.scrollTo(0, Number(value))
  }
  await pause()
}

export {}
