import { DOMParser as Reader } from 'prosemirror-model'
import { EditorState, TextSelection } from 'prosemirror-state'
import { expect, it } from 'vitest'

import { cleaned, heads, plain } from './paste'
import { schema } from './schema'
import { serialise } from './serialise'

/** What comes out of HTML that is pasted, as Markdown. */
function pasted(html: string): string {
  const body = new DOMParser().parseFromString(cleaned(html), 'text/html').body
  const doc = Reader.fromSchema(schema).parse(body)
  const state = EditorState.create({ doc, plugins: [heads] })
  return serialise(state.apply(state.tr.insertText('')).doc.eq(doc) ? withHeads(state) : state.doc)
}

/** Any change at all makes the first row of a table its head. */
function withHeads(state: EditorState) {
  return state.apply(state.tr.insert(state.doc.content.size, schema.nodes.paragraph.create())).doc
}

/** A paragraph as Word puts a list's item on the clipboard. */
const item = (list: number, level: number, sign: string, words: string, place = '') => `
<p class=MsoListParagraphCxSp${place || 'Middle'} style='margin-left:${level * 0.5}in;mso-add-space:auto;text-indent:-.25in;mso-list:l${list} level${level} lfo${list + 1}'>
<![if !supportLists]><span style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>${sign}<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span lang=EN-GB>${words}<o:p></o:p></span></p>`

const WORD = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm} --></style>
<xml><w:WordDocument></w:WordDocument></xml></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h1>Review<o:p></o:p></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span lang=EN-GB>Bold</span></b><span lang=EN-GB> and&nbsp;<i>italic</i> words.<o:p></o:p></span></p>
<p class=MsoNormal><span lang=EN-GB><o:p>&nbsp;</o:p></span></p>
${item(0, 1, '·', 'walks daily', 'First')}
${item(0, 2, 'o', 'before breakfast')}
${item(0, 1, '·', 'sleeps better', 'Last')}
<p class=MsoNormal><span lang=EN-GB>Then:<o:p></o:p></span></p>
${item(1, 1, '1.', 'First item', 'First')}
${item(1, 2, 'a.', 'Sub item')}
${item(1, 1, '2.', 'Second item')}
${item(1, 1, '5.', 'Fifth item', 'Last')}
<table class=MsoTableGrid border=1><tr><td width=301 style='border:solid'><p class=MsoNormal>When<o:p></o:p></p></td>
<td><p class=MsoNormal><b>What</b></p></td></tr><tr><td><p class=MsoNormal>Monday</p></td>
<td><p class=MsoNormal>walked</p><p class=MsoNormal>and swam</p></td></tr></table>
<!--EndFragment--></body></html>`

it('takes over headings, lists and tables out of Word, and no rubbish', () => {
  expect(pasted(WORD)).toBe(
    `# Review

**Bold** and *italic* words.

- walks daily
  - before breakfast
- sleeps better

Then:

1. First item
   1. Sub item
2. Second item
5. Fifth item

| When | **What** |
| --- | --- |
| Monday | walked and swam |`,
  )
})

it('takes over what a web page means, and not how it looks', () => {
  expect(
    pasted(`<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="color:red">
<span style="font-weight:700">Bold</span><span style="font-style:italic"> slanted</span> <img src="x.png" alt="">
<a href="https://example.org" onclick="x()">a page</a> <a href="javascript:x()">a trick</a></p></b>
<script>alert(1)</script><ul><li><input type="checkbox" checked> done</li><li><input type="checkbox"> to do</li></ul>`),
  ).toBe('**Bold** *slanted* [a page](https://example.org) a trick\n\n- [x] done\n- [ ] to do')
})

it('keeps what was copied in the editor as it is', () => {
  const own = '<p data-pm-slice="1 1 []">Some <strong>words</strong></p>'
  expect(cleaned(own)).toBe(own)
})

it('keeps the lines of plain text', () => {
  const doc = schema.nodes.doc.create(null, schema.nodes.paragraph.create())
  const state = EditorState.create({ doc, selection: TextSelection.atStart(doc) })
  const slice = plain('\r\nFirst line\r\n- second\n\n  \nNew paragraph\n', state.selection.$from)
  const after = state.apply(state.tr.replaceSelection(slice)).doc
  expect(after.childCount).toBe(2)
  expect(serialise(after)).toBe('First line\n\\- second\n\nNew paragraph')
})
