// What is asked of the shell: fetched to be shown, or done because the coach said so.
import { untrack } from 'svelte'

import { asFailure, type Failure } from './api'

export type Resource<Value> = {
  /** The answer to the newest question that was answered; nothing before the first one. */
  readonly value: Value | undefined
  readonly failure: Failure | undefined
  reload: () => Promise<void>
}

/**
 * Fetches by a key, and again whenever something the key reads has changed. An answer that comes after a newer question
 * was asked is dropped. `load` is given the key and a signal that says when nobody waits for its answer any more.
 */
export function resource<Key, Value>(
  key: () => Key,
  load: (key: Key, signal: AbortSignal) => Promise<Value>,
): Resource<Value> {
  let value = $state.raw<Value>()
  let failure = $state.raw<Failure>()
  let asked = new AbortController()

  async function ask(about: Key) {
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    try {
      const answer = await load(about, signal)
      if (signal.aborted) return
      value = answer
      failure = undefined
    } catch (error) {
      if (!signal.aborted) failure = asFailure(error)
    }
  }

  $effect(() => {
    const about = key()
    void untrack(() => ask(about))
    return () => asked.abort()
  })

  return {
    get value() {
      return value
    },
    get failure() {
      return failure
    },
    reload: () => ask(untrack(key)),
  }
}

/** Waits this many milliseconds; an error once nobody waits any more. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new Error('nobody waits for this any more'))
    })
  })
}

/** Something the coach asks for, such as a record moved to the bin. What went wrong is there until it is tried again. */
export class Attempt {
  failure = $state.raw<Failure>()
  busy = $state(false)

  /** Whether it worked. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    this.failure = undefined
    this.busy = true
    try {
      await work()
      return true
    } catch (error) {
      this.failure = asFailure(error)
      return false
    } finally {
      this.busy = false
    }
  }
}
