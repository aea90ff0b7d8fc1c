import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'

import { heading, laid, openFull, opened, violations } from '../test/app'
import { actionFor, actionsOf, keyWords } from './actions'

it('every action has its own id and its own key, and leads where it says', async () => {
  laid()
  const open = await opened()
  const actions = actionsOf(open, { lock: async () => {}, search: async () => {}, jot: async () => {} })
  const ids = actions.map((action) => action.id)
  expect(new Set(ids).size).toBe(ids.length)
  const keys = actions.flatMap((action) => action.key ?? [])
  expect(new Set(keys).size).toBe(keys.length)
  for (const action of actions.filter((action) => action.section)) {
    await action.run()
    expect(open.where.now.section).toBe(action.section)
  }
  for (const kind of open.kinds) {
    await actions.find((action) => action.id === `new-${kind.id}`)?.run()
    expect(open.where.now).toMatchObject(kind.single ? { section: kind.id } : { record: { as: 'new', kind: kind.id } })
  }
})

it('a key does something with Ctrl or Command alone', async () => {
  laid()
  const actions = actionsOf(await opened(), { lock: async () => {}, search: async () => {}, jot: async () => {} })
  const press = (init: KeyboardEventInit) => actionFor(actions, new KeyboardEvent('keydown', init))?.id
  expect(press({ key: 'k', ctrlKey: true })).toBe('search')
  expect(press({ key: 'N', metaKey: true })).toBe('new-here')
  expect(press({ key: 'k' })).toBeUndefined()
  expect(press({ key: 'k', ctrlKey: true, shiftKey: true })).toBeUndefined()
  expect([keyWords('k', false), keyWords('k', true)]).toEqual(['Ctrl+K', '⌘K'])
})

it('the shortcuts are listed on a page of their own', async () => {
  await openFull(laid())
  await userEvent.click(screen.getByRole('button', { name: 'Shortcuts' }))
  await heading('Shortcuts')
  expect(screen.getByText('Ctrl+K')).toBeTruthy()
  expect(screen.getByText(/Begin a new entry/)).toBeTruthy()
  expect(await violations()).toEqual([])
})
