// Where in the window one is.
import type { Claim, Draft } from './api'

export const SECTIONS = [
  'today',
  'journal',
  'session',
  'supervision',
  'observation',
  'feedback',
  'learning',
  'person',
  'competencies',
  'plan',
  'goal',
  'statement',
  'sign-off',
  'portfolio',
  'profile',
  'bin',
] as const

export type Section = (typeof SECTIONS)[number]

/** Kinds that are found beside the one that gives a section its name. */
const BESIDE: { [section in Section]?: string[] } = { feedback: ['impact'], learning: ['peer-learning'] }

/** The kinds of record that a section lists; the journal begins with a reflection and lists all that happened. */
export function kindsOf(section: Section): string[] {
  return [section === 'journal' ? 'reflection' : section, ...(BESIDE[section] ?? [])]
}

export type Place = {
  section: Section
  /** The record that is open, or the competency's number. */
  id?: string
  /** How the record is open; reading when nothing is said. */
  as?: 'new' | 'draft' | 'edit'
  /** It has just become part of the portfolio. */
  added?: boolean
  /** The kind of a new record. */
  kind?: string
  /** What a new record is put forward for from the start. */
  claims?: Claim[]
  /** What else a new record begins with. */
  values?: Draft
  /** The earlier version that is looked at, by its number. */
  version?: number
}

class Where {
  now = $state.raw<Place>({ section: 'today' })
  private before: Place[] = []
  private leaving = new Set<() => void>()

  go(place: Place) {
    this.leaving.forEach((leave) => leave())
    this.before = [...this.before.slice(-49), this.now]
    this.now = place
  }

  /** The same page under its new name, such as a draft that became a record: nothing is left. */
  become(place: Place) {
    this.now = place
  }

  back() {
    const place = this.before.at(-1)
    if (!place) return
    this.leaving.forEach((leave) => leave())
    this.before = this.before.slice(0, -1)
    this.now = place
  }

  /** Calls back before another place is shown; gives back how to stop. */
  onLeaving(leave: () => void): () => void {
    this.leaving.add(leave)
    return () => this.leaving.delete(leave)
  }

  reset() {
    this.before = []
    this.now = { section: 'today' }
  }
}

export const where = new Where()

/** The section a record of this kind is shown in. */
export function sectionOf(kind: string): Section {
  return SECTIONS.find((section) => section !== 'journal' && kindsOf(section).includes(kind)) ?? 'journal'
}
