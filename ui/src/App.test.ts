import { render, screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'

import { button, heading, laid, openFull as openWith, violations } from '../test/app'
import type { MemoryVault } from '../test/vault'
import App from './App.svelte'
import type { Place } from './place.svelte'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

const openFull = (place?: Place) => openWith(vault, place)

describe('before a portfolio is open', () => {
  it('a new one is made: folder, passphrase, recovery key, Today', async () => {
    render(App)
    await heading('Welcome to Coachfolio')
    await userEvent.click(button('Start a new portfolio'))
    await userEvent.click(button('Start the portfolio'))
    expect(screen.getByRole('alert', { name: 'There is something to put right' }).textContent).toContain(
      'Choose a folder for your portfolio.',
    )
    await userEvent.click(button('Choose a folder'))
    await userEvent.type(screen.getByLabelText('Passphrase'), 'four words are enough')
    await userEvent.type(screen.getByLabelText('The same passphrase again'), 'four words are enough')
    await userEvent.click(button('Start the portfolio'))
    await heading('Your recovery key')
    expect(screen.getByTestId('recovery-key').textContent).toContain('K7QF')
    await userEvent.click(button('Go to your portfolio'))
    expect(screen.getByText(/Write the key down first/)).toBeTruthy()
    await userEvent.click(screen.getByRole('checkbox', { name: 'I have written it down' }))
    await userEvent.click(button('Go to your portfolio'))
    await heading('Today')
    expect(vault.of('create_vault')[0]?.args).toEqual({
      folder: '/home/you/Documents/Coaching',
      passphrase: 'four words are enough',
    })
  })

  it('the last one is unlocked, and a wrong passphrase is said at its field', async () => {
    vault.recent = ['/home/you/Documents/Coaching']
    render(App)
    await heading('Unlock your portfolio')
    await userEvent.type(screen.getByLabelText('Passphrase'), 'wrong{Enter}')
    expect(await screen.findByText(/That is not the passphrase/)).toBeTruthy()
    await userEvent.clear(screen.getByLabelText('Passphrase'))
    await userEvent.type(screen.getByLabelText('Passphrase'), 'correct horse battery{Enter}')
    await heading('Today')
  })

  it('one can look around', async () => {
    render(App)
    await heading('Welcome to Coachfolio')
    await userEvent.click(button('Look around'))
    await heading('Today')
    expect(screen.getByText(/Nothing here is kept/)).toBeTruthy()
  })
})

describe('with a portfolio open', () => {
  it('an entry is written, survives a close, and is added', async () => {
    const { unmount } = await openFull()
    await userEvent.click(button('New reflection'))
    await heading('New reflection')
    await userEvent.type(screen.getByLabelText('Title'), 'A quiet morning')
    await vault.askToClose()
    await expect.poll(() => vault.closed).toBe(true)
    expect([...vault.kept.values()][0]?.draft.title).toBe('A quiet morning')
    unmount()

    render(App)
    await userEvent.click(await screen.findByRole('button', { name: /A quiet morning/ }))
    await heading('New reflection')
    expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('A quiet morning')
    await userEvent.type(screen.getByLabelText('What you want to remember'), 'It was good.')
    await userEvent.click(button('Add to portfolio'))
    await heading('A quiet morning')
    expect(await screen.findByText('It was good.')).toBeTruthy()
    expect(vault.kept.size).toBe(0)
  })

  it('closing waits while something cannot be kept, says why, and closes once it is kept', async () => {
    await openFull()
    await userEvent.click(button('New reflection'))
    await heading('New reflection')
    const keep = vault.handlers.keep_draft
    vault.handlers.keep_draft = () => {
      throw { code: null, message: 'The disk is full.', hint: 'Make room on it, then try again.', problems: [] }
    }
    await userEvent.type(screen.getByLabelText('Title'), 'A quiet morning')
    await vault.askToClose()
    const asks = await screen.findByRole('alertdialog', { name: 'Not everything you typed could be kept' })
    expect(asks.textContent).toContain('The disk is full. Make room on it')
    expect(await violations()).toEqual([])
    expect([vault.held, vault.closed]).toEqual([1, false])

    await userEvent.click(button('Go back to it'))
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('A quiet morning')

    await vault.askToClose()
    vault.handlers.keep_draft = keep
    await userEvent.click(await screen.findByRole('button', { name: 'Try again and close' }))
    await expect.poll(() => vault.closed).toBe(true)
    expect([...vault.kept.values()][0]?.draft.title).toBe('A quiet morning')
  })

  it('what cannot be kept is left behind only when the coach says so', async () => {
    await openFull()
    await userEvent.click(button('New reflection'))
    await heading('New reflection')
    vault.handlers.keep_draft = () => {
      throw { code: null, message: 'The disk is full.', hint: null, problems: [] }
    }
    await userEvent.type(screen.getByLabelText('Title'), 'A quiet morning')
    await vault.askToClose()
    await userEvent.click(await screen.findByRole('button', { name: 'Close without it' }))
    await expect.poll(() => vault.closed).toBe(true)
    expect(vault.kept.size).toBe(0)
  })

  it('a record is read, changed, and saves itself', async () => {
    const { ids } = await openFull({ section: 'journal', record: { as: 'read', id: 'reflection' } })
    await heading('When silence did the work')
    expect(screen.getByRole('heading', { name: 'So what' })).toBeTruthy()
    expect(await screen.findByText('Third session with Client A', { selector: 'dd *' })).toBeTruthy()
    await userEvent.click(button('Edit'))
    await heading('Edit: Reflection')
    await userEvent.type(screen.getByLabelText('Title'), ' again')
    await userEvent.click(button('Done'))
    await heading('When silence did the work again')
    expect(vault.records.get(ids.reflection)?.title).toBe('When silence did the work again')
  })

  it('a record that is gone says where it may be', async () => {
    await openFull({ section: 'journal', record: { as: 'read', id: '018f3c1e-0000-7000-8000-0000000000aa' } })
    expect((await screen.findByText(/Deleted records are in the bin/)).textContent).toContain('may have been deleted')
  })

  it('a change that does not fit stays beside its record, and says why when it is opened again', async () => {
    const { ids } = await openFull({ section: 'session', record: { as: 'edit', id: 'session' } })
    await heading('Edit: Session')
    await userEvent.clear(screen.getByLabelText('Minutes'))
    await userEvent.click(button('Done'))
    await heading('Third session with Client A')
    expect(vault.records.get(ids.session)?.minutes).toBe(50)
    await userEvent.click(button('Go on with it'))
    await heading('Edit: Session')
    expect(await screen.findByText(/^Minutes: .*whole minutes/)).toBeTruthy()
    await userEvent.type(screen.getByLabelText('Minutes'), '45')
    await userEvent.click(button('Done'))
    await expect.poll(() => vault.records.get(ids.session)?.minutes).toBe(45)
    expect(vault.kept.has(ids.session)).toBe(false)
  })

  it('kinds that belong together share a section, and each can be begun there', async () => {
    vault.put({ kind: 'feedback', date: '2026-06-01', title: 'A card with a heron', from: 'client' })
    vault.put({ kind: 'impact', date: '2026-06-03', title: 'Activation, spring', measure: 'PAM', people: 12 })
    await openFull()
    await userEvent.click(within(screen.getByRole('navigation')).getByRole('button', { name: 'Feedback' }))
    await heading('Feedback')
    expect(screen.getByRole('heading', { level: 2, name: 'Impact' })).toBeTruthy()
    const lines = await screen.findAllByText(/^(A card with a heron|Activation, spring)$/)
    expect(lines.map((line) => line.textContent?.trim())).toEqual(['Activation, spring', 'A card with a heron'])
    await userEvent.click(screen.getAllByRole('button', { name: 'New impact' })[0] as HTMLElement)
    await heading('New impact')
  })

  it('the journal is searched as one types', async () => {
    await openFull({ section: 'journal' })
    await heading('Journal')
    await userEvent.type(screen.getByLabelText('Search everything'), 'diet sheet')
    const found = await screen.findByRole('list', { name: 'What was found' })
    expect(within(found).getAllByRole('button')).toHaveLength(1)
  })

  it('a competency says what it asks for and begins what is missing', async () => {
    await openFull({ section: 'competencies', number: '2.2' })
    await heading('2.2 Active and empathic listening')
    expect(screen.getByText(/One record is waiting/)).toBeTruthy()
    const main = within(screen.getByRole('main'))
    expect(main.getByRole('button', { name: /Four-day health coaching course/ })).toBeTruthy()
    await userEvent.click(main.getByRole('button', { name: 'New observation' }))
    await heading('New observation')
    expect(screen.getByRole('group', { name: '2.2 Active and empathic listening' })).toBeTruthy()
  })

  it('locking keeps what is being typed', async () => {
    await openFull({ section: 'session', record: { as: 'new', kind: 'session' } })
    await heading('New session')
    await userEvent.type(screen.getByLabelText('Title'), 'Half typed')
    await userEvent.click(button('Lock'))
    await heading('Unlock your portfolio')
    expect([...vault.kept.values()].map((kept) => kept.draft.title)).toEqual(['Half typed'])
  })
})

describe('everyone can use', () => {
  const PLACES: [string, Place][] = [
    ['Today', { section: 'today' }],
    ['the journal', { section: 'journal' }],
    ['a record', { section: 'journal', record: { as: 'read', id: 'reflection' } }],
    ['a new reflection', { section: 'journal', record: { as: 'new', kind: 'reflection' } }],
    [
      'a new observation',
      { section: 'observation', record: { as: 'new', kind: 'observation', claims: [{ competency: '2.2' }] } },
    ],
    ['a new supervision', { section: 'supervision', record: { as: 'new', kind: 'supervision' } }],
    ['People', { section: 'person' }],
    ['feedback and impact', { section: 'feedback' }],
    ['new peer learning', { section: 'learning', record: { as: 'new', kind: 'peer-learning' } }],
    ['a new goal', { section: 'goal', record: { as: 'new', kind: 'goal' } }],
    ['a new statement', { section: 'statement', record: { as: 'new', kind: 'statement' } }],
    ['a new sign-off', { section: 'sign-off', record: { as: 'new', kind: 'sign-off' } }],
    ['a new person', { section: 'person', record: { as: 'new', kind: 'person' } }],
    ['the competencies', { section: 'competencies' }],
    ['a competency', { section: 'competencies', number: '1.5' }],
    ['Portfolio', { section: 'portfolio' }],
    ['your details', { section: 'profile' }],
  ]

  it.each(PLACES)('%s', async (_, place) => {
    await openFull(place)
    await expect.poll(() => document.activeElement).not.toBe(document.body)
    const find = screen.queryByLabelText('Find a competency')
    if (find) await userEvent.type(find, 'listening')
    expect(await violations()).toEqual([])
  })

  it('what comes before', async () => {
    render(App)
    await heading('Welcome to Coachfolio')
    expect(await violations()).toEqual([])
    await userEvent.click(button('Start a new portfolio'))
    await userEvent.click(button('Start the portfolio'))
    expect(await violations()).toEqual([])
  })
})
