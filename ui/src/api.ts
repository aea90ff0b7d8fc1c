// The one file that talks to the shell. Everything else imports it.
import { Channel } from '@tauri-apps/api/core'

import { commands, events } from './bindings'
import type * as shell from './bindings'

export { AUDIENCES } from './bindings'

export type {
  Appraisal,
  Attachment,
  Audience,
  BinnedRecord,
  Capability,
  Caseload,
  Choice,
  Client as SeenClient,
  Competency,
  CompetencyState,
  Condition,
  Cpd,
  Decision,
  Deleted,
  EvidenceKind,
  ExportProgress,
  ExportReport,
  CouldShow,
  Field,
  Found,
  Finding,
  Framework,
  FrameworkList,
  Gaps,
  Goal,
  Hit,
  Hours,
  Jotting,
  Kind,
  LeftOut,
  Model,
  Named,
  Need,
  NeedState,
  NotShown,
  Note,
  Offer,
  OpenAction,
  OpenQuestion,
  ParkedEntry,
  Plan,
  PortfolioChoice,
  Problem,
  RecordLine,
  RecordPage,
  Release,
  Renewable,
  RescuedVault,
  Rhythm,
  Route,
  Sheet,
  Status,
  Step,
  Summary,
  SupervisionType,
  Topic,
  Training,
  Trainings,
  TextRange,
  Uncounted,
  VaultState,
  Shelf,
  WrittenOpenForm,
} from './bindings'

/** A record or draft in the open form: its values by the names of their fields. */
export type Draft = { [field: string]: unknown }

/** The same as the shell's own type has it. */
type Json = { [field: string]: shell.Value }

export type KeptDraft = { id: string; draft: Draft; touched: string }

/** What Today's page shows. */
export type TodayFacts = Omit<shell.Today, 'drafts'> & { drafts: KeptDraft[] }

/** A record that could be written next, and what its form begins with. */
export type Followup = { label: string; draft: Draft }

/** What became of a line: a session with what usually follows it, or a draft. */
export type Jotted =
  | { logged: { record: Draft; followups: Followup[] }; kept?: undefined }
  | { kept: { id: string; draft: Draft }; logged?: undefined }

/** What a record said once. */
export type Version = { number: number; saved: string; record: Draft }

export type Claim = { competency: string; as?: shell.EvidenceKind | null; reason?: string }

export type Filter = {
  kind?: string | null
  competency?: string | null
  from?: string | null
  to?: string | null
  offset: number
  /** The most to return; nothing means all. */
  limit: number | null
}

/** What to do next in the window, for what comes without a word on that. */
const HINTS: Partial<Record<shell.Code, string>> = {
  'no-record':
    'It may have been deleted since this page was opened. Deleted records are in the bin until it is emptied.',
  damaged: 'Keep the vault’s folder as it is, and put your latest backup into a new one.',
  torn: 'Lock the portfolio. Where you unlock it, you can save what is readable as a new one.',
}

/** What the shell could not do, in words for a coach. */
export class Failure extends Error {
  readonly code: string | null
  readonly hint: string | null
  readonly problems: shell.Problem[]

  constructor(failure: Partial<shell.Failure> & { message: string }) {
    super(failure.message)
    this.name = 'Failure'
    this.code = failure.code ?? null
    this.hint = failure.hint ?? (failure.code ? HINTS[failure.code] : null) ?? null
    this.problems = failure.problems ?? []
  }
}

/** Any error as a failure that can be shown. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  return new Failure({ message: error instanceof Error ? error.message : String(error) })
}

let lockedMeanwhile = () => {}

/** Calls back when the vault turns out to have been locked in the meantime. */
export function onLocked(callback: () => void): void {
  lockedMeanwhile = callback
}

type Answer<T> = { status: 'ok'; data: T } | { status: 'error'; error: shell.Failure }

async function answer<T>(call: Promise<Answer<T>>): Promise<T> {
  const result = await call
  if (result.status === 'error') {
    // A call that never reached a command (a malformed id) is refused by Tauri itself, in plain text.
    const told: unknown = result.error
    if (typeof told === 'string') throw new Failure({ code: null, message: told, hint: null, problems: [] })
    if (result.error.code === 'locked') lockedMeanwhile()
    throw new Failure(result.error)
  }
  return result.data
}

export const shelf = () => answer(commands.shelf())
/** Whether the shell has it said; if not, the page has to. */
export const say = (words: string) => answer(commands.say(words))
export const zoom = (factor: number) => answer(commands.zoom(factor))
export const vaultState = () => answer(commands.vaultState())
export const chooseFolder = (purpose: 'new' | 'open') => answer(commands.chooseFolder(purpose))
export const createVault = (folder: string, passphrase: string) => answer(commands.createVault(folder, passphrase))
export const openVault = (folder: string, passphrase: string) => answer(commands.openVault(folder, passphrase))
export const openWithRecoveryKey = (folder: string, key: string, newPassphrase: string) =>
  answer(commands.openWithRecoveryKey(folder, key, newPassphrase))
export const openExample = () => answer(commands.openExample())
export const lockVault = () => answer(commands.lockVault())

export const listRecords = (filter: Filter) =>
  answer(commands.listRecords({ kind: null, competency: null, from: null, to: null, ...filter }))
