import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'

import { button, heading, laid, openFull, said, violations } from '../../test/app'
import type { MemoryVault } from '../../test/vault'
import { lengthWords, readerWords, spanWords } from './words'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

const WRITE = 'Write the portfolio'
const SEE = 'See what goes in'
const report = (name: string) => screen.findByRole('heading', { level: 2, name })
const noReport = () => expect.poll(() => screen.queryByRole('heading', { name: 'What goes in' })).toBeNull()
const choose = (name: string | RegExp) => userEvent.click(screen.getByRole('radio', { name }))
const log = () => within(screen.getByRole('region', { name: 'Given out before' }))
const asked = (command: string) => vault.of(command).at(-1)?.args as { options: object; sheet: string }

/** The page, with private journal entries beside the example's records. */
async function openPage(privates = 1) {
  for (let number = 1; number <= privates; number += 1)
    vault.put({ id: `private-${number}`, kind: 'reflection', date: '2026-05-01', title: `Kept to myself ${number}` })
  const opened = await openFull(vault, { section: 'portfolio' })
  await heading('Portfolio')
  return opened
}

describe('before it is given out', () => {
  it('is for the appraisal, as a PDF, and nothing is written when one looks', async () => {
    await openPage()
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'The yearly appraisal' }).checked).toBe(true)
    await userEvent.click(button(SEE))
    expect(document.activeElement).toBe(await report('What goes in'))
    expect(asked('check_export')).toMatchObject({
      options: { audience: 'appraisal', from: null, to: null, also: [], originals: false },
      sheet: 'pdf',
    })
    expect(screen.getByText(/For: The yearly appraisal.*42 pages, 812 KB/)).toBeTruthy()
    await expect.poll(() => said(vault)).toContainEqual(expect.stringMatching(/would go in. Nothing is written/))
    expect(screen.getByRole('row', { name: /^Sessions \d+$/ })).toBeTruthy()
    expect(vault.of('export_portfolio')).toEqual([])
    expect(await violations()).toEqual([])
  })

  it('names what is left out, and leads to it', async () => {
    await openPage(22)
    await userEvent.click(button(SEE))
    await report('What goes in')
    const list = screen
      .getByText('Entries that are private until they are put forward for a competency: 22 records.')
      .closest('li')
    expect(within(list!).getAllByRole('listitem', { hidden: true })).toHaveLength(20)
    expect(within(list!).getByText('and 2 more')).toBeTruthy()
    await userEvent.click(within(list!).getByText('Kept to myself 22'))
    await heading('Kept to myself 22')
  })

  it('says what cannot be shown, and where it is', async () => {
    const { ids } = await openPage()
    const record = { id: ids.session, kind: 'session', date: '2026-06-12', title: 'Third session with Client A' }
    vault.notShown = [
      { what: 'phone.heic is a HEIC picture.', record },
      { what: 'A flaw.', record: null },
    ]
    await userEvent.click(button(SEE))
    const list = (await screen.findByRole('heading', { name: 'What could not be shown' })).nextElementSibling
    expect(list?.textContent).toContain('A flaw.')
    await userEvent.click(within(list as HTMLElement).getByRole('button'))
    await heading('Third session with Client A')
  })

  it('a report is taken away when it is no longer true', async () => {
    const { open } = await openPage()
    for (const change of [
      () => choose('Line management'),
      () => choose('One web page (HTML)'),
      async () => open.changed(),
    ]) {
      await userEvent.click(button(SEE))
      await report('What goes in')
      await change()
      await noReport()
    }
    expect(asked('check_export')).toMatchObject({ options: { audience: 'line-management' }, sheet: 'html' })
  })

  it('private entries go along one by one, for one reader and one time', async () => {
    await openPage(21)
    await userEvent.click(await screen.findByText('Choose private journal entries'))
    expect(screen.getAllByRole('checkbox', { name: /^Kept to myself/ })).toHaveLength(20)
    await userEvent.type(screen.getByLabelText('Find an entry by its title'), 'myself 21{Enter}')
    const entry = () => screen.getByRole<HTMLInputElement>('checkbox', { name: 'Kept to myself 21, 1 May 2026' })
    await userEvent.click(entry())
    expect(screen.getByText('Choose private journal entries (1 chosen)')).toBeTruthy()
    await userEvent.click(button(SEE))
    expect(
      await screen.findByText('Entries that are private until they are put forward for a competency: 20 records.'),
    ).toBeTruthy()
    expect(await violations()).toEqual([])
    await choose('Clinical supervision')
    expect(entry().checked).toBe(false)
    await userEvent.click(entry())
    await userEvent.click(button(WRITE))
    await report('The portfolio is written')
    expect(asked('export_portfolio').options).toMatchObject({ audience: 'clinical', also: ['private-21'] })
    expect(entry().checked).toBe(false)
    await choose(/^Everything/)
    expect(screen.queryByText(/^Choose private/)).toBeNull()
  })

  it('the best evidence is chosen and put in order with the keyboard, five at most', async () => {
    const claims = [{ competency: '1.3' }]
    for (const number of [1, 2, 3, 4, 5, 6])
      vault.put({ id: `shown-${number}`, kind: 'reflection', date: '2026-06-01', title: `Shown ${number}`, claims })
    await openPage()
    const opens = await screen.findByRole('button', { name: 'Choose the best evidence' })
    opens.focus()
    await userEvent.keyboard('{Enter}')
    const boxes = within(screen.getByRole('group', { name: /^The best evidence/ })).getAllByRole<HTMLInputElement>(
      'checkbox',
    )
    const tick = async (place: number) => {
      boxes[place]!.focus()
      await userEvent.keyboard(' ')
    }
    for (const place of [0, 1, 2]) await tick(place)
    screen.getAllByRole('button', { name: /^Move up/ })[1]!.focus()
    await userEvent.keyboard('{Enter}')
    const id = (place: number) => boxes[place]!.id.replace('best-', '')
    await userEvent.click(button(SEE))
    await report('What goes in')
    expect(asked('check_export').options).toMatchObject({ best: [id(0), id(2), id(1)], each_session: false })
    expect(await violations()).toEqual([])
    for (const place of [3, 4, 5]) await tick(place)
    const before = vault.of('export_portfolio').length
    await userEvent.click(button(WRITE))
    expect(document.activeElement?.textContent).toBe('Choose five at most: the page has room for no more.')
    expect(vault.of('export_portfolio')).toHaveLength(before)
  })

  it('a period must be two days in their order', async () => {
    await openPage()
    await choose('Those of a period')
    const day = async (legend: string, parts: string[]) => {
      const boxes = within(screen.getByRole('group', { name: new RegExp(`^${legend}`) })).getAllByRole('textbox')
      for (const [index, box] of boxes.entries()) {
        await userEvent.clear(box)
        await userEvent.type(box, parts[index]!)
      }
    }
    await day('From', ['1', '6', '2026'])
    await day('To', ['1', '5', '2026'])
    await userEvent.click(button(SEE))
    expect(screen.getByText('The last day lies before the first one.')).toBeTruthy()
    expect(document.activeElement?.id).toBe('period-to')
    expect(vault.of('check_export')).toEqual([])
    await day('To', ['12', '6', '2026'])
    await userEvent.click(button(SEE))
    expect(await screen.findByText(/For: The yearly appraisal from 1 June 2026 to 12 June 2026/)).toBeTruthy()
  })
})

