// A vault in memory behind the shell's commands, for tests and for looking at the window in a browser. It keeps records and
// gives them back; what is computed from them comes from the domain itself (answers.ts).
import type { Channel } from '@tauri-apps/api/core'
import { emit } from '@tauri-apps/api/event'
import { mockIPC } from '@tauri-apps/api/mocks'

import type {
  BinnedRecord,
  Draft,
  ExportReport,
  Failure,
  Finding,
  Gaps,
  KeptDraft,
  Model,
  NotShown,
  Note,
  Plan,
  PortfolioChoice,
  Release,
  Sheet,
  TodayFacts,
  Version,
} from '../src/api'
import { isFilled } from '../src/records/condition'
import { asText, claimsOf } from '../src/records/values'
import {
  couldShowOf,
  EMPTY,
  failureOf,
  followupsOf,
  jottingOf,
  isSameReading,
  lineOf,
  NAMES,
  NO_QUESTIONS,
  planAfter,
  readingOf,
  reportOf,
  TODAY,
  type Standing,
} from './answers'
import { shelf } from './shelf'
import { Keys } from './keys'

type Export = { options: PortfolioChoice; sheet: Sheet; onProgress: Channel<{ fraction: number }> }

type Handlers = { [command: string]: (args: never) => unknown }

export class MemoryVault {
  open = false
  example = false
  folder: string | null = null
  recent: string[] = []
  records = new Map<string, Draft>()
  kept = new Map<string, KeptDraft>()
  /** What there is to say of whatever is typed. */
  findings: Finding[] = []
  /** The coach's own models. */
  models: Model[] = []
  versions = new Map<string, Version[]>()
  binned = new Map<string, Draft>()
  putAway: Note[] = []
  doubts: string[] = [] // what the vault's files leave in doubt
  keys = new Keys((...told) => this.fail(...told))
  /** Where the coach stands. */
  answers: Standing = structuredClone(EMPTY)
  /** What was given out, and what of it cannot be shown. */
  given: Release[] = []
  notShown: NotShown[] = []
  /** Whether the shell can have something said. */
  says = true
  calls: { command: string; args: unknown }[] = []
  closed = false
  /** How often the window was held open. */
  held = 0
  /** What the native dialogs answer. */
  chosenFolder: string | null = '/home/you/Documents/Coaching'
  attachment = { name: 'certificate.pdf', media_type: 'application/pdf', sha256: 'a'.repeat(64), bytes: 48_213 }
  /** How long an export takes, in milliseconds a step. */
  pace = 0
  /** Above those of the example's records. */
  private ids = 100
  private cancelled = false

  install() {
    mockIPC((command, args) => this.answer(command, args), { shouldMockEvents: true })
    return this
  }

  /** The shell says that the person wants to close the window. */
  async askToClose() {
    await emit('close-requested')
  }

  put(record: Draft) {
    const id = asText(record.id) || this.id()
    const kind = shelf.kinds.find((kind) => kind.id === record.kind)
    const title = isFilled(record.title) ? record.title : record[kind?.title_from ?? 'title']
    this.records.set(id, { claims: [], tags: [], attachments: [], body: '', ...record, id, title })
    return id
  }

  of(command: string) {
    return this.calls.filter((call) => call.command === command)
  }

  /** From now on the answers to this command wait until they are let go, in whatever order. */
  hold(command: keyof MemoryVault['handlers']): (() => void)[] {
    const letGo: (() => void)[] = []
    const handlers = this.handlers as Handlers
    const handler = handlers[command]!
    handlers[command] = (args) => {
      const answer = handler(args)
      return new Promise((resolve) => letGo.push(() => resolve(answer)))
    }
    return letGo
  }

  private answer(command: string, args: unknown) {
    this.calls.push({ command, args })
    const handler = (this.handlers as Handlers)[command]
    if (!handler) throw new Error(`no such command: ${command}`)
    return handler((args ?? {}) as never)
  }

  private id() {
    this.ids += 1
    return `01900000-0000-7000-8000-${String(this.ids).padStart(12, '0')}`
  }

  private refuse(failure: Pick<Failure, 'code' | 'message' | 'hint' | 'problems'>): never {
    throw failure
  }

  private fail(code: string | null, message: string, hint: string | null = null): never {
    return this.refuse({ code, message, hint, problems: [] })
  }

  private sorted() {
    return [...this.records.values()].sort((a, b) => asText(b.date).localeCompare(asText(a.date)))
  }

  gaps(): Gaps {
    return this.answers.gaps
  }

  plan(): Plan {
    return this.answers.plan
  }

