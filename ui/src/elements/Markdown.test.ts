import { render } from '@testing-library/svelte'
import { expect, it } from 'vitest'

import { toHtml } from './markdown'
import Markdown from './Markdown.svelte'

it('shows HTML as text and never runs it', () => {
  const { container } = render(Markdown, {
    text: 'Before <script>alert(1)</script> after <img src=x onerror="alert(1)">\n\n<iframe src="x"></iframe>',
  })
  expect(container.querySelector('script, img, iframe')).toBeNull()
  expect(container.textContent).toContain('<script>alert(1)</script>')
  expect(container.textContent).toContain('<img src=x onerror="alert(1)">')
  expect(container.textContent).toContain('<iframe src="x"></iframe>')
})

it('makes no link and loads no picture', () => {
  const { container } = render(Markdown, {
    text: '[here](javascript:alert(1)) ![a face](https://example.org/x.png) [page](https://example.org) <b style="x">b</b>',
  })
  expect(container.querySelector('a, img, [style], [onclick]')).toBeNull()
  expect(container.textContent).toContain('page (https://example.org)')
})

it('sets what coaches write: lists, emphasis, tables, tasks', () => {
  const html = toHtml('**Count** to *ten*\n\n- one\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |')
  expect(html).toContain('<strong>Count</strong> to <em>ten</em>')
  expect(html).toContain('<li>one</li>')
  expect(html).toContain('☑ done')
  expect(html).toContain('<td>1</td>')
})

it('keeps the order of headings within a page', () => {
  expect(toHtml('# One\n\n## Two')).toMatch(/<h3>One<\/h3>\s*<h4>Two<\/h4>/)
})
