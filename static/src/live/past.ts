/**
 * A past that stands in the place of the present, for the components below whoever provides it: they
 * draw both alike.
 */

import { hasInjectionContext, inject, type InjectionKey, type Ref } from 'vue'
import type { Board } from './board'
import type { Ending } from './connection'

export interface Trust {
  connected: boolean
  loading: boolean
  stale: boolean
  age: number
  ended: Ending | null
}

export interface Past {
  board: Readonly<Ref<Board>>
  /** Milliseconds, as of the last full second. */
  now: Readonly<Ref<number>>
  trust: Readonly<Ref<Trust>>
}

export const PAST: InjectionKey<Past> = Symbol('past')

/** The past that is shown here; null where it is the present. */
export const pastHere = (): Past | null => (hasInjectionContext() ? inject(PAST, null) : null)
