// A box that is as high as the text in it.

/** Makes a textarea as high as its text, whenever this or the window changes. */
export const grow = (text: string) => (box: HTMLTextAreaElement) => {
  void text
  const measure = () => {
    // Measured at its least height, so that it also shrinks; the scroll container keeps its place.
    box.style.height = 'auto'
    if (box.scrollHeight > 0) box.style.height = `${box.scrollHeight + 2}px`
  }
  measure()
  window.addEventListener('resize', measure)
  return () => window.removeEventListener('resize', measure)
}
