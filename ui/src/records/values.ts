// Reads the values of a draft, which may be anything until it is checked.
import type { Attachment, Claim, Draft, Field, Framework, Kind } from '../api'

export function asText(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : ''
}

export function asObject(value: unknown): Draft {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Draft) : {}
}

export function asRows(value: unknown): Draft[] {
  return Array.isArray(value) ? value.map(asObject) : []
}

export function asTexts(value: unknown): string[] {
  // One by itself is a list of one, as it stands in records from before a field took several.
  const values = Array.isArray(value) ? value : [value]
  return values.map(asText).filter((text) => text !== '')
}

export const claimsOf = (draft: Draft) => asRows(draft.claims) as Claim[]
export const attachmentsOf = (draft: Draft) => asRows(draft.attachments) as Attachment[]

export type Answer = { prompt: string; text: string }

export const answersOf = (value: unknown): Answer[] =>
  asRows(value).map((row) => ({ prompt: asText(row.prompt), text: asText(row.text) }))

/** A model's own name, where it is one of the coach's own; the same as the domain's `own_name`. */
export const ownName = (model: string) => (model.startsWith('own:') ? model.slice(4) : undefined)

/** The ids of all records that these fields name, within groups and rows too. */
export function named(fields: Field[], values: Draft): string[] {
  return fields.flatMap((field) => {
    const value = values[field.id]
    if (field.type === 'record') return field.many ? asTexts(value) : asTexts([value])
    if (field.type === 'group') return named(field.fields, asObject(value))
    if (field.type === 'list') return asRows(value).flatMap((row) => named(field.fields, row))
    return []
  })
}

/** A new draft of this kind, with what stands when nothing is said. */
export function begin(kind: Kind, id: string, today: string, claims: Claim[] = []): Draft {
  const draft: Draft = { id, kind: kind.id, date: today }
  // The first version goes without saying.
  if (kind.version > 1) draft.kind_version = kind.version
  for (const field of kind.fields) {
    if (field.default !== undefined && field.default !== null) draft[field.id] = field.default
  }
  if (claims.length > 0) draft.claims = claims
  return draft
}

/** The field whose text stands for the title in kinds that are about someone, such as a person's name. */
export function naming(kind: Kind): Field | undefined {
  return kind.fields.find((field) => field.id === kind.title_from)
}

export type Entry = { id: string; title: string; group?: string }

/** The entries of one of the framework's lists, as records hold them. */
export function entriesOf(framework: Framework, list: string): Entry[] {
  switch (list) {
    case 'competencies':
      return framework.competencies.map((competency) => ({
        id: competency.number,
        title: `${competency.number} ${competency.title}`,
        group: areaTitle(framework, competency.area),
      }))
    case 'capabilities':
      return framework.capabilities
    case 'models':
      return framework.models
    case 'values':
      return framework.values ?? []
    case 'induction':
      return framework.induction ?? []
    case 'standards':
      return framework.supervisor_standards.map((standard) => ({
        id: String(standard.number),
        title: `${standard.number}. ${standard.title}`,
      }))
    default:
      return []
  }
}

export function areaTitle(framework: Framework, number: number): string {
  const area = framework.areas.find((area) => area.number === number)
  return `Area ${number}: ${area?.title ?? ''}`
}
