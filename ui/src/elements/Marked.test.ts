import { render } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'

import Marked from './Marked.svelte'

/** Where a word stands, as the shell counts it: in the units of JavaScript's own strings. */
const range = (text: string, word: string) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length })

describe('a text with marked words', () => {
  it.each([
    ['a quiet session', ['quiet']],
    ['💚 quiet 👩🏽‍⚕️ session', ['quiet', 'session']],
    ['আমি বাংলায় লিখি', ['বাংলায়']],
    ['no word at all', []],
  ])('“%s” says the same and lets %j stand out', (text, words) => {
    const { container } = render(Marked, { text, marks: words.map((word) => range(text, word)) })
    expect(container.textContent).toBe(text)
    expect([...container.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(words)
  })
})
