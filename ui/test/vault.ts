// A vault in memory behind the shell's commands, for tests and for looking at the window in a browser. Its rules are a
// rough likeness of the domain's: enough for the window to have something to show.
import type { Channel } from '@tauri-apps/api/core'
import { emit } from '@tauri-apps/api/event'
import { mockIPC } from '@tauri-apps/api/mocks'

import type {
  Agenda,
  BinnedRecord,
  CompetencyState,
  Draft,
  EvidenceKind,
  ExportReport,
  Followup,
  Gaps,
  KeptDraft,
  Model,
  NeedState,
  Note,
  NotShown,
  OpenAction,
  OpenQuestion,
  Plan,
  PortfolioChoice,
  Problem,
  RecordLine,
  Release,
  Renewable,
  Rhythm,
  Sheet,
  TodayFacts,
  Version,
} from '../src/api'
import { holds, isFilled, offered } from '../src/records/condition'
import { asText, claimsOf } from '../src/records/values'
import { shelf } from './shelf'

type Export = { options: PortfolioChoice; sheet: Sheet; onProgress: Channel<{ fraction: number }> }

type Handlers = { [command: string]: (args: never) => unknown }

export const TODAY = '2026-06-14'

export class MemoryVault {
  open = false
  example = false
  folder: string | null = null
  recent: string[] = []
  records = new Map<string, Draft>()
  kept = new Map<string, KeptDraft>()
  /** The coach's own models. */
  models: Model[] = []
  versions = new Map<string, Version[]>()
  binned = new Map<string, Draft>()
  putAway = new Set<string>()
  /** Changes that an older copy of the vault lost. */
  lost = 0
  /** What is due and what is said of it. */
  actions: OpenAction[] = []
  notes: Note[] = []
  questions: OpenQuestion[] = []
  expiring: Renewable[] = []
  rhythms: Rhythm[] = []
  follow: Followup[] = []
  /** What was given out, and what of it cannot be shown. */
  given: Release[] = []
  notShown: NotShown[] = []
  calls: { command: string; args: unknown }[] = []
  closed = false
  /** What the native dialogs answer. */
  chosenFolder: string | null = '/home/you/Documents/Coaching'
  attachment = { name: 'certificate.pdf', media_type: 'application/pdf', sha256: 'a'.repeat(64), bytes: 48_213 }
  /** How long an export takes, in milliseconds a step. */
  pace = 0
  private ids = 0
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

  private fail(code: string | null, message: string, hint: string | null = null, problems: Problem[] = []): never {
    throw { code, message, hint, problems }
  }

  private sorted() {
    return [...this.records.values()].sort((a, b) => asText(b.date).localeCompare(asText(a.date)))
  }

  private line(record: Draft): RecordLine {
    const kind = shelf.kinds.find((kind) => kind.id === record.kind)
    const facts = kind?.fields.flatMap((field) => {
      const value = record[field.id]
      if (!isFilled(value)) return []
      if (field.type === 'minutes') return [`${asText(value)} minutes`]
      if (field.type === 'choice') return field.options.filter((one) => one.id === value).map((one) => one.label)
      return []
    })
    return {
      id: asText(record.id),
      kind: asText(record.kind),
      date: asText(record.date),
      title: asText(record.title),
      competencies: claimsOf(record).map((claim) => claim.competency),
      facts: (facts ?? []).slice(0, 3).join(' · '),
    }
  }

  private check(draft: Draft) {
    const problems: Problem[] = []
    const kind = shelf.kinds.find((kind) => kind.id === draft.kind)
    if (!isFilled(draft.title) && !kind?.title_from)
      problems.push({ field: 'title', message: 'Give it a title, so that it can be found again.' })
    if (!/^\d{4}-\d\d-\d\d$/.test(asText(draft.date)))
      problems.push({ field: 'date', message: 'Say on which day it happened.' })
    for (const field of kind?.fields ?? []) {
      const value = draft[field.id]
      if (field.required && !isFilled(value)) problems.push({ field: field.id, message: `${field.label} is needed.` })
      if (field.type === 'minutes' && isFilled(value) && typeof value !== 'number')
        problems.push({ field: field.id, message: `${field.label}: expected whole minutes.` })
      if (field.type === 'list' && Array.isArray(value)) {
        value.forEach((row: Draft, index) => {
          for (const part of field.fields) {
            if (part.required && !isFilled(row[part.id]))
              problems.push({ field: `${field.id}[${index}].${part.id}`, message: `${part.label} is needed.` })
          }
        })
      }
    }
    for (const rule of (
      kind as unknown as { rules?: { when: never; field: string; must_be: unknown; message: string }[] }
    )?.rules ?? []) {
      if (holds(rule.when, draft) && draft[rule.field] !== rule.must_be)
        problems.push({ field: rule.field, message: rule.message })
    }
    if (problems.length > 0) this.fail('problems', 'This cannot be kept as it stands.', null, problems)
  }

