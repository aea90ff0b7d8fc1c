// What the domain answers about the example's vault. The Rust tests write it (`cargo answers`), so that nothing is
// worked out here; what was never asked there fails here.
import asked from '../../tests/golden/answers/asked.json'
import couldShow from '../../tests/golden/answers/could-show.json'
import empty from '../../tests/golden/answers/empty.json'
import example from '../../tests/golden/answers/example.json'
import exports from '../../tests/golden/answers/exports.json'
import jottings from '../../tests/golden/answers/jottings.json'
import observed from '../../tests/golden/answers/observed.json'
import problems from '../../tests/golden/answers/problems.json'
import readings from '../../tests/golden/answers/readings.json'
import type {
  Appraisal,
  Caseload,
  CouldShow,
  Draft,
  ExportReport,
  Failure,
  Followup,
  Gaps,
  Jotting,
  Plan,
  PortfolioChoice,
  RecordLine,
  TodayFacts,
  Trainings,
} from '../src/api'
import { isFilled } from '../src/records/condition'
import { asText, claimsOf } from '../src/records/values'

/** Where a coach stands, as the pages ask for it. */
export type Standing = {
  gaps: Gaps
  plan: Plan
  today: TodayFacts
  caseload: Caseload
  ratings: unknown[]
  trainings: Trainings
  appraisal: Appraisal
}

export const TODAY = asked.today
export const EMPTY = empty as unknown as Standing
export const EXAMPLE = example as unknown as Standing
export const RECORDS = asked.records as Draft[]
export const NAMES = asked.names

/** What is said of a model without a question. */
export const NO_QUESTIONS = problems.model as unknown as Failure

/** A draft without what stands for nothing and without what the vault stamps: two that say the same are the same. */
function said(draft: Draft): string {
  const stamps = ['id', 'created', 'modified', 'kind_version']
  const entries = Object.entries(draft).filter(([field, value]) => !stamps.includes(field) && isFilled(value))
  return JSON.stringify(entries.sort(([a], [b]) => a.localeCompare(b)))
}

/** What keeps a draft from being saved, where it is one of those that were asked about; any other one fits. */
export function failureOf(draft: Draft): Failure | undefined {
  const misfit = problems.records.find((one) => said(one.draft) === said(draft))
  return misfit?.failure as unknown as Failure | undefined
}

/** What a draft could show that says as much as one that was asked about: its kind, and what it is put forward for. */
export function couldShowOf(draft: Draft): CouldShow[] {
  const told = (draft: Draft) => JSON.stringify([draft.kind, claimsOf(draft).map((claim) => claim.competency)])
  const found = couldShow.find((one) => told(one.draft) === told(draft))
  if (!found) throw new Error(`tests/golden/answers/asked.json does not ask what this could show: ${told(draft)}`)
  return found.could_show as CouldShow[]
}

/** The plan that is left, when the draft is what the plan's first step begins. */
export function planAfter(draft: Draft): Plan | undefined {
  return said(observed.draft) === said(draft) ? (observed.plan as unknown as Plan) : undefined
}

export function lineOf(record: Draft): RecordLine {
  const known = (example.lines as { [id: string]: { facts: string } })[asText(record.id)]
  return {
    id: asText(record.id),
    kind: asText(record.kind),
    date: asText(record.date),
    title: asText(record.title),
    competencies: claimsOf(record).map((claim) => claim.competency),
    facts: known?.facts ?? '',
  }
}

/** How a text is read. */
export function readingOf(text: string): string {
  const known = (readings.readings as { [text: string]: string })[text]
  if (known === undefined) throw new Error(`tests/golden/answers/asked.json does not ask how this is read: ${text}`)
  return known
}

/** Whether two texts are read as the same. */
export function isSameReading(one: string, other: string): boolean {
  const known = (readings.same as { pair: string[]; same: boolean }[]).find(
    ({ pair }) => pair[0] === one && pair[1] === other,
  )
  if (!known && one !== other)
    throw new Error(`asked.json does not ask about this pair: ${JSON.stringify([one, other])}`)
  return known?.same ?? true
}

export function followupsOf(id: string): Followup[] {
  return (example.followups as unknown as { [id: string]: Followup[] })[id] ?? []
}

/** What an export of the example would hold, beside so many private journal entries. */
export function reportOf(entries: number, { audience, from, to, also }: PortfolioChoice): ExportReport {
  type Asked = { audience: string; from?: string; to?: string; also?: number[] }
  const key = (of: unknown[]) => JSON.stringify(of)
  const wanted = key([entries, audience, from ?? null, to ?? null, also ?? []])
  const found = exports.find(({ private: entries, options }) => {
    const { audience, from = null, to = null, also = [] } = options as Asked
    return key([entries, audience, from, to, also.map((number) => `private-${number}`)]) === wanted
  })
  if (!found) throw new Error(`tests/golden/answers/asked.json does not ask for the export ${wanted}`)
  return found.report as unknown as ExportReport
}

/** How a line is understood; one that was never asked about is not understood. */
export function jottingOf(line: string): Jotting | null {
  return (jottings as unknown as Record<string, Jotting | null>)[line.trim()] ?? null
}
