// What a text can hold: Markdown as docs/reading.md reads it, and nothing else. There is no image: nothing is loaded.
import { Schema, type Attrs, type DOMOutputSpec, type Node } from 'prosemirror-model'

export type Align = 'left' | 'center' | 'right' | null

/** Addresses that lead into the web or to a letter; others are kept and lead nowhere. */
const LEADS = /^(https?|mailto):/i

function cell(tag: 'td' | 'th') {
  return {
    content: '(text | footnote_ref)*',
    attrs: { align: { default: null }, colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
    isolating: true,
    tableRole: tag === 'th' ? 'header_cell' : 'cell',
    // Cells that span others come out of word processors: Markdown has none, and the table is filled up instead.
    parseDOM: [
      { tag, getAttrs: (dom: HTMLElement) => ({ align: alignOf(dom.style.textAlign || dom.getAttribute('align')) }) },
    ],
    toDOM: (node: Node): DOMOutputSpec => [tag, node.attrs.align ? { class: String(node.attrs.align) } : {}, 0],
  }
}

export function alignOf(words: string | null | undefined): Align {
  return words === 'left' || words === 'center' || words === 'right' ? words : null
}

function item(dom: HTMLElement): Attrs {
  const typed = dom.getAttribute('value')
  const done = dom.getAttribute('data-checked')
  return { value: typed ? Number(typed) : null, checked: done === null ? null : done === 'true' }
}

export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { content: 'inline*', group: 'block', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
    heading: {
      content: 'inline*',
      group: 'block',
      attrs: { level: { default: 1 } },
      defining: true,
      parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({
        tag: `h${level}`,
        getAttrs: (dom: HTMLElement) => ({ level: Number(dom.getAttribute('data-level') ?? level) }),
      })),
      // The page's own headings come first, as where the text is read; the level that was written is kept beside it.
      toDOM: (node) => [`h${Math.min(Number(node.attrs.level) + 2, 6)}`, { 'data-level': String(node.attrs.level) }, 0],
    },
    blockquote: {
      content: 'block+',
      group: 'block',
      defining: true,
      parseDOM: [{ tag: 'blockquote' }],
      toDOM: () => ['blockquote', 0],
    },
    bullet_list: {
      content: 'list_item+',
      group: 'block',
      attrs: { tight: { default: true } },
      parseDOM: [{ tag: 'ul' }],
      // Its tasks have no marks, and WebKit takes a list without marks for no list.
      toDOM: (node) => ['ul', { role: 'list', ...(node.attrs.tight ? { class: 'tight' } : {}) }, 0],
    },
    ordered_list: {
      content: 'list_item+',
      group: 'block',
      /** `mark` is what follows the number: "." or ")". */
      attrs: { tight: { default: true }, mark: { default: '.' } },
      parseDOM: [{ tag: 'ol' }],
      toDOM: (node) => ['ol', node.attrs.tight ? { class: 'tight' } : {}, 0],
    },
    list_item: {
      content: 'block+',
      /** `value` is the number where it is not the one after the last; `checked` is null where it is no task. */
      attrs: { value: { default: null }, checked: { default: null } },
      defining: true,
      parseDOM: [{ tag: 'li', getAttrs: item }],
      toDOM: ({ attrs: { value, checked } }) => [
        'li',
        {
          ...(value === null ? {} : { value: String(value) }),
          ...(checked === null ? {} : { 'data-checked': String(checked) }),
        },
        0,
      ],
    },
    code_block: {
      content: 'text*',
      group: 'block',
      marks: '',
      attrs: { info: { default: '' } },
      code: true,
      defining: true,
      parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
      toDOM: () => ['pre', ['code', 0]],
    },
    horizontal_rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
    table: {
      content: 'table_row+',
      group: 'block',
      isolating: true,
      tableRole: 'table',
      parseDOM: [{ tag: 'table' }],
      toDOM: () => ['table', ['tbody', 0]],
    },
    table_row: {
      content: '(table_cell | table_header)*',
      tableRole: 'row',
      parseDOM: [{ tag: 'tr' }],
      toDOM: () => ['tr', 0],
    },
    table_cell: cell('td'),
    table_header: cell('th'),
    footnote: {
      content: 'block+',
      group: 'block',
      attrs: { label: {} },
      defining: true,
      parseDOM: [{ tag: 'div[data-footnote]', getAttrs: (dom) => ({ label: dom.getAttribute('data-footnote') }) }],
      toDOM: (node) => ['div', { class: 'footnote', 'data-footnote': String(node.attrs.label) }, 0],
    },
    footnote_ref: {
      inline: true,
      group: 'inline',
      attrs: { label: {} },
      parseDOM: [{ tag: 'sup[data-footnote]', getAttrs: (dom) => ({ label: dom.getAttribute('data-footnote') }) }],
      toDOM: (node) => ['sup', { 'data-footnote': String(node.attrs.label) }, `[${node.attrs.label}]`],
      leafText: (node) => `[${node.attrs.label}]`,
    },
    text: { group: 'inline' },
    hard_break: {
      inline: true,
      group: 'inline',
      selectable: false,
      linebreakReplacement: true,
      parseDOM: [{ tag: 'br' }],
      toDOM: () => ['br'],
      leafText: () => '\n',
    },
  },
  marks: {
    link: {
      attrs: { href: {}, title: { default: null } },
      inclusive: false,
      parseDOM: [
        {
          tag: 'a[href]',
          getAttrs: (dom) => ({ href: dom.getAttribute('href'), title: dom.getAttribute('title') }),
        },
      ],
      toDOM: ({ attrs: { href } }) =>
        LEADS.test(String(href))
          ? ['a', { href: String(href), title: String(href) }, 0]
          : ['span', { class: 'link' }, 0],
    },
    em: { parseDOM: [{ tag: 'i' }, { tag: 'em' }], toDOM: () => ['em', 0] },
    strong: {
      parseDOM: [
        { tag: 'strong' },
        // Some word processors wrap what they copy into a <b> that is not bold.
        { tag: 'b', getAttrs: (dom) => (dom.style.fontWeight !== 'normal' ? null : false) },
      ],
      toDOM: () => ['strong', 0],
    },
    strike: { parseDOM: [{ tag: 's' }, { tag: 'del' }, { tag: 'strike' }], toDOM: () => ['s', 0] },
    code: { code: true, parseDOM: [{ tag: 'code' }], toDOM: () => ['code', 0] },
  },
})
