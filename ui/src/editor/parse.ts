// Markdown to what the editor shows. The rules are those of docs/reading.md; where the two differ all the same, the guard
// (guard.ts) sees it and the text is not opened here.
import MarkdownIt from 'markdown-it'
import footnote from 'markdown-it-footnote'
import { MarkdownParser } from 'prosemirror-markdown'
import type { Node } from 'prosemirror-model'

import { alignOf, schema } from './schema'

type Token = ReturnType<MarkdownIt['parse']>[number]
type BlockRule = (state: BlockState, start: number, end: number, silent: boolean) => boolean
type BlockState = { env: Env; bMarks: number[]; tShift: number[] }
type References = { [label: string]: unknown }

/** What is noted while a text is parsed. */
type Env = {
  references: References
  /** Whether the blocks are done: from then on whoever asks for a definition refers to it. */
  inline?: boolean
  /** The labels of definitions that something refers to. */
  used: Set<string>
  /** Each definition's label and where it stands. */
  defined: [label: string, at: number][]
}

/** How often a text is looked through again after a definition in it turned out to be none. */
const ROUNDS = 16

function noting(): Env {
  const used = new Set<string>()
  const env: Env = {
    used,
    defined: [],
    references: new Proxy({} as References, {
      get: (known, label) => {
        if (env.inline && typeof label === 'string' && label in known) used.add(label)
        return Reflect.get(known, label) as unknown
      },
    }),
  }
  return env
}

const md = new MarkdownIt({ html: false }).use(footnote)
md.disable(['code', 'image', 'html_block', 'html_inline', 'footnote_inline', 'footnote_tail'])
// Addresses are kept as they were written, and lead nowhere that schema.ts does not let them.
md.validateLink = () => true
md.normalizeLink = md.normalizeLinkText = (address) => address
md.core.ruler.after('block', 'inline_begins', ({ env }: { env: Env }) => {
  env.inline = true
})
md.core.ruler.push('items', ({ tokens }) => {
  items(tokens)
  tokens.forEach((token) => (token.children = token.children && flat(token.children)))
})

const definition = ruleOf(md, 'reference')

md.block.ruler.at('reference', ((state, start, end, silent) => {
  const { env } = state
  const before = env.references
  const label: string[] = []
  // A definition is made where nobody can know it yet, so that a second one of the same name is seen too.
  env.references = new Proxy({} as References, {
    set: (_, made, to) => {
      label.push(String(made))
      if (!(made in before)) before[String(made)] = to
      return true
    },
  })
  const found = definition(state, start, end, silent)
  env.references = before
  if (found && label[0] !== undefined)
    env.defined.push([label[0], (state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0)])
  return found
}) as BlockRule as never)

/** A definition that nothing refers to, or a second one of the same name, is text: a backslash is put before it. */
function withoutDefinitions(text: string): string {
  let source = text
  for (let round = 0; round < ROUNDS && source.includes(']:'); round += 1) {
    const env = noting()
    md.parse(source, env)
    const known = new Set<string>()
    const none = env.defined.filter(([label]) => known.has(label) || !env.used.has(label) || !known.add(label))
    if (none.length === 0) break
    for (const [, at] of none.sort(([, one], [, other]) => other - one)) {
      source = `${source.slice(0, at)}\\${source.slice(at)}`
    }
  }
  return source
}

function ruleOf(md: MarkdownIt, name: string): BlockRule {
  const { ruler } = md.block as unknown as { ruler: { __rules__: { name: string; fn: BlockRule }[] } }
  const rule = ruler.__rules__.find((one) => one.name === name)
  if (!rule) throw new Error(`markdown-it has no rule ${name}`)
  return rule.fn
}

/** Emphasis within emphasis is no other than emphasis: marks do not nest. */
function flat(tokens: Token[]): Token[] {
  const depth: { [tag: string]: number } = {}
  return tokens.filter(({ type, tag, nesting }) => {
    if (!/^(em|strong|s)_(open|close)$/.test(type)) return true
    const before = depth[tag] ?? 0
    depth[tag] = before + nesting
    return nesting === 1 ? before === 0 : before === 1
  })
}

