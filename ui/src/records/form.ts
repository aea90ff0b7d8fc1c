// What the parts of a form share without handing it down: the books, the draft's attachments, the way to attach.
import { getContext, setContext } from 'svelte'

import type { Books } from '../api'
import type { Keeper } from './keeper.svelte'

export type FormContext = { books: Books; keeper: Keeper; attach: () => Promise<string | null> }

const KEY = Symbol('form')

export const setForm = (form: FormContext) => setContext(KEY, form)
export const getForm = () => getContext<FormContext>(KEY)

/** The id of the control for a field, so that a problem can lead to it. */
export const controlId = (place: string) => `field-${place}`
