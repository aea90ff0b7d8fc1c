// What stands in the editor as Markdown that is read as what was seen: what was typed literally is escaped, each line stays
// a line, each number the one that was seen.
import type { Node } from 'prosemirror-model'

import { inline } from './inline'

/** What a line would become that is only text, each with where to put the backslash. */
const BEGINNINGS: [RegExp, number?][] = [
  [/^#{1,6}(\s|$)/],
  [/^>/],
  [/^[-+*](\s|$)/],
  [/^([-_*])(\s*\1){2,}\s*$/],
  [/^[-=]+\s*$/],
  [/^\d{1,9}[.)](\s|$)/, -1],
  [/^\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/, -2],
]

/** A line that is text and nothing else. */
function textLine(line: string): string {
  // A space that does not break is no indent.
  const text = line.replace(/^[ \t]+|[ \t]+$/g, '')
  for (const [pattern, where] of BEGINNINGS) {
    if (!pattern.test(text)) continue
    const at = where === -1 ? text.search(/[.)]/) : where === -2 ? text.indexOf('-') : 0
    return `${text.slice(0, at)}\\${text.slice(at)}`
  }
  return text
}

/** The lines of a paragraph. An empty one within it is a backslash, since an empty line would end the paragraph. */
function lines(node: Node): string[] {
  const all = inline(node).split('\n').map(textLine)
  while (all.length > 1 && all.at(-1) === '') all.pop()
  return all.map((line, at) => (line === '' && at < all.length - 1 ? '\\' : line))
}

function heading(node: Node): string[] {
  const level = Number(node.attrs.level)
  const all = lines(node)
  if (all.length > 1 && level <= 2) return [...all, level === 1 ? '===' : '---']
  const text = inline(node)
    .replaceAll('\n', ' ')
    .trim()
    .replace(/(^|\s)(#+)$/, '$1\\$2')
  return [`${'#'.repeat(level)} ${text}`.trim()]
}

function fence(node: Node): string[] {
  const info = String(node.attrs.info)
  const sign = info.includes('`') ? '~' : '`'
  const longest = Math.max(2, ...(node.textContent.match(sign === '`' ? /`+/g : /~+/g) ?? []).map((run) => run.length))
  const rail = sign.repeat(longest + 1)
  const code = node.textContent
  return [rail + info, ...(code === '' ? [] : code.split('\n')), rail]
}

function table(node: Node): string[] {
  const rows: string[][] = []
  node.forEach((row) => {
    const cells: string[] = []
    row.forEach((cell) => cells.push(inline(cell).replaceAll('\n', ' ').trim().replace(/\|/g, '\\|')))
    rows.push(cells)
  })
  const columns = Math.max(1, ...rows.map((row) => row.length))
  const rules = { left: ':--', center: ':-:', right: '--:' }
  const head = node.firstChild
  const rule = Array.from({ length: columns }, (_, at) => {
    const align = at < (head?.childCount ?? 0) ? (head?.child(at).attrs.align as keyof typeof rules | null) : null
    return align ? rules[align] : '---'
  })
  const line = (cells: string[]) => `| ${Array.from({ length: columns }, (_, at) => cells[at] ?? '').join(' | ')} |`
  return [line(rows[0] ?? []), line(rule), ...rows.slice(1).map(line)]
}

const indented = (all: string[], first: string, rest: string) =>
  all.map((line, at) => (at === 0 ? (first + line).trimEnd() : line === '' ? '' : rest + line))

const isList = (node: Node | null | undefined) =>
  node?.type.name === 'bullet_list' || node?.type.name === 'ordered_list'

/** What stands after the number, or is the bullet: two neighbours must not look like one list. */
function signOf(parent: Node, at: number): string {
  const node = parent.child(at)
  const [usual, other] =
    node.type.name === 'bullet_list' ? ['-', '*'] : node.attrs.mark === ')' ? [')', '.'] : ['.', ')']
  const isTaken = at > 0 && parent.child(at - 1).type === node.type && signOf(parent, at - 1) === usual
  return isTaken ? other : usual
}

function list(node: Node, parent: Node, at: number): string[] {
  const mark = signOf(parent, at)
  let number = 0
  const all: string[] = []
  node.forEach((item, _, place) => {
    number = (item.attrs.value as number | null) ?? number + 1
    const sign = node.type.name === 'bullet_list' ? `${mark} ` : `${number}${mark} `
    const content = blocks(item, Boolean(node.attrs.tight))
    const isTask = item.attrs.checked !== null
    if (isTask) content[0] = `[${item.attrs.checked ? 'x' : ' '}] ${content[0] ?? ''}`
    else content[0] = (content[0] ?? '').replace(/^\[[ xX]\](\s|$)/, '\\$&')
    if (place > 0 && !node.attrs.tight) all.push('')
    all.push(...indented(content, sign, ' '.repeat(sign.length)))
  })
  return all
}

/** Whether the block before is over with its own last line, whatever follows. */
const endsItself = (node: Node) =>
  ['code_block', 'horizontal_rule'].includes(node.type.name) ||
  (node.type.name === 'heading' && heading(node).length === 1)

/** Whether a block can follow the one before it in a list without an empty line, and still be what it is. */
function follows(node: Node, before: Node): boolean {
  if (endsItself(before)) return true
  if (node.type.name === 'blockquote' || endsItself(node)) return true
  const first = node.firstChild
  return (
    isList(node) && first?.firstChild?.content.size !== 0 && [null, 1].includes(first?.attrs.value as number | null)
  )
}

function block(node: Node, parent: Node, at: number): string[] {
  switch (node.type.name) {
    case 'heading':
      return heading(node)
    case 'blockquote':
      return blocks(node).map((line) => (line === '' ? '>' : `> ${line}`))
    case 'bullet_list':
    case 'ordered_list':
      return list(node, parent, at)
    case 'code_block':
      return fence(node)
    case 'horizontal_rule':
      // Dashes after a bullet that is a dash would be one line of dashes.
      return [parent.type.name === 'list_item' ? '***' : '---']
    case 'table':
      return table(node)
    case 'footnote':
      return indented(blocks(node), `[^${node.attrs.label}]: `, '    ')
    default:
      return lines(node)
  }
}

function blocks(parent: Node, tight = false): string[] {
  const all: string[] = []
  let last: Node | undefined
  parent.forEach((node, _, at) => {
    const isEmpty = node.type.name === 'paragraph' && inline(node).trim() === ''
    // Markdown has no empty paragraphs; only an item of a list may have nothing else.
    if (isEmpty && !(parent.type.name === 'list_item' && at === 0)) return
    if (last && !(tight && follows(node, last))) all.push('')
    all.push(...block(node, parent, at))
    last = node
  })
  return all.length === 0 ? [''] : all
}

/** The document as Markdown. */
export function serialise(doc: Node): string {
  return blocks(doc).join('\n')
}