/** Notes on each item of a list what number it was given, and whether it is a task. */
function items(tokens: Token[]) {
  const next: number[] = []
  tokens.forEach((token, at) => {
    if (token.type === 'ordered_list_open') next.push(1)
    if (token.type === 'ordered_list_close') next.pop()
    if (token.type !== 'list_item_open') return
    let value: number | null = null
    if (token.markup === '.' || token.markup === ')') {
      const typed = Number(token.info)
      value = typed === next.at(-1) ? null : typed
      next[next.length - 1] = typed + 1
    }
    const first = tokens[at + 1]?.type === 'paragraph_open' ? tokens[at + 2]?.children?.[0] : undefined
    const box = first?.type === 'text' ? /^\[([ xX])\](\s+|$)/.exec(first.content) : null
    const goesOn = tokens[at + 2]?.children?.[1]
    const isTask = first && box && (box[2] !== '' || goesOn?.type === 'softbreak')
    if (isTask) first.content = first.content.slice(box[0].length)
    token.meta = { value, checked: isTask ? box[1] !== ' ' : null } as unknown
  })
}

const isTight = (tokens: Token[], at: number) => {
  let depth = 0
  for (const token of tokens.slice(at + 1)) {
    if (depth === 1 && token.type === 'paragraph_open' && !token.hidden) return false
    depth += token.nesting
    if (depth < 0) break
  }
  return true
}

const parser = new MarkdownParser(schema, md as never, {
  paragraph: { block: 'paragraph' },
  heading: { block: 'heading', getAttrs: (token) => ({ level: Number(token.tag.slice(1)) }) },
  blockquote: { block: 'blockquote' },
  bullet_list: { block: 'bullet_list', getAttrs: (_, tokens, at) => ({ tight: isTight(tokens as Token[], at) }) },
  ordered_list: {
    block: 'ordered_list',
    getAttrs: (token, tokens, at) => ({ tight: isTight(tokens as Token[], at), mark: token.markup }),
  },
  list_item: { block: 'list_item', getAttrs: (token) => token.meta as { value: number; checked: boolean } },
  fence: { block: 'code_block', getAttrs: (token) => ({ info: token.info }), noCloseToken: true },
  hr: { node: 'horizontal_rule' },
  hardbreak: { node: 'hard_break' },
  softbreak: { node: 'hard_break' },
  table: { block: 'table' },
  thead: { ignore: true },
  tbody: { ignore: true },
  tr: { block: 'table_row' },
  th: { block: 'table_header', getAttrs: aligned },
  td: { block: 'table_cell', getAttrs: aligned },
  footnote_reference: { block: 'footnote', getAttrs: (token) => ({ label: labelOf(token.meta) }) },
  footnote_ref: { node: 'footnote_ref', getAttrs: (token) => ({ label: labelOf(token.meta) }) },
  link: {
    mark: 'link',
    getAttrs: (token) => ({ href: token.attrGet('href') ?? '', title: token.attrGet('title') || null }),
  },
  em: { mark: 'em' },
  strong: { mark: 'strong' },
  s: { mark: 'strike' },
  code_inline: { mark: 'code', noCloseToken: true },
})

function labelOf(meta: unknown): string {
  return String((meta as { label: unknown }).label)
}

function aligned(token: { attrGet: (name: string) => string | null }) {
  return { align: alignOf(/text-align:(\w+)/.exec(token.attrGet('style') ?? '')?.[1]) }
}

/** Every kind of line end becomes one, Word's bullet becomes ours, a byte-order mark goes. */
function characters(text: string): string {
  return text
    .replace(/^\uFEFF+/, '')
    .replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/^[^\S\n]*\uF0B7\s+/gm, '- ')
    .replaceAll('\uF0B7', '•')
}

/** The text as a document. Throws where it cannot be one; never gives an empty document for a text that is none. */
export function parse(text: string): Node {
  const source = withoutDefinitions(characters(text))
  const doc = parser.parse(source, noting())
  doc.check()
  const isEmpty = doc.childCount === 1 && doc.firstChild?.type.name === 'paragraph' && doc.firstChild.content.size === 0
  if (isEmpty && source.trim() !== '') throw new Error('nothing of the text was understood')
  return doc
}
