// Where one is in the window.
import type { Claim, Draft } from './api'

/** Sections with a list of records beside the page. */
export const LISTS = [
  'journal',
  'session',
  'supervision',
  'observation',
  'feedback',
  'learning',
  'team-work',
  'person',
  'goal',
  'statement',
  'sign-off',
] as const

/** Sections that are one page. */
export const PAGES = [
  'today',
  'caseload',
  'training',
  'plan',
  'portfolio',
  'profile',
  'keys',
  'bin',
  'shortcuts',
] as const

export type ListSection = (typeof LISTS)[number]
export type PageSection = (typeof PAGES)[number]
export type Section = ListSection | PageSection | 'competencies'

/** How a record is open. */
export type RecordPlace =
  /** A new one, put forward for these claims and with these values from the start. */
  | { as: 'new'; kind: string; claims?: Claim[]; values?: Draft }
  /** Read; `added` when it has just become part of the portfolio. */
  | { as: 'read'; id: string; added?: boolean }
  | { as: 'draft' | 'edit'; id: string }
  /** An earlier version is looked at, by its number. */
  | { as: 'version'; id: string; version: number }

export type Place =
  | { [section in PageSection]: { section: section } }[PageSection]
  /** All competencies, or the one with this number. */
  | { section: 'competencies'; number?: string }
  /** A list, or one record of it. */
  | { section: ListSection; record?: RecordPlace }

/** Kinds that are found beside the one that gives a section its name. */
const BESIDE: { [section in ListSection]?: string[] } = { feedback: ['impact'], learning: ['peer-learning'] }

/** The kinds of record that a section lists; the journal begins with a reflection and lists all that happened. */
export function kindsOf(section: ListSection): string[] {
  return [section === 'journal' ? 'reflection' : section, ...(BESIDE[section] ?? [])]
}

/** The section a record of this kind is shown in. */
export function sectionOf(kind: string): ListSection {
  return LISTS.find((section) => section !== 'journal' && kindsOf(section).includes(kind)) ?? 'journal'
}

/** Where a record of this kind is read, written or begun; of the profile there is one, on its own page. */
export function placeOf(kind: string, record: RecordPlace): Place {
  return kind === 'profile' ? { section: 'profile' } : { section: sectionOf(kind), record }
}

/** Where this record is read. */
export function toRead({ kind, id }: { kind: string; id: string }): Place {
  return placeOf(kind, { as: 'read', id })
}

/** Where a record of this kind is begun. */
export function toBegin(kind: string, start: { claims?: Claim[]; values?: Draft } = {}): Place {
  return placeOf(kind, { as: 'new', kind, ...start })
}

/** The record that is open there. */
export function openAt(place: Place): RecordPlace | undefined {
  return 'record' in place ? place.record : undefined
}

/** Whether a record is written there, which takes the room of the list. */
export function isWriting(place: Place): boolean {
  const as = openAt(place)?.as
  return place.section === 'profile' || as === 'new' || as === 'draft' || as === 'edit'
}

/** The id of the record that is open there, or the number of the competency; what a list marks as "here". */
export function shownAt(place: Place): string | undefined {
  if (place.section === 'competencies') return 'number' in place ? place.number : undefined
  const record = openAt(place)
  return record && 'id' in record ? record.id : undefined
}

export function isList(section: Section): section is ListSection {
  return (LISTS as readonly Section[]).includes(section)
}

/** How many places back one can go. */
const MOST = 100

export class Where {
  now = $state.raw<Place>({ section: 'today' })
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn from it
  private leaving = new Set<() => void>()
  /** Where one was before, the last place last. */
  private before: Place[] = []

  go(place: Place) {
    this.leave()
    // Nothing was begun there, and going back would begin something.
    if (openAt(this.now)?.as !== 'new') this.before = [...this.before, this.now].slice(-MOST)
    this.now = place
  }

  /** Whether one was anywhere before. */
  get hasBack(): boolean {
    return this.before.length > 0
  }

  /** Goes back to where one was. */
  back() {
    this.leave()
    this.now = this.before.pop() ?? this.now
  }

  private leave() {
    this.leaving.forEach((leave) => leave())
  }

  /** The same page under its new name, such as a draft that became a record: nothing is left. */
  become(place: Place) {
    this.now = place
  }

  /** Calls back before another place is shown; gives back how to stop. */
  onLeaving(leave: () => void): () => void {
    this.leaving.add(leave)
    return () => this.leaving.delete(leave)
  }
}