  private evidence() {
    return [...this.records.values()].flatMap((record) => {
      const kind = shelf.kinds.find((kind) => kind.id === record.kind)
      if (!kind) return []
      return claimsOf(record).flatMap((claim) =>
        (claim.as ? [claim.as] : offered(kind, record)).map((evidence) => ({
          competency: claim.competency,
          evidence: evidence as EvidenceKind,
          id: asText(record.id),
          date: asText(record.date),
        })),
      )
    })
  }

  gaps(): Gaps {
    const evidence = this.evidence().sort((a, b) => a.date.localeCompare(b.date))
    const competencies = shelf.framework.competencies.map((competency): CompetencyState => {
      const ours = evidence.filter((one) => one.competency === competency.number)
      const needs = competency.needs.map((need): NeedState => {
        const accepts = need.kind ? [need.kind] : (need.any_of ?? [])
        const right = ours.filter((one) => accepts.includes(one.evidence))
        const first = need.after ? ours.find((one) => one.evidence === need.after) : undefined
        const counts = need.after ? right.filter((one) => first && one.date >= first.date) : right
        const waiting = right.filter((one) => !counts.includes(one)).map((one) => one.id)
        const records = [...new Set(counts.map((one) => one.id))]
        return { ...need, met: records.length > 0, records, ...(waiting.length > 0 ? { waiting } : {}) }
      })
      const some = needs.some((need) => need.records.length > 0 || need.waiting?.length)
      return {
        competency: competency.number,
        title: competency.title,
        area: competency.area,
        expected: competency.expected_from_tier <= 1,
        status: needs.every((need) => need.met) ? 'evidenced' : some ? 'partial' : 'none',
        stale: false,
        needs,
      }
    })
    const expected = competencies.filter((state) => state.expected)
    const count = (status: string) => expected.filter((state) => state.status === status).length
    const summary = {
      expected: expected.length,
      none: count('none'),
      partial: count('partial'),
      evidenced: count('evidenced'),
      signed_off: count('signed-off'),
      stale: 0,
    }
    return { framework: shelf.framework.id, today: TODAY, tier: 1, summary, competencies }
  }

  /** One observed session for what was never observed, eight competencies at most. */
  plan(): Plan {
    const kind = 'observed-practice'
    const open = this.gaps().competencies.filter(
      (state) => state.expected && state.needs.some((need) => need.kind === kind && !need.met),
    )
    const competencies = open.slice(0, 8).map((state) => state.competency)
    const step = {
      act: 'observed-session',
      title: `One observed session would close ${competencies.length} of your gaps.`,
      what: 'One observed session',
      how: 'Ask someone to sit in, or record with the client’s consent.',
      kind: 'observation',
      set: { source: 'live' },
      competencies,
      closes: competencies.map((competency) => ({ competency, kind: kind as EvidenceKind })),
      completes: [],
    }
    const ongoing = { competency: '1.5', text: 'Keep meeting your supervisor at the expected rhythm.' }
    const none = competencies.length === 0
    return {
      today: TODAY,
      open_needs: none ? 0 : competencies.length + 1,
      steps: none ? [] : [step],
      ongoing: none ? [] : [ongoing],
    }
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
    const inside = this.sorted().filter((record) => {
      const date = asText(record.date)
      const within = (!options.from || date >= options.from) && (!options.to || date <= options.to)
      return within && shelf.kinds.find((kind) => kind.id === record.kind)?.about !== 'someone'
    })
    const isPrivate = (record: Draft) =>
      record.kind === 'reflection' &&
      claimsOf(record).length === 0 &&
      options.audience !== 'full' &&
      !options.also?.includes(asText(record.id))
    const held = inside.filter((record) => !isPrivate(record))
    const kept = inside.filter(isPrivate).map((record) => ({
      id: asText(record.id),
      kind: asText(record.kind),
      date: asText(record.date),
      title: asText(record.title),
    }))
    return {
      path: null,
      sheet,
      sha256: 'a'.repeat(64),
      fingerprint: 'b'.repeat(64),
      audience: options.audience ?? 'whole',
      from: options.from,
      to: options.to,
      records: held.length,
      pages: sheet === 'pdf' ? 42 : 1,
      bytes: 812_345,
      went_in: shelf.kinds.flatMap((kind) => {
        const records = held.filter((record) => record.kind === kind.id).length
        return records > 0 ? [{ kind: kind.id, title: kind.plural, records }] : []
      }),
      left_out: kept.length > 0 ? [{ why: `Private journal entries: ${kept.length}.`, records: kept }] : [],
      not_shown: this.notShown,
    }
  }

