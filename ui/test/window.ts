// Looks at the window in a browser, with a vault in memory: `npm run dev`, then /test/window.html?full (or ?unlock).
import { fill } from './example'
import { MemoryVault } from './vault'

const asked = new URLSearchParams(location.search)
const vault = new MemoryVault().install()
vault.pace = 1500
if (asked.has('full')) {
  const ids = fill(vault)
  vault.kept.set('draft', {
    id: 'draft',
    draft: { id: 'draft', kind: 'reflection', date: '2026-06-14', title: 'A first group' },
    touched: '2026-06-14T08:00:00Z',
  })
  const { where } = await import('../src/place.svelte')
  const place = JSON.parse(asked.get('place') ?? 'null')
  setTimeout(() => {
    if (place) where.go({ ...place, id: ids[place.id as keyof typeof ids] ?? place.id })
    setTimeout(() => {
      for (const name of asked.getAll('press')) {
        const button = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim().startsWith(name))
        button?.click()
      }
      if (asked.has('down')) document.querySelector('main')?.scrollTo(0, Number(asked.get('down')))
    }, 500)
  }, 300)
} else if (asked.has('unlock')) {
  vault.folder = '/home/you/Documents/Coaching'
}
await import('../src/main')

export {}
