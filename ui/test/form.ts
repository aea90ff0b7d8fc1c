// The form of an entry alone, for what is looked at within it.
import { render } from '@testing-library/svelte'

import type { Draft } from '../src/api'
import type { OpenVault } from '../src/open.svelte'
import { Keeper } from '../src/records/keeper.svelte'
import RecordForm from '../src/records/RecordForm.svelte'
import { begin } from '../src/records/values'
import { TODAY } from './answers'
import { kindOf } from './shelf'
import Within from './Within.svelte'

/** The form of a new entry of this kind that says these things already. */
export function openForm(vault: OpenVault, kind: string, values: Draft = {}) {
  const keeper = new Keeper(vault, { ...begin(kindOf(kind), 'a', TODAY), ...values })
  return { keeper, ...render(Within, { vault, of: RecordForm, given: { kind: kindOf(kind), keeper } }) }
}
