import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'

import { opened, write, written } from '../../test/app'
import { openForm } from '../../test/form'
import { kindOf, shelf } from '../../test/shelf'
import { MemoryVault } from '../../test/vault'
import type { Condition, Draft, Field } from '../api'
import type { OpenVault } from '../open.svelte'
import { preferences } from './preferences.svelte'
import { attachmentsOf } from './values'

let vault: MemoryVault
let inWindow: OpenVault

beforeEach(async () => {
  Object.assign(preferences, { details: true, together: false })
  vault = new MemoryVault().install()
  inWindow = await opened()
})

const open = (kind: string, values?: Draft) => openForm(inWindow, kind, values)

const sample: { [type in Field['type']]: (field: Field) => unknown } = {
  text: () => 'Some words',
  markdown: () => 'Some *words*',
  whole: () => 3,
  minutes: () => 50,
  number: () => 0.6,
  'yes-no': () => true,
  date: () => '2026-06-02',
  choice: (field) => {
    const last = field.type === 'choice' ? field.options.at(-1)?.id : undefined
    return field.type === 'choice' && field.many ? [last] : last
  },
  framework: (field) =>
    field.type !== 'framework'
      ? undefined
      : field.many
        ? [field.list === 'capabilities' ? 'first-aid' : '2.2']
        : ({ competencies: '2.2', standards: '3' }[field.list as string] ?? undefined),
  record: (field) => (field.type === 'record' && field.many ? ['r'] : 'r'),
  attachment: () => 'certificate.pdf',
  answers: () => [{ prompt: 'What happened', text: 'This' }],
  group: (field) => (field.type === 'group' ? rowOf(field.fields) : undefined),
  list: (field) => (field.type === 'list' ? [rowOf(field.fields)] : undefined),
}