export const recordLines = (ids: string[]) => answer(commands.recordLines(ids))
export const search = (query: string, limit: number) => answer(commands.search(query, limit))
export const record = async (id: string): Promise<Draft> => (await answer(commands.record(id))) as Draft
export const saveRecord = async (draft: Draft): Promise<Draft> =>
  (await answer(commands.saveRecord(draft as Json))) as Draft
export const jotting = (line: string) => answer(commands.jotting(line))
export const jot = async (line: string): Promise<Jotted> => (await answer(commands.jot(line))) as Jotted
/** What there is to say of a draft that does not keep it from being saved. */
export const findings = (draft: Draft) => answer(commands.findings(draft as Json))
export const couldShow = (draft: Draft) => answer(commands.couldShow(draft as Json))
export const keepDraft = (id: string, draft: Draft) => answer(commands.keepDraft(id, draft as Json))
export const keepModel = (model: shell.Model) => answer(commands.keepModel(model))
export const dropModel = (id: string) => answer(commands.dropModel(id))
export const dropDraft = (id: string) => answer(commands.dropDraft(id))
export const drafts = async (): Promise<KeptDraft[]> => (await answer(commands.drafts())) as KeptDraft[]
export const newId = () => answer(commands.newId())
export const gaps = () => answer(commands.gaps())
export const plan = () => answer(commands.plan())
export const today = async (): Promise<TodayFacts> => (await answer(commands.today())) as TodayFacts
export const caseload = () => answer(commands.caseload())
export const trainings = () => answer(commands.trainings())
/** What was true on the last day of a period; nothing for the review period that ends today. */
export const appraisal = (from: string | null, to: string | null) => answer(commands.appraisal(from, to))
export const doneAction = (supervision: string, number: number) => answer(commands.doneAction(supervision, number))
export const putGuidanceAway = (key: string) => answer(commands.putGuidanceAway(key))
export const bringGuidanceBack = (key: string) => answer(commands.bringGuidanceBack(key))
export const followups = async (id: string): Promise<Followup[]> => (await answer(commands.followups(id))) as Followup[]
export const ratings = () => answer(commands.ratings())

export const history = async (id: string): Promise<Version[]> => (await answer(commands.history(id))) as Version[]
export const bringBack = (id: string, number: number) => answer(commands.bringBack(id, number))
export const moveToBin = (ids: string[]) => answer(commands.moveToBin(ids))
export const bin = () => answer(commands.bin())
export const restore = (ids: string[]) => answer(commands.restore(ids))
export const emptyBin = () => answer(commands.emptyBin())
export const acknowledge = () => answer(commands.acknowledge())
export const changePassphrase = (passphrase: string, next: string) =>
  answer(commands.changePassphrase(passphrase, next))
/** Makes a new recovery key, which is shown once; the one before no longer opens the vault. */
export const newRecoveryKey = (passphrase: string) => answer(commands.newRecoveryKey(passphrase))
/** Saves what is readable of a damaged vault as a new one. */
export const rescue = (folder: string, passphrase: string, into: string) =>
  answer(commands.rescue(folder, passphrase, into))
/** Looks through some of the vault's pages, each time the next; says whether all were looked at and whether one is damaged. */
export const checkPages = () => answer(commands.checkPages())

/** A text as HTML, made from it by the shell: it holds no link and no picture, and nothing of it runs. */
export const reading = (text: string) => answer(commands.reading(text))
export const isSameReading = (one: string, other: string) => answer(commands.sameReading(one, other))

/** Asks for files and takes them in. */
export const attach = () => answer(commands.attach())
/** Takes in what was dropped or pasted, its content in base64. */
export const attachContent = (name: string, content: string) => answer(commands.attachContent(name, content))
/** A small picture of an attached file, as an address for an `img`. */
export const thumbnail = (sha256: string) => answer(commands.thumbnail(sha256))
/** Asks where to, and writes a copy there; where it went, or nothing. */
export const saveAttachment = (sha256: string, name: string) => answer(commands.saveAttachment(sha256, name))

function telling(onProgress: (progress: shell.ExportProgress) => void) {
  const channel = new Channel<shell.ExportProgress>()
  channel.onmessage = onProgress
  return channel
}
/** Asks where to, writes the portfolio there, and notes it in the log of what was given out. */
export const exportPortfolio = (
  options: shell.PortfolioChoice,
  sheet: shell.Sheet,
  onProgress: (progress: shell.ExportProgress) => void,
) => answer(commands.exportPortfolio(options, sheet, telling(onProgress)))
/** Says what the portfolio would hold; writes nothing. */
export const checkExport = (
  options: shell.PortfolioChoice,
  sheet: shell.Sheet,
  onProgress: (progress: shell.ExportProgress) => void,
) => answer(commands.checkExport(options, sheet, telling(onProgress)))
export const releases = () => answer(commands.releases())
export const cancelExport = () => answer(commands.cancelExport())
export const exportJsonl = () => answer(commands.exportJsonl())

/** Calls back when the person closes the window; the window stays until `closeWindow`. */
export const onCloseRequested = (callback: () => void) => events.closeRequested.listen(() => callback())
export const closeWindow = () => answer(commands.closeWindow())
/** The other answer to it: the window stays open, since something could not be kept. */
export const holdWindow = () => answer(commands.holdWindow())
