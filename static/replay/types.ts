/** The shapes of GET /replay/…, as the server writes them. */

import type { Change, Instant, Notice, Snapshot } from '@/api/types'

/** The board as it stood at an instant. */
export interface ReplayBoard {
  epoch: string
  /** The instant of the first record; null in an empty history. */
  begins_at: Instant | null
  now: Instant
  snapshot: Snapshot
}

/** The records after a position, as live push would have told them. */
export interface ReplayRecords {
  epoch: string
  frames: Change[]
  /** The last record taken in, also where it changed nothing. */
  seq: number
  /** Everything up to here is told. */
  until: Instant
  has_more: boolean
}

/** Something to be found again: an alert was raised, or a deadline was told. */
export interface ReplayMark {
  seq: number
  at: Instant
  alert: number
  /** Null: it was raised. */
  notice: Notice['notice'] | null
}

export interface ReplayMarks { marks: ReplayMark[]; complete: boolean }
