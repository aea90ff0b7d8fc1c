// What the parts of a form share without handing it down: the vault, the entry, the files on their way into it.
import { createContext } from 'svelte'

import type { OpenVault } from '../open.svelte'
import type { Attaching } from './attaching.svelte'
import type { Keeper } from './keeper.svelte'

export type FormContext = { vault: OpenVault; keeper: Keeper; attaching: Attaching }

export const [getForm, setForm] = createContext<FormContext>()

/** The id of the control for a field, so that a problem can lead to it. */
export const controlId = (place: string) => `field-${place}`
