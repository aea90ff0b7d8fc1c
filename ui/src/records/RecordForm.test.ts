import { render, screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'

import { books, kindOf } from '../../test/books'
import { MemoryVault, TODAY } from '../../test/vault'
import type { Draft, Field } from '../api'
import { desk } from '../desk.svelte'
import { Keeper } from './keeper.svelte'
import RecordForm from './RecordForm.svelte'
import { begin } from './values'

let vault: MemoryVault

beforeEach(async () => {
  vault = new MemoryVault().install()
  await desk.load()
})

function open(kind: string, values: Draft = {}) {
  const keeper = new Keeper({ ...begin(kindOf(kind), 'a', TODAY), ...values })
  return { keeper, ...render(RecordForm, { books, kind: kindOf(kind), keeper }) }
}

const sample: { [type: string]: (field: Field) => unknown } = {
  text: () => 'Some words',
  markdown: () => 'Some *words*',
  whole: () => 3,
  minutes: () => 50,
  number: () => 0.6,
  'yes-no': () => true,
  date: () => '2026-06-02',
  choice: (field) => (field.type === 'choice' ? field.options.at(-1)?.id : undefined),
  framework: (field) =>
    field.type !== 'framework'
      ? undefined
      : ({ competencies: '2.2', standards: '3' }[field.list as string] ?? undefined),
  record: () => 'r',
  attachment: () => 'certificate.pdf',
  answers: () => [{ prompt: 'What happened', text: 'This' }],
  group: (field) => (field.type === 'group' ? rowOf(field.fields) : undefined),
  list: (field) => (field.type === 'list' ? [rowOf(field.fields)] : undefined),
}

function rowOf(fields: Field[]): Draft {
  return Object.fromEntries(
    fields.map((field) => [field.id, sample[field.type]?.(field)]).filter(([, value]) => value !== undefined),
  )
}

/** What stands in the form's controls. */
function shown(container: HTMLElement): string[] {
  const controls = container.querySelectorAll<HTMLInputElement>('input, textarea, select')
  return [...controls].flatMap((control) => {
    if (control.type === 'radio' || control.type === 'checkbox') return control.checked ? [control.value] : []
    return control.value === '' ? [] : [control.value]
  })
}

describe.each(books.kinds.map((kind) => kind.id))('the form of a %s', (id) => {
  it('shows every field with a name, and every value', () => {
    const kind = kindOf(id)
    const values = rowOf(kind.fields)
    // With every branch of the kind open in turn, each field is shown somewhere.
    const seen = new Set<string>()
    const switches = kind.fields.flatMap((field) => (field.type === 'choice' ? [field] : []))
    const branches = switches.flatMap((field) => field.options.map((option) => ({ [field.id]: option.id })))
    for (const branch of [{}, ...branches]) {
      const { container, unmount } = open(id, { ...values, ...branch, id: 'a', attachments: [vault.attachment] })
      for (const field of kind.fields) {
        if (container.textContent?.includes(field.label)) seen.add(field.id)
      }
      for (const control of container.querySelectorAll<HTMLInputElement>('input, textarea, select')) {
        expect(control.labels, `a label for ${control.id}`).toHaveLength(1)
      }
      unmount()
    }
    expect([...seen].sort()).toEqual(kind.fields.map((field) => field.id).sort())
  })

  it('gives back what was put in', async () => {
    const kind = kindOf(id)
    const values = rowOf(kind.fields)
    const { keeper, container } = open(id, { ...values, title: 'A title', body: 'Words' })
    const before = structuredClone(keeper.draft)
    for (const field of kind.fields) {
      const text = field.type === 'minutes' ? '50' : field.type === 'number' ? '0.6' : null
      if (text) expect(shown(container)).toContain(text)
    }
    if (kind.body_label) {
      const body = screen.getByDisplayValue('Words')
      await userEvent.type(body, '!')
      expect(keeper.draft).toEqual({ ...before, body: 'Words!' })
    }
    await keeper.close()
  })
})

describe('the form', () => {
  it('shows a field only when its condition holds, and keeps its value', async () => {
    const { keeper } = open('session', { format: 'one-to-one', client: 'Client A' })
    expect(screen.getByLabelText(/^Client/)).toBeTruthy()
    await userEvent.click(screen.getByRole('radio', { name: 'Group' }))
    expect(screen.queryByLabelText(/^Client/)).toBeNull()
    expect(screen.getByLabelText(/^How many people took part/)).toBeTruthy()
    expect(keeper.draft.client).toBe('Client A')
    await keeper.close()
  })

  it('asks the questions of the chosen model, and keeps the answers of another one', async () => {
    const { keeper } = open('reflection')
    await userEvent.selectOptions(screen.getByLabelText(/^Way of reflecting/), 'kolb')
    await userEvent.type(screen.getByLabelText('What you will try'), 'Wait')
    await userEvent.type(screen.getByLabelText('What you experienced'), 'Silence')
    expect(keeper.draft.answers).toEqual([
      { prompt: 'What you experienced', text: 'Silence' },
      { prompt: 'What you will try', text: 'Wait' },
    ])
    await userEvent.selectOptions(screen.getByLabelText(/^Way of reflecting/), 'what-so-what-now-what')
    await userEvent.type(screen.getByLabelText('So what'), 'It matters')
    expect(screen.getByLabelText<HTMLTextAreaElement>('What you will try').value).toBe('Wait')
    expect(keeper.draft.answers).toHaveLength(3)
    await keeper.close()
  })

  it('leaves a number that is not one yet as it was typed', async () => {
    const { keeper } = open('session')
    await userEvent.type(screen.getByLabelText('Minutes'), '5o')
    expect(keeper.draft.minutes).toBe('5o')
    await userEvent.clear(screen.getByLabelText('Minutes'))
    await userEvent.type(screen.getByLabelText('Minutes'), '50')
    expect(keeper.draft.minutes).toBe(50)
    await keeper.close()
  })

  it('puts each problem at its field and in a summary that leads there', async () => {
    const { keeper } = open('observation', { ratings: [{ competency: '2.2' }], source: 'film' })
    await userEvent.click(screen.getByRole('button', { name: 'Add to portfolio' }))
    const summary = await screen.findByRole('alert', { name: 'There is something to put right' })
    const consent = within(summary).getByText(/A recording may only be used/)
    const control = screen.getByRole('group', { name: 'The client allowed the recording (optional)' })
    expect(control.textContent).toContain('A recording may only be used')
    await userEvent.click(consent)
    expect(document.activeElement?.id).toBe('field-consent')
    const level = screen.getByRole('group', { name: 'What was seen' })
    expect(level.textContent).toContain('What was seen is needed.')
    expect(screen.getByLabelText('Title').getAttribute('aria-invalid')).toBe('true')
    expect(vault.records.size).toBe(0)
    await keeper.close()
  })

  it('claims competencies with what they count as and why', async () => {
    const { keeper } = open('reflection', { title: 'Silence' })
    await userEvent.click(screen.getByRole('button', { name: 'Choose competencies' }))
    await userEvent.type(screen.getByLabelText('Find a competency'), 'beliefs')
    const boxes = screen.getAllByRole('checkbox')
    expect(boxes).toHaveLength(1)
    await userEvent.click(boxes[0] as HTMLElement)
    await userEvent.selectOptions(screen.getByLabelText('Counts as'), 'reflective-journal')
    await userEvent.type(screen.getByLabelText(/^How it shows this/), 'I noticed')
    expect(keeper.draft.claims).toEqual([{ competency: '1.3', as: 'reflective-journal', reason: 'I noticed' }])
    await userEvent.click(screen.getByRole('button', { name: /^Take away/ }))
    expect(keeper.draft.claims).toBeUndefined()
    await keeper.close()
  })

  it('attaches a file where it is asked for', async () => {
    const { keeper } = open('learning', { form: 'course' })
    await userEvent.click(screen.getByRole('button', { name: 'Attach a file for “Certificate”' }))
    expect(keeper.draft.certificate).toBe('certificate.pdf')
    expect(keeper.draft.attachments).toEqual([vault.attachment])
    await userEvent.click(screen.getByRole('button', { name: 'Remove certificate.pdf' }))
    expect(keeper.draft.attachments).toBeUndefined()
    await keeper.close()
  })

  it('adds a person on the spot', async () => {
    const { keeper } = open('supervision')
    await userEvent.click(screen.getByRole('button', { name: 'Add a person to the list' }))
    await userEvent.type(await screen.findByLabelText('Their name'), 'Priya Nair')
    await userEvent.selectOptions(screen.getByLabelText('Their role'), 'clinician')
    await userEvent.click(screen.getByRole('button', { name: 'Add this person' }))
    const person = [...vault.records.values()].find((record) => record.kind === 'person')
    expect(person).toMatchObject({ title: 'Priya Nair', role: 'clinician' })
    await expect.poll(() => keeper.draft.supervisor).toBe(person?.id)
    await keeper.close()
  })
})