  /** What a record says now becomes an earlier version. */
  private version(id: string) {
    const before = this.records.get(id)
    if (!before) return
    const known = this.versions.get(id) ?? []
    this.versions.set(id, [{ number: known.length + 1, saved: `${TODAY}T08:05:00`, record: before }, ...known])
  }

  handlers = {
    shelf: () => ({ ...shelf, prompts: [...shelf.prompts, ...this.models] }),
    keep_model: ({ model }: { model: Model }) => {
      const kept = { ...model, id: `own:${model.title}` }
      if (model.prompts.length === 0)
        this.fail('problems', 'This model cannot be kept yet.', null, [
          { field: 'prompts', message: 'A model has 1 to 20 prompts.' },
        ])
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
      if (passphrase !== 'correct horse battery')
        this.fail('wrong-passphrase', 'That is not the passphrase.', 'Try again.')
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
      return { records: page.map((record) => this.line(record)), total: found.length }
    },
    record_lines: ({ ids }: { ids: string[] }) =>
      ids.flatMap((id) => {
        const record = this.records.get(id)
        return record ? [this.line(record)] : []
      }),
    search: ({ query }: { query: string }) => {
      const hits = this.sorted().filter((record) => JSON.stringify(record).toLowerCase().includes(query.toLowerCase()))
      return {
        total: hits.length,
        total_is_more: false,
        hits: hits.slice(0, 50).map((record) => ({
          ...this.line(record),
          snippet: `… ${asText(record.body).slice(0, 80)} …`,
        })),
      }
    },
    record: ({ id }: { id: string }) => this.records.get(id) ?? this.fail('no-record', 'There is no such record.'),
    save_record: ({ draft }: { draft: Draft }) => {
      this.check(draft)
      this.version(asText(draft.id))
      const id = this.put(draft)
      this.kept.delete(id)
      return this.records.get(id)
    },
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
        return this.line(record)
      }),
    bin: (): BinnedRecord[] =>
      [...this.binned.values()].map((record) => ({ record: this.line(record), binned: `${TODAY}T10:00:00` })),
    restore: ({ ids }: { ids: string[] }) =>
      ids.map((id) => {
        const record = this.binned.get(id) ?? this.fail(null, 'There is no such record in the bin.')
        this.binned.delete(id)
        this.records.set(id, record)
        return this.line(record)
      }),
    empty_bin: () => {
      const emptied = this.binned.size
      this.binned.clear()
      return { emptied, note: 'Nothing of it is left in this vault.' }
    },
    lost_changes: () => this.lost,
    acknowledge_loss: () => {
      this.lost = 0
      return null
    },
    plan: () => this.plan(),
    rhythm: () => ({ today: TODAY, kinds: this.rhythms }),
    today: (): TodayFacts => ({
      today: TODAY,
      expiring: this.expiring,
      questions: this.questions,
      open_actions: this.actions.length,
      overdue_actions: 0,
      parked: 0,
      guidance: this.notes.filter((note) => !this.putAway.has(note.key)),
    }),
    agenda: (): Agenda => ({
      today: TODAY,
      with: null,
      actions: this.actions,
      parked: [],
      questions: this.questions,
      first_contacts: [],
    }),
    done_action: ({ supervision, number }: { supervision: string; number: number }) => {
      this.actions = this.actions.filter((one) => one.supervision !== supervision || one.number !== number)
      return null
    },
    put_guidance_away: ({ key }: { key: string }) => {
      this.putAway.add(key)
      return null
    },
    bring_guidance_back: ({ key }: { key: string }) => {
      this.putAway.delete(key)
      return null
    },
    followups: ({ id }: { id: string }) => (this.records.get(id)?.kind === 'session' ? this.follow : []),
    ratings: () => [],
    gaps: () => this.gaps(),
    hours: () => ({
      nhs_minutes: 3_420,
      other_minutes: 90,
      supervised_minutes: 3_000,
      tier: 1,
      outstanding: [],
      next: { tier: 2, minutes_left: 8_580, forecast: '2027-05-02', pace_minutes: 2_400, open_conditions: [] },
      by_mode: { 'face-to-face': 2_000, video: 1_420 },
      by_format: { 'one-to-one': 3_000, group: 420 },
    }),
    attach: () => this.attachment,
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
    export_jsonl: () => ({ path: '/home/you/Documents/coachfolio/records.jsonl', records: 15, attachments: 1 }),
    close_window: () => {
      this.closed = true
      return null
    },
  }
}
