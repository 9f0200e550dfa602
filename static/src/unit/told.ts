/** What the officer is told until it is read; it survives a reload like a press. */

import type { Problem } from '@/api/types'
import type { Duty } from './progress'
import type { Press } from './queue'

export type Told =
  /** A press the server did not take. `noted`: it was filed as a report instead. */
  | { kind: 'refused'; key: string; press: Press; problem: Problem; noted: boolean }
  /** An assignment is no longer on the board; the server has not yet said why. */
  | { kind: 'gone'; key: string; duty: Duty }
  | { kind: 'withdrawn'; key: string; duty: Duty }
  /** The alert this phone raised has its number. */
  | { kind: 'raised'; key: string; alert: number }
