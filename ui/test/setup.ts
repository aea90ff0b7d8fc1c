import { cleanup } from '@testing-library/svelte'
import { afterEach } from 'vitest'

// jsdom draws nothing: what the window needs of drawing stands still.
Element.prototype.scrollIntoView = () => undefined
Element.prototype.scrollTo = () => undefined
window.scrollTo = () => undefined
HTMLCanvasElement.prototype.getContext = () => null

afterEach(() => {
  cleanup()
})
