// The shelf as the shell gives them: the project's own files.
import order from '../../tests/golden/answers/shelf.json'
import framework from '../../assets/framework/nhs-england-2023.json'
import type { Framework, Kind, Model, Shelf } from '../src/api'

const versions = Object.values(import.meta.glob<Kind>('../../assets/kinds/*.json', { eager: true, import: 'default' }))
const isNewest = (kind: Kind) => versions.every((other) => other.id !== kind.id || other.version <= kind.version)
const kinds = versions.filter(isNewest).sort((a, b) => order.kinds.indexOf(a.id) - order.kinds.indexOf(b.id))

const prompts = Object.values(
  import.meta.glob<Model>('../../assets/prompts/*/*.json', { eager: true, import: 'default' }),
)

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
