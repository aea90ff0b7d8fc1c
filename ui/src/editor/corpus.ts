// Texts as coaches and other programs write them, to be taken through the editor and back.

export const corpus: { [name: string]: string } = {
  'typed lines': 'Client came late.\nWe talked about sleep.\n\nNext time: ask first.',
  'definitions that are none': '[Mood]: better\n[Sleep]: worse\n\n- [Pain]: 4/10',
  'a year at the beginning': '1986. That was the year she stopped smoking.\n\nIt was not easy.',
  'numbers that are competencies': '1. One\n\n3. Three\n\n7. Seven',
  'numbers with brackets': '1) ask\n2) wait\n3) listen',
  'nested lists': '- one\n  - two\n    - three\n  - four\n- five',
  'numbers in bullets': '- one\n  1. first\n  2. second\n- two',
  'loose list with paragraphs': '- one\n\n  more of one\n\n- two',
  'two lists beside each other': '- one\n- two\n\n* another',
  tasks: '- [ ] ring the surgery\n- [x] write it up\n- no task\n  - [ ] nested',
  'a list in a quotation': '> She said:\n>\n> - I can\n> - I will',
  'quotation with lines': '> first line\n> second line',
  table: '| When | What |\n|:--|--:|\n| Monday | walked |\n| Tuesday | **swam** |',
  'pipes and marks in cells': '| a \\| b | `c \\| d` |\n| --- | --- |\n| *e* | [f](https://example.org) |',
  'cells without words': '| a |  |\n| --- | --- |\n|  | b |',
  footnotes:
    'As Rogers says[^1], and others[^note].\n\n[^1]: On becoming a person.\n\n[^note]: With *marks*,\n    and a second line.',
  struck: 'Not ~~that~~ this.',
  'typed punctuation':
    '# is a sign, 5 * 3 = 15, snake_case_word, a < b & c > d, 50 % ~ 60 %, "quoted" – (so) [so] {so}!',
  'escaped signs':
    '\\# not a heading\n\n\\- not a list, \\*not italic\\*, \\[not\\](a link), 1\\. not a number, &amp;amp;',
  'hard breaks': 'one  \ntwo\\\nthree',
  'reference links': 'See [the page][p] and [p].\n\n[p]: https://example.org "A title"',
  'nested marks': 'half**bold**word, ***both***, *it **bold** it*, **bold *it* bold**',
  'a link around marks': '[**bold** link *it*](https://example.org)',
  addresses: '<https://example.org/a_b> and <dee@example.org>',
  code: 'Use `a ` b` or:\n\n```js\nif (a) {\n\n  b()\n}\n```',
  headings: 'Setext\n===\n\nText\n\n## Two\n\n###### Six #\n\n---\n\nEnd',
  'other scripts': '**আমি বাংলায় লিখি**\n\n- ਮੈਂ ਪੰਜਾਬੀ ਲਿਖਦਾ ਹਾਂ\n\n> أكتب بالعربية: *مرحبا*',
  'a picture': 'Before ![a face](https://example.org/face.png) after',
}
