// Keeps what is being typed. A new entry is a draft in the vault from the first letter on and becomes a record when it is
// added; a record that is being changed saves itself while it is valid and is a draft beside the record while it is not.
import * as api from '../api'
import { asFailure, type Draft, type Finding, type Problem } from '../api'
import { settle } from '../editor/pending'
import type { OpenVault } from '../open.svelte'
import { isFilled } from './condition'

/** How long after the last letter something is kept. */
export const PAUSE = 300

/**
 * How long something waits at most while one types without a pause. With the moment an editor takes before it hands on what
 * was typed (Editor.svelte), less than two seconds of typing are at risk.
 */
export const LONGEST = 1_500

export type KeepState = 'untouched' | 'waiting' | 'kept' | 'saved' | 'problems' | 'failed'

export class Keeper {
  draft = $state.raw<Draft>({})
  problems = $state.raw<Problem[]>([])
  /** What there is to say of it that keeps nothing from being saved. */
  findings = $state.raw<Finding[]>([])
  state = $state<KeepState>('untouched')
  /** Why the vault could not take it. */
  failure = $state.raw<api.Failure | null>(null)
  /** When it was last kept or saved. */
  at = $state<number | null>(null)
  readonly id: string
  /** Whether a record with this id exists already. */
  readonly existing: boolean
  /** Whether the vault holds the draft. */
  private stored: boolean
  private timer: ReturnType<typeof setTimeout> | undefined
  /** When the first of what is not kept was typed. */
  private since: number | undefined
  private dirty = false
  private ended = false
  private adding = false
  /** The last write, and whether nothing stood in its way. */
  private writing: Promise<boolean> = Promise.resolve(true)

  constructor(
    private readonly vault: OpenVault,
    draft: Draft,
    { existing = false, stored = false } = {},
  ) {
    // The vault stamps these itself.
    const rest = { ...draft }
    delete rest.created
    delete rest.modified
    this.draft = rest
    this.id = String(draft.id)
    this.existing = existing
    this.stored = stored
    vault.typed.add(this)
  }

  set(field: string, value: unknown) {
    const next = { ...this.draft }
    if (value === undefined || value === '') delete next[field]
    else next[field] = value
    this.draft = next
    if (!this.existing) this.problems = this.problems.filter((problem) => rootOf(problem.field) !== field)
    this.dirty = true
    this.state = 'waiting'
    this.vault.discarded = null
    clearTimeout(this.timer)
    this.since ??= Date.now()
    const left = this.since + LONGEST - Date.now()
    this.timer = setTimeout(() => void this.flush(), Math.max(0, Math.min(PAUSE, left)))
  }

  /** Writes what has been typed since the last time; false when the vault could not take it. */
  async flush(): Promise<boolean> {
    settle()
    clearTimeout(this.timer)
    let went: boolean
    do {
      this.writing = this.writing.then(() => this.write())
      went = await this.writing
      // Letters typed while it was written are waited for too.
    } while (went && this.dirty)
    return !this.dirty
  }

  /** Sees again what keeps a changed record from being saved, when its draft is opened again. */
  async recheck(): Promise<void> {
    if (!this.existing) return
    this.dirty = true
    await this.flush()
  }

  /** Makes the draft a record; nothing when there are problems, which are then shown. */
  async add(): Promise<Draft | null> {
    await this.flush()
    // While it is being added no draft is kept: it would come back after the record.
    this.adding = true
    try {
      let sent: Draft
      let record: Draft
      do {
        sent = this.draft
        record = await api.saveRecord(sent)
        // Letters typed in the meantime belong to the record too.
      } while (this.draft !== sent)
      this.end()
      this.state = 'saved'
      this.vault.changed()
      return record
    } catch (error) {
      this.adding = false
      this.fail(error)
      if (this.dirty) void this.flush()
      return null
    }
  }

  /** Throws the entry away; false when the vault could not, and the entry stays. */
  async discard(): Promise<boolean> {
    clearTimeout(this.timer)
    this.dirty = false
    await this.writing
    if (this.stored) {
      try {
        await api.dropDraft(this.id)
      } catch (error) {
        this.dirty = true
        this.fail(error)
        return false
      }
      this.vault.discarded = this.draft
      this.vault.drafted += 1
    }
    this.end()
    return true
  }

  /** Keeps what is still waiting and lets go of the entry; what could not be kept stays and is tried again. */
  async close(): Promise<void> {
    if (await this.flush()) this.end()
  }

  private end() {
    clearTimeout(this.timer)
    this.dirty = false
    this.ended = true
    this.vault.typed.delete(this)
  }

  private async write(): Promise<boolean> {
    if (!this.dirty || this.ended || this.adding) return false
    this.dirty = false
    this.since = undefined
    const draft = this.draft
    try {
      const saved = this.existing && (await this.save(draft))
      if (!saved) await this.keep(draft)
      this.failure = null
      this.at = Date.now()
      void this.look()
      if (saved) this.vault.changed()
      else this.vault.drafted += 1
      return true
    } catch (error) {
      this.dirty = true
      this.fail(error)
      return false
    }
  }

  private async keep(draft: Draft): Promise<void> {
    this.stored = true
    await api.keepDraft(this.id, draft)
    if (!this.dirty) this.state = this.existing ? 'problems' : 'kept'
  }

  /** Whether the changed record could be saved; its problems are shown when not. */
  private async save(draft: Draft): Promise<boolean> {
    try {
      await api.saveRecord(draft)
    } catch (error) {
      const failure = asFailure(error)
      if (failure.problems.length === 0) throw error
      this.problems = failure.problems
      return false
    }
    this.problems = []
    if (!this.dirty) this.state = 'saved'
    return true
  }

  /** Asks what there is to say of it. That is beside the point where it cannot be asked: then nothing is said. */
  async look(): Promise<void> {
    const draft = this.draft
    const findings = await api.findings(draft).catch(() => [])
    if (this.draft === draft) this.findings = findings
  }

  private fail(error: unknown) {
    const failure = asFailure(error)
    this.problems = failure.problems
    this.failure = failure.problems.length > 0 ? null : failure
    this.state = failure.problems.length > 0 ? 'problems' : 'failed'
  }
}

/** The field of the record a problem lies in: `ratings` of `ratings[1].level`. */
export function rootOf(field: string): string {
  return /^[^[.]*/.exec(field)?.[0] ?? field
}

/** What a draft is called in a list. */
export function titleOf(draft: Draft): string {
  for (const field of ['title', 'name']) {
    const value = draft[field]
    if (isFilled(value)) return String(value)
  }
  return 'Untitled'
}
