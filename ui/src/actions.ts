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
  /** The key that does it, pressed with Ctrl or Command: a letter or a sign. */
  key?: string
  /** The key is pressed with Alt instead. */
  alt?: boolean
  /** Whether it can be done now. */
  when: () => boolean
  run: () => void | Promise<void>
}

/** What the columns do themselves: locking, the line at the top, the search in the list, keeping what is typed. */
export type OfTheColumns = { [does in 'lock' | 'jot' | 'search' | 'keep']: () => Promise<void> }

const APPLE = navigator.platform.startsWith('Mac')

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
const HOUSE = ['profile', 'keys', 'bin', 'shortcuts'] as const

/** Sections that are not named after the kind of record they list. */
const TITLES: { [section in Section]?: string } = {
  today: 'Today',
  caseload: 'Caseload',
  training: 'Training and appraisal',
  journal: 'Journal',
  competencies: 'Competencies',
  plan: 'Plan',
  portfolio: 'Portfolio',
  profile: 'Your details',
  keys: 'Passphrase',
  bin: 'Bin',
  shortcuts: 'Shortcuts',
}

export function sectionTitle(vault: OpenVault, section: Section): string {
  return TITLES[section] ?? vault.kind(section)?.plural ?? section
}

export function actionsOf(vault: OpenVault, { lock, search, jot, keep }: OfTheColumns): Action[] {
  const { where } = vault
  const always = () => true
  /** Nobody knows the example's passphrase, and nothing of it is kept. */
  const own = () => !vault.state.example
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
    ...HOUSE.map(go('house')).map((one) => (one.section === 'keys' ? { ...one, when: own } : one)),
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
    {
      id: 'keep',
      title: 'Keep what you type now; a moment after the last letter it is kept by itself',
      group: 'keys',
      key: 's',
      when: always,
      run: keep,
    },
    {
      id: 'back',
      title: 'Go back to where you were',
      group: 'keys',
      // On a Mac, Alt and an arrow go by words.
      ...(APPLE ? { key: '[' } : { key: 'arrowleft', alt: true }),
      when: () => where.hasBack,
      run: () => where.back(),
    },
  ]
}

/** The action whose key this is, where it can be done now. */
export function actionFor(actions: Action[], event: KeyboardEvent): Action | undefined {
  const alt = event.altKey
  // One of them, and not the two that write a third sign on many keyboards.
  if (alt === (event.ctrlKey || event.metaKey)) return undefined
  // Shift belongs to how a sign is written, and makes of a letter another key.
  const key = event.key === '=' ? '+' : event.key.toLowerCase()
  if (event.shiftKey && /^[a-z]/.test(key)) return undefined
  return actions.find((action) => action.key === key && (action.alt ?? false) === alt && action.when())
}

const KEY_NAMES: { [key: string]: string } = { '+': 'Plus', '-': 'Minus', arrowleft: 'Left arrow' }

/** How the key is written: "Ctrl+N". */
export function keyWords({ key = '', alt = false }: Pick<Action, 'key' | 'alt'>, apple = APPLE): string {
  const name = KEY_NAMES[key] ?? key.toUpperCase()
  return onThisKeyboard(`${alt ? 'Alt' : 'Ctrl'}+${name}`, apple)
}

/** Keys as they are written on this keyboard: on a Mac, Command does what Ctrl does elsewhere. */
export function onThisKeyboard(keys: string, apple = APPLE): string {
  return apple ? keys.replaceAll('Ctrl+Shift+', '⇧⌘').replaceAll('Ctrl+', '⌘') : keys
}
