import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'

import DateInput from './DateInput.svelte'
import { join, split } from './day'

it('keeps a day as YYYY-MM-DD and what is not a day yet as it was typed', () => {
  expect(join({ day: '2', month: '6', year: '2026' })).toBe('2026-06-02')
  expect(join({ day: '', month: '6', year: '2026' })).toBe('2026-6-')
  expect(join({ day: '', month: '', year: '' })).toBe('')
  expect(split(join({ day: '31', month: '', year: '' }))).toEqual({ day: '31', month: '', year: '' })
})

it('can be typed and shows what is there', async () => {
  const onchange = vi.fn()
  render(DateInput, { id: 'date', legend: 'Date', value: '2026-06-', onchange })
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Month' }).value).toBe('6')
  await userEvent.type(screen.getByRole('textbox', { name: 'Day' }), '12')
  expect(onchange).toHaveBeenLastCalledWith('2026-06-12')
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Day' }).value).toBe('12')
})

it('tells at each box what is asked for and what is wrong', () => {
  const props = { id: 'due', legend: 'Due', value: '2026-13-', onchange: vi.fn() }
  render(DateInput, { ...props, hint: 'A day this year.', error: 'This is no day.' })
  for (const name of ['Day', 'Month', 'Year']) {
    const box = screen.getByRole('textbox', { name })
    const said = box
      .getAttribute('aria-describedby')
      ?.split(' ')
      .map((id) => document.getElementById(id)?.textContent)
    expect(said?.map((text) => text?.trim())).toEqual(['A day this year.', expect.stringContaining('This is no day.')])
  }
})