function rowOf(fields: Field[]): Draft {
  return Object.fromEntries(
    fields.map((field) => [field.id, sample[field.type](field)]).filter(([, value]) => value !== undefined),
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

/** Values with which the condition holds. */
function opening(condition: Condition | null | undefined): Draft {
  if (condition?.all) return Object.assign({}, ...condition.all.map(opening)) as Draft
  if (condition?.any) return opening(condition.any[0])
  return condition?.in ? { [condition.field]: condition.in[0] } : {}
}

describe.each(shelf.kinds.map((kind) => kind.id))('the form of a %s', (id) => {
  it('shows every field with a name, and every value', () => {
    const kind = kindOf(id)
    const values = rowOf(kind.fields)
    // With every branch of the kind open in turn, each field is shown somewhere.
    const seen = new Set<string>()
    const visible = kind.fields.filter((field) => !field.hidden)
    for (const branch of [{}, ...visible.filter((field) => field.when).map((field) => opening(field.when))]) {
      const { container, unmount } = open(id, { ...values, ...branch, id: 'a', attachments: [vault.attachment] })
      for (const field of kind.fields.filter((field) => field.hidden)) {
        expect(container.textContent).not.toContain(field.label)
      }
      for (const field of visible) {
        if (container.textContent?.includes(field.label)) seen.add(field.id)
      }
      for (const control of container.querySelectorAll<HTMLInputElement>('input, textarea, select')) {
        expect(control.labels, `a label for ${control.id}`).toHaveLength(1)
      }
      unmount()
    }
    expect([...seen].sort()).toEqual(visible.map((field) => field.id).sort())
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
      await write(screen.getByText('Words'), '!')
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
    preferences.together = true
    const { keeper } = open('reflection')
    await userEvent.selectOptions(screen.getByLabelText(/^Way of reflecting/), 'kolb')
    await write(screen.getByLabelText('What you will try'), 'Wait')
    await write(screen.getByLabelText('What you experienced'), 'Silence')
    expect(keeper.draft.answers).toEqual([
      { prompt: 'What you experienced', text: 'Silence' },
      { prompt: 'What you will try', text: 'Wait' },
    ])
    await userEvent.selectOptions(screen.getByLabelText(/^Way of reflecting/), 'what-so-what-now-what')
    await write(screen.getByLabelText('So what'), 'It matters')
    expect(written('What you will try')).toEqual(['Wait'])
    expect(keeper.draft.answers).toHaveLength(3)
    await keeper.close()
  })

  it('shows both answers where two have the same prompt, and keeps each', async () => {
    preferences.together = true
    const twice = ['First', 'Second'].map((text) => ({ prompt: 'What happened', text }))
    const { keeper } = open('reflection', { model: 'what-so-what-now-what', answers: twice })
    const [first, second] = screen.getAllByLabelText('What happened')
    expect(written('What happened')).toEqual(['First', 'Second'])
    await write(first as HTMLElement, '!')
    await write(second as HTMLElement, '?')
    await write(screen.getByLabelText('So what'), 'It matters')
    expect(keeper.draft.answers).toEqual([
      { prompt: 'What happened', text: 'First!' },
      { prompt: 'So what', text: 'It matters' },
      { prompt: 'What happened', text: 'Second?' },
    ])
    // Cleared, the first keeps its place, and the second does not step into it.
    await write(screen.getAllByLabelText('What happened')[0] as HTMLElement, '{Backspace>6/}')
    expect(written('What happened')).toEqual(['', 'Second?'])
    await keeper.close()
  })

  it('keeps and shows the answers of another model, whatever the model is changed to', async () => {
    preferences.together = true
    const answers = [{ prompt: 'So what', text: 'It matters' }]
    const { keeper } = open('reflection', { model: 'what-so-what-now-what', answers })
    const model = screen.getByLabelText(/^Way of reflecting/)
    for (const other of ['gibbs', 'schon', 'free', '']) {
      await userEvent.selectOptions(model, other)
      expect(screen.getByText('It matters'), other).toBeTruthy()
      expect(keeper.draft.answers).toEqual(answers)
    }
    await userEvent.selectOptions(model, 'what-so-what-now-what')
    expect(written('So what')).toEqual(['It matters'])
    await keeper.close()
  })

  it("adds a model of the coach's own, asks its questions, and takes it off the list again", async () => {
    preferences.together = true
    const { keeper } = open('reflection')
    await userEvent.click(screen.getByRole('button', { name: 'Add a model of your own' }))
    await userEvent.type(screen.getByLabelText('Its name'), 'Three small words')
    await userEvent.click(screen.getByRole('button', { name: 'Add this model' }))
    expect(await screen.findByText(/^A model has 1 to 20 prompts/)).toBeTruthy()
    await userEvent.type(screen.getByLabelText('Its questions'), 'Here{Enter}{Enter}Now')
    await userEvent.click(screen.getByRole('button', { name: 'Add this model' }))
    await expect.poll(() => keeper.draft.model).toBe('own:Three small words')
    expect(screen.getByRole<HTMLOptionElement>('option', { name: 'Three small words' }).selected).toBe(true)
    await write(screen.getByLabelText('Now'), 'Breathe')
    expect(keeper.draft.answers).toEqual([{ prompt: 'Now', text: 'Breathe' }])
    await userEvent.click(screen.getByRole('button', { name: /^Take “Three small words” off the list/ }))
    await expect.poll(() => vault.models).toEqual([])
    expect(screen.getByRole('option', { name: 'Three small words' })).toBeTruthy()
    expect(screen.getByText('Breathe')).toBeTruthy()
    await keeper.close()
  })

  it('finds several records by their words and shows them by their titles', async () => {
    const of = (id: string, title: string, kind = 'reflection') => vault.put({ id, kind, date: '2026-06-02', title })
    of('one', 'When silence did the work')
    of('two', 'A difficult phone call', 'session')
    of('me', 'Agnieszka', 'person')
    const { keeper } = open('supervision', { type: 'health-coaching' })
    const group = within(screen.getByRole('group', { name: /^What was taken from the agenda/ }))
    await userEvent.click(await group.findByRole('button', { name: /^Choose A difficult phone call/ }))
    expect(keeper.draft.discussed).toEqual(['two'])
    expect(group.queryByText(/Agnieszka/), 'people are not on an agenda').toBeNull()
    await userEvent.type(group.getByLabelText('Find another by its words'), 'silence')
    await userEvent.click(await group.findByRole('button', { name: /^Choose When silence/ }))
    expect(keeper.draft.discussed).toEqual(['two', 'one'])
    await userEvent.click(group.getByRole('button', { name: 'Remove A difficult phone call' }))
    expect(keeper.draft.discussed).toEqual(['one'])
    await userEvent.click(group.getByRole('button', { name: 'Remove When silence did the work' }))
    expect(keeper.draft.discussed).toBeUndefined()
    await keeper.close()
  })

  it('takes one record of any kind in place of another', async () => {
    vault.put({ id: 'one', kind: 'reflection', date: '2026-06-02', title: 'When silence did the work' })
    vault.put({ id: 'two', kind: 'observation', date: '2026-06-03', title: 'Sam sat in' })
    const { keeper } = open('goal')
    const group = within(screen.getByRole('group', { name: /^What it came out of/ }))
    await userEvent.click(await group.findByRole('button', { name: /^Choose When silence/ }))
    await userEvent.click(await group.findByRole('button', { name: /^Choose Sam sat in/ }))
    expect(keeper.draft.from).toBe('two')
    await keeper.close()
  })

  it('ticks several choices, and keeps one that the list does not know', async () => {
    const { keeper } = open('person', { concerns: ['weather', 'work'] })
    await userEvent.click(screen.getByRole('checkbox', { name: 'A safeguarding worry' }))
    await userEvent.click(screen.getByRole('checkbox', { name: 'Something about the work' }))
    expect(keeper.draft.concerns).toEqual(['safeguarding', 'weather'])
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
    const control = screen.getByRole('radiogroup', { name: /^The client allowed the recording/ })
    expect(control.getAttribute('aria-invalid')).toBe('true')
    expect(control.textContent).toContain('A recording may only be used')
    await userEvent.click(consent)
    expect(document.activeElement?.id).toBe('field-consent')
    const level = screen.getByRole('radiogroup', { name: 'What was seen' })
    expect(level.getAttribute('aria-required')).toBe('true')
    expect(level.textContent).toContain('What was seen: please choose')
    expect(screen.getByLabelText('Title').getAttribute('aria-invalid')).toBe('true')
    expect(vault.records.size).toBe(0)
    await keeper.close()
  })

  it('claims competencies with what they count as and why', async () => {
    const { keeper } = open('reflection', { title: 'Silence' })
    await userEvent.type(screen.getByLabelText('Find a competency'), 'beliefs')
    const found = within(screen.getByRole('listbox', { name: 'Competencies' })).getAllByRole('option')
    expect(found).toHaveLength(1)
    await userEvent.click(found[0] as HTMLElement)
    await write(screen.getByLabelText(/^How it shows this/), 'I noticed')
    await userEvent.selectOptions(screen.getByLabelText('Counts as'), 'reflective-journal')
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

  it('takes files that are dropped on it or pasted, says what it cannot take, and leaves words to the editor', async () => {
    const { keeper, container } = open('reflection')
    const form = container.querySelector('form') as HTMLElement
    const bring = (kind: 'drop' | 'paste', files: File[], types = ['Files']) => {
      const data = { files, types, dropEffect: 'none' }
      const event = new Event(kind, { bubbles: true, cancelable: true })
      Object.assign(event, kind === 'drop' ? { dataTransfer: data } : { clipboardData: data })
      form.querySelector('button')?.dispatchEvent(event)
      return event.defaultPrevented
    }
    const names = () => attachmentsOf(keeper.draft).map((file) => file.name)

    const huge = new File(['x'], 'film.mp4')
    Object.defineProperty(huge, 'size', { value: 60_000_000 })
    expect(bring('drop', [new File(['one'], 'a.txt'), huge, new File(['two'], 'a.txt')])).toBe(true)
    await expect.poll(names).toEqual(['a.txt', 'a (2).txt'])
    expect(
      await screen.findByText('film.mp4 has 60.0 MB: too much to drop or paste. Choose it with “Attach files”.'),
    ).toBeTruthy()

    expect(
      bring('paste', [new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47])], 'image.png', { type: 'image/png' })]),
    ).toBe(true)
    await expect.poll(names).toEqual(['a.txt', 'a (2).txt', 'Pasted picture.png'])
    expect(screen.queryByText(/film.mp4/)).toBeNull()
    await expect.poll(() => container.querySelectorAll('img').length).toBe(1)

    expect(bring('paste', [new File(['x'], 'image.png', { type: 'image/png' })], ['text/html', 'Files'])).toBe(false)
    expect(names()).toHaveLength(3)
    await keeper.close()
  })

  it('saves a file out again', async () => {
    const { keeper } = open('reflection', { attachments: [vault.attachment] })
    expect(screen.getByText('PDF, 48 KB')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Save a copy of certificate.pdf' }))
    expect(await screen.findByText(/Saved as .*certificate.pdf. That copy is not encrypted/)).toBeTruthy()
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

describe('what there is to say of a record', () => {
  it('stands beside its field and keeps nothing from being saved', async () => {
    const message = '1.8: it does not count yet. A reason is missing.'
    vault.findings = [
      { place: 'claims[0].reason', message },
      { place: 'course', message: 'Another course.' },
    ]
    open('learning', { form: 'course', claims: [{ competency: '1.8' }] })
    const claim = await screen.findByRole('group', { name: /^1\.8/ })
    expect(await within(claim).findByText(message)).toBeTruthy()
    expect(screen.getByText('Another course.')).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
  })
})
