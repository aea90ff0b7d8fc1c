import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'

import { heading, laid, openFull, opened, violations } from '../test/app'
import { actionFor, actionsOf, keyWords, onThisKeyboard } from './actions'

const nothing = async () => {}
const NOTHING = { lock: nothing, search: nothing, jot: nothing, keep: nothing }

it('every action has its own id and its own key, and leads where it says', async () => {
  laid()
  const open = await opened()
  const actions = actionsOf(open, NOTHING)
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
  const actions = actionsOf(await opened(), NOTHING)
  const press = (init: KeyboardEventInit) => actionFor(actions, new KeyboardEvent('keydown', init))?.id
  expect(press({ key: 'k', ctrlKey: true })).toBe('search')
  expect(press({ key: 'N', metaKey: true })).toBe('new-here')
  expect(press({ key: 'k' })).toBeUndefined()
  expect(press({ key: 'k', ctrlKey: true, shiftKey: true })).toBeUndefined()
  expect(press({ key: 'k', ctrlKey: true, altKey: true })).toBeUndefined()
  expect(press({ key: 'ArrowLeft', altKey: true, shiftKey: true })).toBeUndefined()
  const words = [keyWords({ key: 'k' }, false), keyWords({ key: 'k' }, true), keyWords({ key: '+' }, false)]
  expect(words).toEqual(['Ctrl+K', '⌘K', 'Ctrl+Plus'])
  expect(onThisKeyboard('Ctrl+Shift+K, Ctrl+B', true)).toBe('⇧⌘K, ⌘B')
  expect(keyWords({ key: 'arrowleft', alt: true })).toBe('Alt+Left arrow')
})

it('the shortcuts are listed on a page of their own', async () => {
  await openFull(laid())
  await userEvent.click(screen.getByRole('button', { name: 'Shortcuts' }))
  await heading('Shortcuts')
  expect(screen.getByText('Ctrl+K')).toBeTruthy()
  expect(screen.getByText(/Begin a new entry/)).toBeTruthy()
  expect(await violations()).toEqual([])
})
