// What is pasted: from a word processor or a web page without their rubbish, from elsewhere line by line.
import { Fragment, Slice, type Node as DocumentNode, type ResolvedPos } from 'prosemirror-model'
import { Plugin, type EditorState, type Transaction } from 'prosemirror-state'

import { schema } from './schema'

/** Attributes that mean something here; everything else is looks. */
const KEPT = ['href', 'title', 'value', 'data-checked', 'data-level', 'data-footnote']

const styleOf = (element: Element) => element.getAttribute('style') ?? ''

function unwrap(element: Element) {
  element.replaceWith(...element.childNodes)
}

/** Puts what is within the element into a new one. */
function within(element: Element, name: string) {
  const inner = element.ownerDocument.createElement(name)
  inner.append(...element.childNodes)
  element.append(inner)
}

/** Where Word notes that a paragraph belongs to a list, and how deep: "mso-list:l0 level2 lfo1". */
const LISTED = /mso-list:\s*(l\d+)\s+level(\d+)/i

/** Lists that Word writes as paragraphs, each with its sign as words. */
function lists(body: HTMLElement) {
  let open: { list: Element; level: number; id: string; next: number }[] = []
  let last: Element | null = null
  for (const paragraph of [...body.querySelectorAll('p, h1, h2, h3, h4, h5, h6, li')]) {
    const [, id, deep] = LISTED.exec(styleOf(paragraph)) ?? []
    if (id === undefined || paragraph.tagName === 'LI') continue
    const level = Number(deep)
    const ignored = [...paragraph.querySelectorAll('span')].find((span) => /mso-list:\s*ignore/i.test(styleOf(span)))
    const sign = ignored?.textContent?.replace(/[\s\u00a0]/g, '') ?? ''
    ignored?.remove()
    const follows = last !== null && previous(paragraph) === last
    if (!follows || open[0]?.id !== id) open = []
    while (open.length > 0 && (open.at(-1)?.level ?? 0) > level) open.pop()
    const isNumbered = /^\(?([0-9]+|[a-z]{1,3})[.)]$/i.test(sign)
    let here = open.at(-1)
    if (!here || here.level < level) {
      const list = body.ownerDocument.createElement(isNumbered ? 'ol' : 'ul')
      if (here) (here.list.lastElementChild ?? here.list).append(list)
      else paragraph.before(list)
      here = { list, level, id, next: 1 }
      open.push(here)
    }
    const item = body.ownerDocument.createElement('li')
    const number = /^\d+/.exec(sign)?.[0]
    if (number && Number(number) !== here.next) item.setAttribute('value', number)
    here.next = (number ? Number(number) : here.next) + 1
    here.list.append(item)
    const words = body.ownerDocument.createElement('p')
    words.append(...paragraph.childNodes)
    item.append(words)
    last = open[0]?.list ?? null
    paragraph.remove()
  }
}

/** The element before this one, with nothing but white space between. */
function previous(element: Element): Element | null {
  let node = element.previousSibling
  while (node && node.nodeType !== Node.ELEMENT_NODE && !node.textContent?.trim()) node = node.previousSibling
  return node instanceof Element || node?.nodeType === Node.ELEMENT_NODE ? (node as Element) : null
}

/** What only the style of an element says: bold, italic, struck out. */
function looks(element: Element) {
  const style = styleOf(element)
  if (element.tagName === 'B' || element.tagName === 'STRONG') {
    if (/font-weight:\s*(normal|400)\b/i.test(style) && !/mso-bidi-font-weight/i.test(style)) unwrap(element)
    return
  }
  if (element.tagName !== 'SPAN') return
  if (/(^|;|\s)font-weight:\s*(bold|[6-9]00)\b/i.test(style)) within(element, 'strong')
  if (/(^|;|\s)font-style:\s*italic/i.test(style)) within(element, 'em')
  if (/text-decoration[^;]*line-through/i.test(style)) within(element, 's')
}

