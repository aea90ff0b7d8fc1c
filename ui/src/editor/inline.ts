// The words within a paragraph as Markdown.
import { MarkdownSerializerState } from 'prosemirror-markdown'
import type { Mark, Node } from 'prosemirror-model'

type State = MarkdownSerializerState & { out: string }

const PUNCTUATION = /[\p{P}\p{S}]/u
const SPACE = /\s/u

/** Marks that begin and end with the same signs, which count as such only beside certain letters. */
function paired(signs: string) {
  return {
    mixable: true,
    expelEnclosingWhitespace: true,
    open: (state: MarkdownSerializerState, _: Mark, parent: Node, index: number) => {
      const words = state as Words
      const inside = parent.child(index).text?.[0] ?? ''
      const outside = [...words.out].at(-1) ?? ''
      // A sign between a letter and a bracket begins nothing: the letter is written as its number.
      if (PUNCTUATION.test(inside) && outside && !SPACE.test(outside) && !PUNCTUATION.test(outside))
        words.out = words.out.slice(0, -outside.length) + numbered(outside)
      return signs
    },
    close: (state: MarkdownSerializerState, _: Mark, parent: Node, index: number) => {
      const words = state as Words
      const next = index < parent.childCount ? parent.child(index).text?.[0] : undefined
      const inside = words.out.at(-1) ?? ''
      words.isNumbered = Boolean(next && PUNCTUATION.test(inside) && !SPACE.test(next) && !PUNCTUATION.test(next))
      return signs
    },
  }
}

const numbered = (letter: string) => `&#${letter.codePointAt(0)};`

/** What stands before and after code: as many backticks in a row as the code itself has nowhere. */
function rails(text: string): [string, string] {
  const runs = new Set((text.match(/`+/g) ?? []).map((run) => run.length))
  let count = 1
  while (runs.has(count)) count += 1
  const rail = '`'.repeat(count)
  const isPadded = /^`|`$|^ .*[^ ].* $/.test(text)
  return isPadded ? [`${rail} `, ` ${rail}`] : [rail, rail]
}

const ANGLED = /^([a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[a-z0-9.-]+)$/i

/** Whether the link is its own address, which is written between angle brackets. */
function isAddress(mark: Mark, parent: Node, index: number): boolean {
  if (mark.attrs.title || index >= parent.childCount) return false
  const node = parent.child(index)
  const isAlone = index + 1 === parent.childCount || !mark.isInSet(parent.child(index + 1).marks)
  const text = node.text ?? ''
  const href = String(mark.attrs.href)
  return isAlone && node.marks.length === 1 && ANGLED.test(text) && (href === text || href === `mailto:${text}`)
}

function target({ attrs: { href, title } }: Mark): string {
  const address = String(href)
  const isPlain = /^[^\s()<>\\&\p{Cc}]+$/u.test(address)
  const to = isPlain ? address : `<${address.replace(/[<>\\&]/g, '\\$&').replace(/\n/g, '%0A')}>`
  return title
    ? `${to} "${String(title)
        .replace(/["\\&]/g, '\\$&')
        .replace(/\n{2,}/g, '\n')}"`
    : to
}

const MARKS = {
  em: paired('*'),
  strong: paired('**'),
  strike: paired('~~'),
  link: {
    mixable: true,
    open: (state: MarkdownSerializerState, mark: Mark, parent: Node, index: number) => {
      const words = state as Words
      words.isAngled = isAddress(mark, parent, index)
      if (!words.isAngled) words.inLink = true
      return words.isAngled ? '<' : '['
    },
    close: (state: MarkdownSerializerState, mark: Mark) => {
      const words = state as Words
      const isAngled = words.isAngled
      words.isAngled = words.inLink = false
      return isAngled ? '>' : `](${target(mark)})`
    },
  },
  code: {
    open: (_: MarkdownSerializerState, __: Mark, parent: Node, at: number) => rails(parent.child(at).text ?? '')[0],
    close: (_: MarkdownSerializerState, __: Mark, parent: Node, at: number) =>
      rails(parent.child(at - 1).text ?? '')[1],
    escape: false,
  },
}

const NODES = {
  text: (state: MarkdownSerializerState, node: Node) => {
    const words = state as Words
    state.text(words.isAngled ? (node.text ?? '') : words.escaped(node.text ?? ''), false)
  },
  hard_break: (state: MarkdownSerializerState) => {
    const words = state as Words
    words.out += '\n'
  },
  footnote_ref: (state: MarkdownSerializerState, node: Node) => {
    const words = state as Words
    words.out += `[^${node.attrs.label}]`
  },
}

class Words extends (MarkdownSerializerState as unknown as new (...given: unknown[]) => State) {
  isAngled = false
  inLink = false
  isNumbered = false
  private readonly looksLinked: boolean

  constructor(textblock: Node) {
    super(NODES, MARKS, { hardBreakNodeName: 'hard_break' })
    let hasLinks = false
    textblock.forEach((node) => (hasLinks ||= node.marks.some((mark) => mark.type.name === 'link')))
    this.looksLinked = hasLinks || /\](\(|:)|\[\^/.test(textblock.textContent)
  }

  /** Expelled white space comes here too. */
  override esc(text: string): string {
    return this.escaped(text)
  }

  /** The text with a backslash before whatever would be more than text. */
  escaped(given: string): string {
    const first = this.isNumbered ? ([...given][0] ?? '') : ''
    this.isNumbered = false
    const text = given.slice(first.length)
    const escaped = text.replace(/[\\`*_~[\]<&]/g, (sign, at: number) => {
      const [last, next] = [text[at - 1] ?? '', text[at + 1] ?? '']
      return this.means(sign, last, next, text.slice(at)) ? `\\${sign}` : sign
    })
    return first ? numbered(first) + escaped : escaped
  }

  private means(sign: string, last: string, next: string, rest: string): boolean {
    switch (sign) {
      case '\\':
        return next === '' || PUNCTUATION.test(next)
      case '*':
      case '~':
        return !(SPACE.test(last) && SPACE.test(next))
      case '_':
        return !(/[\p{L}\p{N}]/u.test(last) && /[\p{L}\p{N}]/u.test(next)) && !(SPACE.test(last) && SPACE.test(next))
      case '[':
        return this.looksLinked || this.inLink
      case ']':
        return this.inLink
      case '<':
        return /^<[a-z/!?]/i.test(rest)
      case '&':
        return /^&#?[a-z0-9]+;/i.test(rest)
      default:
        return true
    }
  }
}

/** What was written out once. A document is never changed: what was typed makes its paragraph a new one, and no other. */
const written = new WeakMap<Node, string>()

/** The words of a paragraph, a heading or a cell; a line break is a line end. */
export function inline(textblock: Node): string {
  const known = written.get(textblock)
  if (known !== undefined) return known
  const words = new Words(textblock)
  words.renderInline(textblock)
  written.set(textblock, words.out)
  return words.out
}
