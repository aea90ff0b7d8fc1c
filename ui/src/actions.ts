// What can be done from anywhere in the window. Navigation, keys and the page of shortcuts are drawn from this one list.
import type { OpenVault } from './open.svelte'
import { isList, kindsOf, toBegin, type Section } from './place.svelte'
import { newOf } from './words'

/** Where an action is offered: in one of the navigation's groups, among the ways to begin, or by its keys alone. */
export type Group = 'work' | 'portfolio' | 'house' | 'begin' | 'keys'

export type Action = {
  id: string
  title: string
  group: Group
  /** The section it leads to, which is marked as "here". */
  section?: Section
  /** The letter that does it, pressed with Ctrl or Command. */
  key?: string
  /** Whether it can be done now. */
  when: () => boolean
  run: () => void | Promise<void>
}

/** What the window does itself: locking, and the search that stands in its list. */
export type OfTheWindow = { lock: () => Promise<void>; search: () => Promise<void>; jot: () => Promise<void> }

const WORK = [
  'today',
  'journal',
  'session',
  'supervision',
  'observation',
  'feedback',
  'learning',
  'team-work',
  'person',
] as const
const PORTFOLIO = ['competencies', 'plan', 'goal', 'statement', 'sign-off', 'portfolio'] as const
const HOUSE = ['profile', 'bin', 'shortcuts'] as const

/** Sections that are not named after the kind of record they list. */
const TITLES: { [section in Section]?: string } = {
  today: 'Today',
  caseload: 'Caseload',
  journal: 'Journal',
  competencies: 'Competencies',
  plan: 'Plan',
  portfolio: 'Portfolio',
  profile: 'Your details',
  bin: 'Bin',
  shortcuts: 'Shortcuts',
}

export function sectionTitle(vault: OpenVault, section: Section): string {
  return TITLES[section] ?? vault.kind(section)?.plural ?? section
}

export function actionsOf(vault: OpenVault, { lock, search, jot }: OfTheWindow): Action[] {
  const { where } = vault
  const always = () => true
  const go = (group: Group) => (section: Section) => ({
    id: `go-${section}`,
    title: sectionTitle(vault, section),
    group,
    section,
    when: always,
    run: () => where.go({ section }),
  })

  return [
    ...WORK.map(go('work')),
    ...PORTFOLIO.map(go('portfolio')),
    ...HOUSE.map(go('house')),
    { id: 'lock', title: vault.state.example ? 'Leave' : 'Lock', group: 'house', when: always, run: lock },
    ...vault.kinds.map((kind) => ({
      id: `new-${kind.id}`,
      title: newOf(kind),
      group: 'begin' as const,
      when: () => !kind.single,
      run: () => where.go(toBegin(kind.id)),
    })),
    {
      id: 'new-here',
      title: 'Begin a new entry of the section you are in, elsewhere a reflection',
      group: 'keys',
      key: 'n',
      when: always,
      run: () => {
        const { section } = where.now
        where.go(toBegin((isList(section) && kindsOf(section)[0]) || 'reflection'))
      },
    },
    { id: 'jot', title: 'Log a session or note an idea in one line', group: 'keys', key: 'j', when: always, run: jot },
    { id: 'search', title: 'Search everything', group: 'keys', key: 'k', when: always, run: search },
  ]
}

/** The action whose key this is, where it can be done now. */
export function actionFor(actions: Action[], event: KeyboardEvent): Action | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return undefined
  return actions.find((action) => action.key === event.key.toLowerCase() && action.when())
}

/** How the key is written: "Ctrl+N". */
export function keyWords(key: string, apple = navigator.platform.startsWith('Mac')): string {
  return apple ? `⌘${key.toUpperCase()}` : `Ctrl+${key.toUpperCase()}`
}