/** A cell holds one line of words, whatever blocks it was made of. */
function cells(body: HTMLElement) {
  for (const cell of body.querySelectorAll('td, th')) {
    for (const inner of [
      ...cell.querySelectorAll('p, div, li, ul, ol, br, h1, h2, h3, h4, h5, h6, blockquote, table'),
    ]) {
      inner.before(' ')
      inner.after(' ')
      unwrap(inner)
    }
  }
}

/** A box before the words of an item makes it a task. */
function tasks(body: HTMLElement) {
  for (const box of body.querySelectorAll('li input[type=checkbox]')) {
    box.closest('li')?.setAttribute('data-checked', String(box.hasAttribute('checked')))
    box.remove()
  }
}

function text(body: HTMLElement) {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT)
  const gone: Node[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.COMMENT_NODE) gone.push(node)
    else node.textContent = (node.textContent ?? '').replaceAll('\u00a0', ' ')
  }
  gone.forEach((node) => node.parentNode?.removeChild(node))
}

/** HTML from elsewhere as what of it can be written here. What was copied in an editor of ours stays as it is. */
export function cleaned(html: string): string {
  if (html.includes('data-pm-slice')) return html
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  body
    .querySelectorAll('style, script, meta, link, title, xml, img, svg, template, noscript')
    .forEach((one) => one.remove())
  for (const element of [...body.querySelectorAll('*')]) {
    if (/mso-hide:\s*all|display:\s*none|mso-element:\s*(comment|header|footer)/i.test(styleOf(element)))
      element.remove()
  }
  lists(body)
  tasks(body)
  text(body)
  for (const element of [...body.querySelectorAll('*')]) {
    if (element.tagName.includes(':')) unwrap(element)
    else looks(element)
  }
  cells(body)
  for (const element of body.querySelectorAll('*')) {
    for (const { name } of [...element.attributes]) if (!KEPT.includes(name)) element.removeAttribute(name)
    const leads = /^(https?|mailto):/i.test(element.getAttribute('href') ?? '')
    if (element.tagName === 'A' && !leads) unwrap(element)
  }
  for (const paragraph of [...body.querySelectorAll('p')]) if (!paragraph.textContent?.trim()) paragraph.remove()
  return body.innerHTML
}

/** Plain text line by line: an empty line parts paragraphs. */
export function plain(words: string, $context: ResolvedPos): Slice {
  const { nodes } = schema
  const all = words.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n').replace(/^\n+|\n+$/g, '')
  if ($context.parent.type === nodes.table_cell || $context.parent.type === nodes.table_header) {
    const line = all.replace(/\s*\n\s*/g, ' ')
    return new Slice(line ? Fragment.from(schema.text(line)) : Fragment.empty, 0, 0)
  }
  const paragraphs = all.split(/\n[^\S\n]*\n\s*/).map((paragraph) => {
    const lines = paragraph
      .split('\n')
      .flatMap((line, at): DocumentNode[] => [
        ...(at > 0 ? [nodes.hard_break.create()] : []),
        ...(line ? [schema.text(line)] : []),
      ])
    return nodes.paragraph.create(null, lines)
  })
  return new Slice(Fragment.from(paragraphs), 1, 1)
}

/** Keeps each table as Markdown can say it: its first row is the head, and no other. */
export const heads = new Plugin({
  appendTransaction(transactions: readonly Transaction[], _, state: EditorState) {
    if (!transactions.some((one) => one.docChanged)) return null
    const { tr } = state
    state.doc.descendants((node, pos) => {
      if (node.type !== schema.nodes.table) return !node.isTextblock
      node.forEach((row, offset, at) =>
        row.forEach((cell, within) => {
          const type = at === 0 ? schema.nodes.table_header : schema.nodes.table_cell
          if (cell.type !== type) tr.setNodeMarkup(pos + 1 + offset + 1 + within, type, cell.attrs)
        }),
      )
      return false
    })
    return tr.docChanged ? tr : null
  },
})
