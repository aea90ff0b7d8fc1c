// The vault that is open, as the window knows it: made when it is unlocked, gone when it is locked. Nothing of a vault
// is kept anywhere else, so that nothing of one shows in the next.
import { createContext } from 'svelte'

import * as api from './api'
import type { Deleted, Draft, Kind, Shelf, TodayFacts, VaultState } from './api'
import { settle } from './editor/pending'
import { Where, type Place } from './place.svelte'
import { Export } from './portfolio/export.svelte'

/** Something that is being typed and can be kept at once. */
type Typed = { flush: () => Promise<boolean>; failure: api.Failure | null }

export class OpenVault {
  shelf: Shelf
  state: VaultState
  /** Grows with every record that is written; pages read it to know when to load again. */
  changes = $state(0)
  /** Grows with every draft that is kept or let go. */
  drafted = $state(0)

  /** The draft that was discarded last, until something else is done: it can be brought back. */
  discarded = $state.raw<Draft | null>(null)

  /** The record that was moved to the bin last, offered back for as long as one stays at this place. */
  binned = $state.raw<{ line: Deleted; at: Place } | null>(null)

  readonly where = new Where()
  readonly exporting = new Export(this)

  /** Everything that is being typed anywhere. Nothing is drawn from it. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly typed = new Set<Typed>()

  /** Today's page, where it was asked for before there was a window to show it in. */
  private early?: Promise<TodayFacts>

  constructor(state: VaultState, shelf: Shelf, early?: Promise<TodayFacts>) {
    this.state = $state.raw(state)
    this.shelf = $state.raw(shelf)
    this.early = early
  }

  /** What Today's page shows. */
  facts(): Promise<TodayFacts> {
    const { early } = this
    this.early = undefined
    return early ?? api.today()
  }

  get kinds(): Kind[] {
    return this.shelf.kinds
  }

  get today(): string {
    return this.state.today
  }

  /** The kind with this id, in its newest version. */
  kind(id: unknown): Kind | undefined {
    return this.kinds.find((kind) => kind.id === id)
  }

  /** Whether records of this kind are work; those about someone are named in work and are none. */
  isWork(id: unknown): boolean {
    return this.kind(id)?.about !== 'someone'
  }

  /** The kind a record or draft is of, in the version it was written with. */
  kindOf(draft: Draft): Kind | undefined {
    const version = draft.kind_version ?? 1
    const all = [...this.kinds, ...this.shelf.earlier_kinds]
    return all.find((kind) => kind.id === draft.kind && kind.version === version)
  }

  /** A record was written. */
  changed() {
    this.changes += 1
    this.drafted += 1
  }

  /** Keeps everything that is being typed, now; false when the vault could not take all of it. */
  async flush(): Promise<boolean> {
    settle()
    const kept = await Promise.all([...this.typed].map((one) => one.flush()))
    return kept.every(Boolean)
  }

  /** Why something that is being typed could not be kept the last time. */
  failure(): api.Failure | null {
    return [...this.typed].find((one) => one.failure)?.failure ?? null
  }

  async bringBack() {
    if (!this.discarded) return
    await api.keepDraft(String(this.discarded.id), this.discarded)
    this.discarded = null
    this.drafted += 1
  }

  /** Asks what day it is: a window may stay open overnight. */
  async day() {
    const { open, today } = await api.vaultState()
    if (open && this.state.today !== today) this.state = { ...this.state, today }
  }

  /** Asks for the shelf again, as when a model of one's own was put on it. */
  async restock() {
    this.shelf = await api.shelf()
  }
}

export const [getVault, setVault] = createContext<OpenVault>()
