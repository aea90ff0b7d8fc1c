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

it('tells once what is asked for, and at each box what is wrong', () => {
  const props = { id: 'due', legend: 'Due', value: '2026-13-', required: true, onchange: vi.fn() }
  render(DateInput, { ...props, hint: 'A day this year.', error: 'This is no day.' })
  expect(screen.getByRole('group', { name: 'Due A day this year.' })).toBeTruthy()
  for (const name of ['Day', 'Month', 'Year']) {
    const box = screen.getByRole('textbox', { name })
    const said = document.getElementById(box.getAttribute('aria-describedby') ?? '')?.textContent
    expect(said).toMatch(/^Error:\s*This is no day\.$/)
    expect(box.getAttribute('aria-invalid')).toBe('true')
    expect(box.getAttribute('aria-required')).toBe('true')
  }
})