  /** What an export would hold: of private entries, what was chosen. */
  private async export(
    options: PortfolioChoice,
    sheet: Sheet,
    onProgress: Channel<{ fraction: number }>,
  ): Promise<ExportReport> {
    this.cancelled = false
    const steps = 4
    for (let step = 0; step < steps; step += 1) {
      onProgress.onmessage({ fraction: step / steps })
      if (this.pace > 0) await new Promise((resolve) => setTimeout(resolve, this.pace))
      if (this.cancelled) this.fail('cancelled', 'The export was stopped.')
    }
    const entries = this.sorted().filter((record) => record.kind === 'reflection' && claimsOf(record).length === 0)
    const report = reportOf(entries.length, options)
    return { ...report, sheet, pages: sheet === 'pdf' ? report.pages : 1, not_shown: this.notShown }
  }

  /** What a record says now becomes an earlier version. */
  private version(id: string) {
    const before = this.records.get(id)
    if (!before) return
    const known = this.versions.get(id) ?? []
    this.versions.set(id, [{ number: known.length + 1, saved: `${TODAY}T08:05:00`, record: before }, ...known])
  }

  handlers = {
    say: () => this.says,
    zoom: () => null,
    shelf: () => ({ ...shelf, prompts: [...shelf.prompts, ...this.models] }),
    keep_model: ({ model }: { model: Model }) => {
      const kept = { ...model, id: `own:${model.title}` }
      if (model.prompts.length === 0) this.refuse(NO_QUESTIONS)
      this.models.push(kept)
      return kept
    },
    drop_model: ({ id }: { id: string }) => {
      const dropped = this.models.find((model) => model.id === id)
      this.models = this.models.filter((model) => model.id !== id)
      return dropped
    },
    vault_state: () => ({
      open: this.open,
      example: this.example,
      folder: this.folder,
      recent: this.recent,
      today: TODAY,
    }),
    choose_folder: () => this.chosenFolder,
    create_vault: ({ folder }: { folder: string }) => {
      this.folder = folder
      this.open = true
      return { recovery_key: 'K7QF-2M9D-XW4H-P8RT-5VNC-J3YB-ZE6L-AG1S' }
    },
    open_vault: ({ folder, passphrase }: { folder: string; passphrase: string }) => {
      this.keys.opens(passphrase)
      this.folder = folder
      this.open = true
      return null
    },
    open_with_recovery_key: () => {
      this.open = true
      return null
    },
    open_example: () => {
      this.open = this.example = true
      return null
    },
    lock_vault: () => {
      this.open = false
      return null
    },
    list_records: ({
      filter,
    }: {
      filter: { kind: string | null; from: string | null; to: string | null; offset: number; limit: number | null }
    }) => {
      const found = this.sorted().filter(
        (record) =>
          (!filter.kind || record.kind === filter.kind) &&
          (!filter.from || asText(record.date) >= filter.from) &&
          (!filter.to || asText(record.date) <= filter.to),
      )
      const page = found.slice(filter.offset, filter.offset + (filter.limit ?? found.length))
      return { records: page.map((record) => lineOf(record)), total: found.length }
    },
    record_lines: ({ ids }: { ids: string[] }) =>
      ids.flatMap((id) => {
        const record = this.records.get(id)
        return record ? [lineOf(record)] : []
      }),
    search: ({ query }: { query: string }) => {
      const hits = this.sorted().filter((record) => JSON.stringify(record).toLowerCase().includes(query.toLowerCase()))
      return {
        total: hits.length,
        total_is_more: false,
        hits: hits.slice(0, 50).map((record) => ({
          ...lineOf(record),
          snippet: `… ${asText(record.body).slice(0, 80)} …`,
          marks: [],
        })),
      }
    },
    record: ({ id }: { id: string }) => this.records.get(id) ?? this.fail('no-record', 'There is no such record.'),
    save_record: ({ draft }: { draft: Draft }) => {
      const failure = failureOf(draft)
      if (failure) this.refuse(failure)
      this.answers.plan = planAfter(draft) ?? this.answers.plan
      this.version(asText(draft.id))
      const id = this.put(draft)
      this.kept.delete(id)
      return this.records.get(id)
    },
    findings: () => this.findings,
    could_show: ({ draft }: { draft: Draft }) => couldShowOf(draft),
    keep_draft: ({ id, draft }: { id: string; draft: Draft }) => {
      this.kept.set(id, { id, draft, touched: `${TODAY}T09:00:00Z` })
      return null
    },
    drop_draft: ({ id }: { id: string }) => {
      this.kept.delete(id)
      return null
    },
    drafts: () => [...this.kept.values()],
    new_id: () => this.id(),
    history: ({ id }: { id: string }) => this.versions.get(id) ?? [],
    bring_back: ({ id, number }: { id: string; number: number }) => {
      const version = this.versions.get(id)?.find((one) => one.number === number)
      if (!version) return this.fail(null, 'There is no such version.')
      this.version(id)
      this.records.set(id, version.record)
      return version.record
    },
    move_to_bin: ({ ids }: { ids: string[] }) =>
      ids.map((id) => {
        const record = this.records.get(id) ?? this.fail(null, 'There is no such record.')
        this.records.delete(id)
        this.binned.set(id, record)
        const naming = [...this.records.values()].filter((other) => JSON.stringify(other).includes(id))
        return { ...lineOf(record), named_by: naming.length }
      }),
    bin: (): BinnedRecord[] =>
      [...this.binned.values()].map((record) => ({ record: lineOf(record), binned: `${TODAY}T10:00:00` })),
    restore: ({ ids }: { ids: string[] }) =>
      ids.map((id) => {
        const record = this.binned.get(id) ?? this.fail(null, 'There is no such record in the bin.')
        this.binned.delete(id)
        this.records.set(id, record)
        return lineOf(record)
      }),
    empty_bin: () => {
      const emptied = this.binned.size
      this.binned.clear()
      return { emptied, note: 'Nothing of it is left in this vault.' }
    },
    acknowledge: () => {
      this.doubts = []
      return null
    },
    ...this.keys.handlers,
    plan: () => this.plan(),
    today: (): TodayFacts => ({
      ...this.answers.today,
      doubts: this.doubts,
      drafts: [...this.kept.values()],
      has_profile: this.sorted().some((record) => record.kind === 'profile'),
      next: this.plan().steps[0] ?? null,
      summary: this.gaps().summary,
    }),
    caseload: () => this.answers.caseload,
    trainings: () => this.answers.trainings,
    appraisal: () => this.answers.appraisal,
    done_action: ({ supervision, number }: { supervision: string; number: number }) => {
      const { today } = this.answers
      const actions = today.agenda.actions.filter((one) => one.supervision !== supervision || one.number !== number)
      this.answers.today = { ...today, agenda: { ...today.agenda, actions } }
      return null
    },
    put_guidance_away: ({ key }: { key: string }) => {
      const { today } = this.answers
      this.putAway.push(...today.guidance.filter((note) => note.key === key))
      this.answers.today = { ...today, guidance: today.guidance.filter((note) => note.key !== key) }
      return null
    },
    bring_guidance_back: ({ key }: { key: string }) => {
      const { today } = this.answers
      const back = this.putAway.filter((note) => note.key === key)
      this.answers.today = { ...today, guidance: [...today.guidance, ...back] }
      return null
    },
    jotting: ({ line }: { line: string }) => jottingOf(line),
    jot: ({ line }: { line: string }) => {
      const jotting = jottingOf(line)
      if (!jotting) this.fail(null, 'That line says neither who you saw nor how long it took.')
      if (jotting.missing.length > 0) this.fail(null, jotting.missing.join(' '))
      const id = this.id()
      const draft: Draft = { ...jotting.draft, id }
      if (draft.kind === 'reflection') {
        this.kept.set(id, { id, draft, touched: `${TODAY}T09:00:00Z` })
        return { kept: { id, draft } }
      }
      this.put(draft)
      return { logged: { record: draft, followups: followupsOf(NAMES.session) } }
    },
    followups: ({ id }: { id: string }) => followupsOf(id),
    ratings: () => this.answers.ratings,
    gaps: () => this.gaps(),
    attach: () => ({ files: [this.attachment], refused: [] as Failure[] }),
    attach_content: ({ name, content }: { name: string; content: string }) => {
      const bytes = atob(content)
      const media_type = bytes.startsWith('\x89PNG') ? 'image/png' : 'text/plain'
      const sha256 = [...bytes]
        .reduce((sum, one) => (sum * 31 + one.charCodeAt(0)) % 9_973, 7)
        .toString(16)
        .padStart(64, '0')
      return { name, media_type, sha256, bytes: bytes.length }
    },
    thumbnail: () => 'data:image/png;base64,iVBORw0KGgo=',
    save_attachment: ({ name }: { name: string }) => `/home/you/Documents/${name}`,
    check_export: ({ options, sheet, onProgress }: Export) => this.export(options, sheet, onProgress),
    export_portfolio: async ({ options, sheet, onProgress }: Export) => {
      const name = `portfolio-${TODAY}.${sheet}`
      const report = { ...(await this.export(options, sheet, onProgress)), path: `/home/you/Documents/${name}` }
      const { sha256, fingerprint, audience, from, to, records, pages } = report
      const at = `${TODAY}T09:00:${String(this.given.length).padStart(2, '0')}Z`
      this.given = [{ at, name, sheet, sha256, fingerprint, audience, from, to, records, pages }, ...this.given]
      return report
    },
    releases: () => this.given,
    cancel_export: () => {
      this.cancelled = true
      return null
    },
    export_jsonl: () => {
      const path = '/home/you/Documents/coachfolio/records.jsonl'
      return { path, records: 15, versions: 2, models: 0, attachments: 1, notes: [] }
    },
    reading: ({ text }: { text: string }) => readingOf(text),
    same_reading: ({ one, other }: { one: string; other: string }) => isSameReading(one, other),
    close_window: () => {
      this.closed = true
      return null
    },
    hold_window: () => {
      this.held += 1
      return null
    },
  }
}
