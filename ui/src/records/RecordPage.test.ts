import { render, screen } from '@testing-library/svelte'
import { beforeEach, describe, expect, it } from 'vitest'

import second from '../../../tests/fixtures/kinds/observation.v2.json'
import { heading, laid, opened, written } from '../../test/app'
import { kindOf, shelf } from '../../test/shelf'
import type { MemoryVault } from '../../test/vault'
import Within from '../../test/Within.svelte'
import type { Draft, Kind } from '../api'
import type { RecordPlace } from '../place.svelte'
import RecordPage from './RecordPage.svelte'

let vault: MemoryVault

beforeEach(() => {
  vault = laid()
})

/** The page in a window that knows observations in two versions. */
async function open(record: RecordPlace) {
  const inWindow = await opened()
  const kinds = shelf.kinds.map((kind) => (kind.id === 'observation' ? (second as unknown as Kind) : kind))
  inWindow.shelf = { ...shelf, kinds, earlier_kinds: [kindOf('observation')] }
  render(Within, { vault: inWindow, of: RecordPage, given: { section: 'observation', record } })
}

const observation: Draft = { kind: 'observation', date: '2026-05-05', title: 'Watched', source: 'live' }

describe('a record of a kind that has two versions', () => {
  it('is changed in the form of the version it was written with', async () => {
    const id = vault.put({ ...observation, development: 'Ask permission first.' })
    await open({ as: 'edit', id })
    await heading('Edit: Observation')
    expect(written(/What to work on/)).toEqual(['Ask permission first.'])
    expect(screen.queryByText('The room you sat in')).toBeNull()
  })

  it('is read as it was written', async () => {
    const id = vault.put({ ...observation, kind_version: 2, room: 'hall', development: 'No field of this version.' })
    await open({ as: 'read', id })
    await heading('Watched')
    expect(screen.getByText('In the village hall')).toBeTruthy()
    expect(screen.queryByText('What to work on')).toBeNull()
  })

  it('is begun in the newest', async () => {
    await open({ as: 'new', kind: 'observation' })
    await heading('New observed session')
    expect(screen.getByText('The room you sat in')).toBeTruthy()
    expect(screen.queryByLabelText(/What to work on/)).toBeNull()
  })

  it('says so when a newer program wrote it', async () => {
    const id = vault.put({ ...observation, kind_version: 3 })
    await open({ as: 'read', id })
    expect(await screen.findByText(/A newer Coachfolio wrote it/)).toBeTruthy()
  })
})
