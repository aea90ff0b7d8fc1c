// What every part of the window shares: the books, the vault's state, and when to look again.
import * as api from './api'
import type { Books, Draft, Kind, RecordLine, VaultState } from './api'
import type { Place } from './place.svelte'

class Desk {
  books = $state.raw<Books | null>(null)
  vault = $state.raw<VaultState | null>(null)
  /** Grows with every record that is written; lists read it to know when to load again. */
  changes = $state(0)
  /** Grows with every draft that is kept or let go. */
  drafted = $state(0)

  /** The draft that was discarded last, until something else is done: it can be brought back. */
  discarded = $state.raw<Draft | null>(null)

  /** The record that was moved to the bin last, offered back for as long as one stays at this place. */
  binned = $state.raw<{ line: RecordLine; at: Place } | null>(null)

  get kinds(): Kind[] {
    return this.books?.kinds ?? []
  }

  get today(): string {
    return this.vault?.today ?? new Date().toISOString().slice(0, 10)
  }

  kind(id: unknown): Kind | undefined {
    return this.kinds.filter((kind) => kind.id === id).sort((a, b) => b.version - a.version)[0]
  }

  changed() {
    this.changes += 1
    this.drafted += 1
  }

  async bringBack() {
    if (!this.discarded) return
    await api.keepDraft(String(this.discarded.id), this.discarded)
    this.discarded = null
    this.drafted += 1
  }

  /** Asks what day it is: a window may stay open overnight. */
  async day() {
    const { today } = await api.vaultState()
    if (this.vault?.open && this.vault.today !== today) this.vault = { ...this.vault, today }
  }

  async load() {
    const [books, vault] = await Promise.all([api.books(), api.vaultState()])
    this.books = books
    this.vault = vault
  }

  /** Asks again whether a vault is open, and which. */
  async look() {
    await this.load()
    this.changed()
  }
}

export const desk = new Desk()
