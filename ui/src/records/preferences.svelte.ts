// How the coach likes the page while they write, for as long as the window is open. Nothing of a vault is in it.
export const preferences = $state({
  /** What is known about the entry stands beside the text. */
  details: true,
  /** The questions of a model stand all together, not one at a time. */
  together: false,
})
