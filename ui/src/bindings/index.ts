// Stands in for the file that tauri-specta makes from the Rust types; same names, same forms.
import { type Channel, invoke } from '@tauri-apps/api/core'

export type Result<T, E> = { status: 'ok'; data: T } | { status: 'error'; error: E }

export type Problem = { field: string; message: string }
export type Failure = { code: string | null; message: string; hint: string | null; problems: Problem[] }

export type Condition =
  | { all: Condition[] }
  | { field: string; in: unknown[] }
  | { field: string; filled: boolean }
export type Choice = { id: string; label: string }
export type FrameworkList = 'competencies' | 'capabilities' | 'models' | 'standards'
export type FieldType =
  | { type: 'text' }
  | { type: 'markdown' }
  | { type: 'whole'; min: number; max: number }
  | { type: 'minutes' }
  | { type: 'number'; min: number; max: number; above_min?: boolean }
  | { type: 'yes-no' }
  | { type: 'date' }
  | { type: 'choice'; options: Choice[] }
  | { type: 'framework'; list: FrameworkList; many?: boolean }
  | { type: 'record'; of: string }
  | { type: 'attachment' }
  | { type: 'answers'; model: string }
  | { type: 'group'; fields: Field[] }
  | { type: 'list'; fields: Field[]; row: string }
export type Field = {
  id: string
  label: string
  help?: string | null
  required?: boolean
  default?: unknown
  when?: Condition | null
} & FieldType
export type EvidenceKind =
  | 'observed-practice'
  | 'session-notes-review'
  | 'coaching-supervision'
  | 'line-management'
  | 'clinical-supervision'
  | 'reflective-journal'
  | 'peer-group'
  | 'client-feedback'
  | 'training-practice'
  | 'training-record'
  | 'e-learning'
  | 'self-directed-learning'
  | 'certificate'
  | 'practice-hours'
  | 'portfolio'
export type Offer = { evidence: EvidenceKind; when?: Condition | null }
export type Kind = {
  id: string
  version: number
  title: string
  plural: string
  summary: string
  empty: string
  title_example: string
  body_label?: string | null
  single?: boolean
  fields: Field[]
  offers: Offer[]
}
export type Prompt = { prompt: string; help: string }
export type Model = { id: string; title: string; summary: string; for: string; prompts: Prompt[] }
export type SupervisionType = 'health-coaching' | 'line-management' | 'clinical'
export type Need = {
  kind?: EvidenceKind | null
  any_of?: EvidenceKind[]
  after?: EvidenceKind | null
  rhythm?: SupervisionType | null
}
export type Competency = {
  number: string
  area: number
  title: string
  summary: string
  needs: Need[]
  gained_through: string[]
  expected_from_tier: number
  reference: string
}
export type Framework = {
  format: string
  id: string
  title: string
  wording: string
  evidence: { id: EvidenceKind; title: string; meaning: string }[]
  areas: { number: number; title: string; aliases?: string[] }[]
  competencies: Competency[]
  capabilities: { id: string; title: string }[]
  models: { id: string; title: string }[]
  tiers: { tier: number; hours: number; conditions: { about: string; text: string }[] }[]
  rhythms: {
    supervision: SupervisionType
    title: string
    full_time_months: number
    part_time_months: number
    note: string
  }[]
  supervisor_standards: { number: number; title: string; evidenced_by: string }[]
}
export type Books = { kinds: Kind[]; prompts: Model[]; framework: Framework }

export type VaultState = {
  open: boolean
  example: boolean
  folder: string | null
  recent: string[]
  today: string
}
export type NewVault = { recovery_key: string }
export type RecordFilter = {
  kind?: string | null
  competency?: string | null
  from?: string | null
  to?: string | null
  offset: number
  limit: number
}
export type RecordLine = {
  id: string
  kind: string
  date: string
  title: string
  competencies: string[]
  facts: string
}
export type RecordPage = { records: RecordLine[]; total: number }
export type Hit = { id: string; kind: string; date: string; title: string; snippet: string }
export type Found = { hits: Hit[]; total: number }
export type JsonObject = { [key: string]: unknown }
export type KeptDraft = { id: string; draft: JsonObject; touched: string }
export type Attachment = { name: string; media_type: string; sha256: string; bytes: number }
export type Status = 'none' | 'partial' | 'evidenced' | 'signed-off'
export type NeedState = Need & { met: boolean; records: string[]; waiting?: string[] }
export type CompetencyState = {
  competency: string
  title: string
  area: number
  expected: boolean
  status: Status
  stale: boolean
  needs: NeedState[]
}
export type Gaps = {
  framework: string
  today: string
  tier: number
  summary: {
    expected: number
    none: number
    partial: number
    evidenced: number
    signed_off: number
    stale: number
  }
  competencies: CompetencyState[]
}
export type NextTier = {
  tier: number
  minutes_left: number
  forecast: string | null
  pace_minutes: number
  open_conditions: string[]
}
export type Hours = {
  nhs_minutes: number
  other_minutes: number
  supervised_minutes: number
  tier: number
  outstanding: string[]
  next: NextTier | null
  by_mode: { [mode: string]: number }
  by_format: { [format: string]: number }
}
export type ExportOptions = { from: string | null; to: string | null }
export type ExportProgress = { fraction: number; step: string }
export type ExportReport = { path: string; pages: number; bytes: number; notes: string[] }

async function call<T>(command: string, args: { [name: string]: unknown } = {}): Promise<Result<T, Failure>> {
  try {
    return { status: 'ok', data: await invoke<T>(command, args) }
  } catch (error) {
    if (error instanceof Error) throw error
    return { status: 'error', error: error as Failure }
  }
}

export const commands = {
  books: () => call<Books>('books'),
  vaultState: () => call<VaultState>('vault_state'),
  chooseFolder: (purpose: 'new' | 'open') => call<string | null>('choose_folder', { purpose }),
  createVault: (folder: string, passphrase: string) => call<NewVault>('create_vault', { folder, passphrase }),
  openVault: (folder: string, passphrase: string) => call<null>('open_vault', { folder, passphrase }),
  openWithRecoveryKey: (folder: string, key: string, newPassphrase: string) =>
    call<null>('open_with_recovery_key', { folder, key, newPassphrase }),
  openExample: () => call<null>('open_example'),
  lockVault: () => call<null>('lock_vault'),
  listRecords: (filter: RecordFilter) => call<RecordPage>('list_records', { filter }),
  recordLines: (ids: string[]) => call<RecordLine[]>('record_lines', { ids }),
  search: (query: string, limit: number) => call<Found>('search', { query, limit }),
  record: (id: string) => call<JsonObject>('record', { id }),
  saveRecord: (draft: JsonObject) => call<JsonObject>('save_record', { draft }),
  keepDraft: (id: string, draft: JsonObject) => call<null>('keep_draft', { id, draft }),
  dropDraft: (id: string) => call<null>('drop_draft', { id }),
  drafts: () => call<KeptDraft[]>('drafts'),
  newId: () => call<string>('new_id'),
  gaps: () => call<Gaps>('gaps'),
  hours: () => call<Hours>('hours'),
  attach: () => call<Attachment | null>('attach'),
  exportPdf: (options: ExportOptions, onProgress: Channel<ExportProgress>) =>
    call<ExportReport | null>('export_pdf', { options, onProgress }),
  cancelExport: () => call<null>('cancel_export'),
  exportJsonl: () => call<string | null>('export_jsonl'),
  closeWindow: () => call<null>('close_window'),
}
