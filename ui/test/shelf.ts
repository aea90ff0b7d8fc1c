// The shelf as the shell gives them: the project's own files.
import order from '../../tests/golden/answers/shelf.json'
import framework from '../../assets/framework/nhs-england-2023.json'
import type { Framework, Kind, Model, Shelf } from '../src/api'

const versions = Object.values(import.meta.glob<Kind>('../../assets/kinds/*.json', { eager: true, import: 'default' }))
const isNewest = (kind: Kind) => versions.every((other) => other.id !== kind.id || other.version <= kind.version)
const prompts = Object.values(
  import.meta.glob<Model>('../../assets/models/*/*.json', { eager: true, import: 'default' }),
)

// As the shell offers them: where a record's answers follow a model, the models with prompts stand before another one.
for (const kind of versions) {
  const follows = kind.fields.find((field) => field.type === 'answers')
  const field = kind.fields.find((one) => follows?.type === 'answers' && one.id === follows.model)
  if (field?.type !== 'choice') continue
  const models = prompts.filter((model) => model.for === kind.id).map(({ id, title }) => ({ id, label: title }))
  const known = field.options.filter((option) => models.every((model) => model.id !== option.id))
  const last = known.findIndex((option) => option.id === 'other')
  field.options = last < 0 ? [...known, ...models] : [...known.slice(0, last), ...models, ...known.slice(last)]
}
const kinds = versions.filter(isNewest).sort((a, b) => order.kinds.indexOf(a.id) - order.kinds.indexOf(b.id))

export const shelf: Shelf = {
  kinds,
  earlier_kinds: versions.filter((kind) => !isNewest(kind)),
  prompts,
  framework: framework as unknown as Framework,
}

export function kindOf(id: string): Kind {
  const kind = kinds.find((kind) => kind.id === id)
  if (!kind) throw new Error(`no kind ${id}`)
  return kind
}
