import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { opened } from '../../test/app'
import { MemoryVault } from '../../test/vault'
import * as api from '../api'
import type { OpenVault } from '../open.svelte'
import { Keeper, PAUSE, rootOf } from './keeper.svelte'

describe('what is typed', () => {
  let vault: MemoryVault
  let open: OpenVault

  beforeEach(async () => {
    vault = new MemoryVault().install()
    open = await opened()
    vault.calls = []
    vi.useFakeTimers()
  })

  afterEach(() => vi.useRealTimers())

  const settle = () => vi.advanceTimersByTimeAsync(PAUSE)

  it('is kept as a draft after a pause, once', async () => {
    const keeper = new Keeper(open, { id: 'a', kind: 'reflection', date: '2026-06-14' })
    keeper.set('title', 'W')
    keeper.set('title', 'When')
    expect(vault.kept.size).toBe(0)
    await settle()
    expect(vault.of('keep_draft')).toHaveLength(1)
    expect(vault.kept.get('a')?.draft.title).toBe('When')
    expect(keeper.state).toBe('kept')
    await keeper.close()
  })

  it('is kept while one types without a pause, so that less than two seconds are at risk', async () => {
    const keeper = new Keeper(open, { id: 'a', kind: 'reflection' })
    let typed = ''
    const at = new Map<string, number>([['', Date.now()]])
    for (let key = 0; key < 60; key += 1) {
      typed += 'x'
      at.set(typed, Date.now())
      keeper.set('body', typed)
      await vi.advanceTimersByTimeAsync(100)
      const kept = String(vault.kept.get('a')?.draft.body ?? '')
      const lost = typed.slice(0, kept.length + 1)
      if (kept !== typed) expect(Date.now() - at.get(lost)!).toBeLessThan(2000)
    }
    // Not at every key.
    expect(vault.of('keep_draft').length).toBeLessThan(6)
    await keeper.close()
  })

  it('is kept at once when everything is flushed', async () => {
    const keeper = new Keeper(open, { id: 'a', kind: 'reflection' })
    keeper.set('body', 'Half a sen')
    await open.flush()
    expect(vault.kept.get('a')?.draft.body).toBe('Half a sen')
    await keeper.close()
  })

  it('is kept to the last letter, also one that was typed while it was being kept', async () => {
    const keeper = new Keeper(open, { id: 'a', kind: 'reflection' })
    const letGo = vault.hold('keep_draft')
    keeper.set('body', 'Half')
    const flushed = keeper.flush()
    await vi.advanceTimersByTimeAsync(1)
    keeper.set('body', 'Half a sentence')
    letGo[0]!()
    await vi.advanceTimersByTimeAsync(1)
    expect(letGo).toHaveLength(2)
    letGo[1]!()
    expect(await flushed).toBe(true)
    expect(vault.kept.get('a')?.draft.body).toBe('Half a sentence')
    await keeper.close()
  })

  it('leaves nothing behind when nothing was typed', async () => {
    const keeper = new Keeper(open, { id: 'a', kind: 'reflection' })
    await keeper.close()
    expect(vault.calls).toHaveLength(0)
  })

  it('can be brought back when it was discarded', async () => {
    const keeper = new Keeper(open, { id: 'a', kind: 'reflection' })
    keeper.set('body', 'Words')
    await settle()
    await keeper.discard()
    expect(vault.kept.size).toBe(0)
    await open.bringBack()
    expect(vault.kept.get('a')?.draft.body).toBe('Words')
    await new Keeper(open, { id: 'b', kind: 'reflection' }).discard()
    expect(open.discarded).toBeNull()
  })

  it('becomes a record when it is added, and no draft any more', async () => {
    const keeper = new Keeper(open, { id: 'a', kind: 'reflection', date: '2026-06-14' })
    keeper.set('title', 'When silence did the work')
    expect(await keeper.add()).toMatchObject({ id: 'a' })
    await settle()
    expect(vault.kept.size).toBe(0)
    expect(vault.records.get('a')?.title).toBe('When silence did the work')
  })

  it('keeps letters typed while it is being added', async () => {
    const keeper = new Keeper(open, { id: 'a', kind: 'reflection', date: '2026-06-14' })
    keeper.set('title', 'When silence')
    const adding = keeper.add()
    keeper.set('body', 'One more thought')
    expect(await adding).toMatchObject({ id: 'a' })
    await settle()
    expect(vault.records.get('a')?.body).toBe('One more thought')
    expect(vault.kept.size).toBe(0)
  })

  it('does not let go of what the vault could not take', async () => {
    const keeper = new Keeper(open, { id: 'a', kind: 'reflection' })
    const keep = vi.spyOn(api, 'keepDraft').mockRejectedValueOnce(new Error('no room'))
    keeper.set('body', 'Words')
    await keeper.close()
    expect(keeper.state).toBe('failed')
    keep.mockRestore()
    expect(await open.flush()).toBe(true)
    expect(vault.kept.get('a')?.draft.body).toBe('Words')
    await keeper.close()
  })

  it('shows its problems when it cannot be added, and stays a draft', async () => {
    const keeper = new Keeper(open, { id: 'a', kind: 'session', date: '2026-06-14' })
    keeper.set('body', 'Notes')
    expect(await keeper.add()).toBeNull()
    expect(keeper.problems.map((problem) => problem.field)).toEqual(['title', 'format', 'mode', 'minutes'])
    expect(vault.kept.has('a')).toBe(true)
    keeper.set('title', 'First session')
    expect(keeper.problems.map((problem) => problem.field)).not.toContain('title')
    await keeper.close()
  })

  it('saves a changed record by itself, and keeps it beside the record while it does not fit', async () => {
    const id = vault.put({ kind: 'reflection', date: '2026-06-14', title: 'Silence', created: 'x', modified: 'y' })
    const keeper = new Keeper(open, vault.records.get(id) ?? {}, { existing: true })
    keeper.set('title', 'Silence at work')
    await settle()
    expect(keeper.state).toBe('saved')
    expect(vault.records.get(id)?.title).toBe('Silence at work')
    expect(vault.of('save_record')[0]?.args).not.toHaveProperty('draft.modified')
    keeper.set('title', '')
    await settle()
    expect(keeper.state).toBe('problems')
    expect(vault.records.get(id)?.title).toBe('Silence at work')
    expect(vault.kept.get(id)?.draft).not.toHaveProperty('title')
    await keeper.close()
  })

  it('is tried again when the vault could not take it', async () => {
    const keeper = new Keeper(open, { id: 'a', kind: 'reflection' })
    const keep = vault.handlers.keep_draft
    vault.handlers.keep_draft = () => {
      throw { code: null, message: 'The disk is full.', hint: null, problems: [] }
    }
    keeper.set('body', 'Words')
    await settle()
    expect(keeper.state).toBe('failed')
    expect(keeper.failure?.message).toBe('The disk is full.')
    vault.handlers.keep_draft = keep
    await keeper.flush()
    expect(vault.kept.get('a')?.draft.body).toBe('Words')
    await keeper.close()
  })

  it('knows which field a problem belongs to', () => {
    expect(['minutes', 'ratings[1].level', 'safeguarding.taken_to'].map(rootOf)).toEqual([
      'minutes',
      'ratings',
      'safeguarding',
    ])
  })
})