describe('giving it out', () => {
  it('writes what was chosen, says where it lies and notes it', async () => {
    await openPage()
    expect(await log().findByText(/^Nothing yet/)).toBeTruthy()
    await choose('Line management')
    await userEvent.click(screen.getByRole('checkbox', { name: /^Take the attached files along/ }))
    await userEvent.click(button(WRITE))
    expect(document.activeElement).toBe(await report('The portfolio is written'))
    expect(screen.getByText('/home/you/Documents/portfolio-2026-06-14.pdf')).toBeTruthy()
    expect(asked('export_portfolio')).toMatchObject({
      options: { audience: 'line-management', originals: true },
      sheet: 'pdf',
    })
    expect((await log().findByText(/Line management/)).textContent).toContain('14 June 2026')
    expect(log().getByText(/portfolio-2026-06-14.pdf · 42 pages/)).toBeTruthy()
    expect(log().getByText('a'.repeat(64))).toBeTruthy()
    expect(await violations()).toEqual([])

    // What was written stays true, whatever is chosen next; a web page has no attached files.
    await choose('One web page (HTML)')
    expect(screen.queryByRole('checkbox', { name: /^Take the attached files along/ })).toBeNull()
    await report('The portfolio is written')
    await userEvent.click(button(WRITE))
    expect(await screen.findByText('/home/you/Documents/portfolio-2026-06-14.html')).toBeTruthy()
    expect(asked('export_portfolio')).toMatchObject({ options: { originals: false }, sheet: 'html' })
    await expect.poll(() => log().getAllByText(/^14 June 2026/)).toHaveLength(2)
    expect(log().getAllByRole('listitem')[0]?.textContent).toContain('one web page')
  })

  it.each([
    [WRITE, 'Writing the portfolio'],
    [SEE, 'Looking at what goes in'],
  ])('“%s” shows how far it is, and can be stopped', async (words, label) => {
    await openPage()
    vault.pace = 30
    await userEvent.click(button(words))
    expect(screen.getByRole('progressbar', { name: label })).toBeTruthy()
    expect(document.activeElement).toBe(button(words))
    await userEvent.click(button('Stop'))
    expect(await screen.findByText('You stopped it. Nothing was written.')).toBeTruthy()
    expect(vault.given).toEqual([])
  })

  it('of a long log the latest are shown', async () => {
    const release = {
      sheet: 'pdf' as const,
      sha256: 'c',
      fingerprint: 'd',
      audience: 'whole' as const,
      from: null,
      to: null,
      records: 1,
      pages: 9,
    }
    vault.given = Array.from({ length: 12 }, (_, index) => ({
      ...release,
      name: `${index}.pdf`,
      at: `2026-05-${30 - index}T12:00:00Z`,
    }))
    await openPage()
    expect((await log().findAllByText(/^\d+.pdf/)).map((one) => one.textContent?.trim())[0]).toMatch(/^0.pdf/)
    expect(log().getAllByText(/^\d+.pdf/)).toHaveLength(10)
    await userEvent.click(button('Show all 12'))
    expect(log().getAllByText(/^\d+.pdf/)).toHaveLength(12)
  })
})

it('readers, periods and lengths are said plainly', () => {
  expect(readerWords('assessor')).toContain('independent assessor')
  expect(readerWords('whole')).toContain('but small figures')
  expect(spanWords(null, null)).toBe('')
  expect(spanWords('2026-05-01', null)).toBe(' from 1 May 2026 on')
  expect(spanWords(null, '2026-05-01')).toBe(' up to 1 May 2026')
  expect(lengthWords(1, 'pdf')).toBe('1 page')
  expect(lengthWords(1, 'html')).toBe('one web page')
})
