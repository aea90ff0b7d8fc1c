import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { createRawSnippet } from 'svelte'
import { expect, it } from 'vitest'

import Details from './Details.svelte'
import ErrorSummary from './ErrorSummary.svelte'

const children = createRawSnippet(() => ({ render: () => '<input id="within" aria-label="Within" />' }))

it('says that it opens, and whether it is open', async () => {
  render(Details, { summary: 'Which ones', about: 'private entries', children })
  const button = screen.getByRole('button', { name: /^Which ones ?: private entries$/, expanded: false })
  expect(screen.queryByRole('textbox')).toBeNull()
  await userEvent.click(button)
  expect(button.getAttribute('aria-expanded')).toBe('true')
  expect(screen.getByRole('textbox', { name: 'Within' })).toBeTruthy()
  await userEvent.keyboard(' ')
  expect(screen.queryByRole('textbox')).toBeNull()
})

it('opens for a problem that lies in it', async () => {
  render(Details, { summary: 'Choose from 12', children })
  render(ErrorSummary, { problems: [{ id: 'within', message: 'Choose one.' }], focus: false })
  await userEvent.click(screen.getByRole('button', { name: 'Choose one.' }))
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Within' }))
})
