// Libraries without types of their own, as far as they are used.
declare module 'markdown-it-footnote' {
  import type MarkdownIt from 'markdown-it'

  const plugin: (md: MarkdownIt) => void
  export default plugin
}

declare module 'commonmark-spec' {
  export const tests: { markdown: string; html: string; section: string; number: number }[]
}
