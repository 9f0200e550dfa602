/** The shapes of GET /alerts/{id}/report, as the server writes them. */

import type { Alert, Instant, Tier, TimelineEntry, UnitKind, Verdict } from '@/api/types'

export type StartPoint = 'received' | 'reported' | 'dispatched'
export type EndPoint = 'acknowledged' | 'en_route' | 'arrived' | 'cleared'
export type Waypoint =
  | 'received' | 'dispatched' | 'acknowledged' | 'en_route' | 'arrived' | 'cleared' | 'resolved'
  | 'closed' | 'cancelled'

/** An instant, and the record it stands in. */
export interface RecordMark {
  at: Instant
  seq: number
  assignment: number | null
  /** The alert merged in, where its receipt is what counts. */
  child: number | null
  /** What stood here before a supervisor corrected it. */
  original: Instant | null
}

export interface DerivedClock {
  rule: string
  tier: Tier
  governing: boolean
  required: boolean
  goal_percent: number
  start_point: StartPoint
  end_point: EndPoint
  unit_kinds: UnitKind[] | null
  echelons: number[] | null
  at_least: number
  limit_ms: number
  start: RecordMark | null
  end: RecordMark | null
  ended: RecordMark | null
  elapsed_ms: number | null
  verdict: Verdict
  corrected: boolean
  excused: number | null
}

export interface Leg {
  from: Waypoint
  from_at: Instant
  /** Null while it goes on. */
  to: Waypoint | null
  to_at: Instant
}

export interface Seal { seq: number; hash: string; digest: string }

export interface AlertReport {
  alert: Alert
  timeline: TimelineEntry[]
  clocks: DerivedClock[]
  legs: Leg[]
  at: Instant
  epoch: string
  seal: Seal
}
