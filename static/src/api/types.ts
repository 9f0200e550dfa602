/**
 * The shapes of /api/v1, as the server writes them (src/web/view). Instants are RFC 3339 UTC with
 * milliseconds; spans end in `_ms`; absent values are null.
 */

export type Instant = string

export type Role =
  | 'operator' | 'supervisor' | 'unit' | 'manager' | 'auditor' | 'admin' | 'screen' | 'gateway'
export type Category =
  | 'INTRUSION' | 'WEAPON' | 'ATTACK' | 'THREAT' | 'FIGHT' | 'BULLYING' | 'DISTURBANCE'
  | 'SUSPICIOUS' | 'FIRE' | 'MEDICAL' | 'MISSING' | 'WATER' | 'TRAFFIC' | 'THEFT' | 'DISPUTE'
  | 'CROWD' | 'SURROUNDINGS' | 'HAZARD' | 'DEVICE' | 'OTHER'
export type Severity = 'L0' | 'L1' | 'L2' | 'L3'
export type Tier = 'T1' | 'T3' | 'T5'
export type Zone = 'A' | 'B' | 'C'
export type Source =
  | 'phone110' | 'one_key_alarm' | 'unit_finding' | 'school_staff' | 'video' | 'other_system'
export type Mode = 'actual' | 'exercise' | 'test'
export type Stage =
  | 'received' | 'dispatched' | 'acknowledged' | 'en_route' | 'on_scene' | 'resolved' | 'closed'
  | 'cancelled' | 'merged'
export type AssignmentState =
  | 'assigned' | 'delivered' | 'acknowledged' | 'en_route' | 'on_scene' | 'cleared' | 'declined'
  | 'cancelled'
export type Verdict =
  | 'pending' | 'met' | 'breaching' | 'late' | 'missed' | 'excused' | 'not_applicable'
export type Disposition =
  | 'handled_on_scene' | 'mediated' | 'taken_for_questioning' | 'handed_to_case_unit'
  | 'referred_elsewhere' | 'fixed_on_the_spot' | 'escalated' | 'gone_on_arrival' | 'false_alarm'
  | 'malicious_report' | 'duplicate' | 'cancelled' | 'no_police_needed' | 'exercise_ended'
export type Validity = 'valid' | 'false_alarm' | 'malicious' | 'duplicate'
export type FeedbackKind = 'arrival' | 'progress' | 'result' | 'supplement'
export type SchoolKind =
  | 'kindergarten' | 'primary' | 'secondary' | 'combined' | 'vocational' | 'special' | 'university'
export type UnitKind = 'post' | 'patrol' | 'station' | 'traffic' | 'swat' | 'school_guard'
/** `committed` follows from the unit's live assignments. */
export type Duty = 'off_duty' | 'available' | 'on_post' | 'committed' | 'out_of_service'
export type Step = 'deliver' | 'acknowledge' | 'en_route' | 'arrive' | 'clear'

/** WGS-84 degrees. */
export interface Position { longitude: number; latitude: number }

export interface Clock {
  rule: string
  tier: Tier
  governing: boolean
  /** False for an advisory clock: shown, but left out of the on-time rate. */
  required: boolean
  limit_ms: number
  started_at: Instant | null
  warn_at: Instant | null
  due_at: Instant | null
  reached_at: Instant | null
  elapsed_ms: number | null
  /** As of the frame's instant; the screen lets `pending` turn into `breaching` after `due_at`. */
  verdict: Verdict
  corrected: boolean
}

export interface Assignment {
  id: number
  unit: string
  unit_name: string
  unit_kind: UnitKind
  echelon: number
  stacked: boolean
  state: AssignmentState
  dispatched_at: Instant | null
  delivered_at: Instant | null
  acknowledged_at: Instant | null
  en_route_at: Instant | null
  arrived_at: Instant | null
  cleared_at: Instant | null
  /** Of a declined or cancelled assignment. */
  withdrawn_at: Instant | null
  reason: string | null
  /** The phone's own times, shown beside the server's; they judge nothing. */
  pressed: { step: Step; pressed_at: Instant }[]
}

/** A deadline the server has told; a lost unit is never told, desks find it from its position. */
export interface Notice {
  at: Instant
  notice:
    | 'clock_warned' | 'clock_breached' | 'dispatch_missed' | 'acknowledge_missed'
    | 'turnout_missed' | 'first_feedback_missed' | 'result_missed' | 'hazard_overdue' | 'unit_lost'
  rule?: string
  assignment?: number
}

/** An alarm somebody at a desk has seen, and when. */
export interface SeenAlarm extends Notice { by: string }

export interface Alert {
  id: number
  mode: Mode
  stage: Stage
  source: Source
  source_alarm_id: string | null
  category: Category
  severity: Severity
  assessed: boolean
  school: string | null
  school_name: string | null
  station: string | null
  place: { text: string; position: Position | null } | null
  zone: Zone
  summary: string
  /** Masked (`138****0000`) or null outside operator and supervisor. */
  caller_phone: string | null
  raised_by: string
  occurred_at: Instant | null
  reported_at: Instant | null
  received_at: Instant
  resolved_at: Instant | null
  closed_at: Instant | null
  cancelled_at: Instant | null
  policy: { id: string; version: number }
  tier: Tier | null
  /** The governing clock first; empty for an inquiry (L0). */
  clocks: Clock[]
  assignments: Assignment[]
  feedback: {
    at: Instant; by: string; assignment: number | null; kind: FeedbackKind; text: string
    pressed_at: Instant | null
  }[]
  notes: { at: Instant; by: string; text: string }[]
  disposition: Disposition | null
  result: string | null
  cancel_reason: string | null
  merged_into: number | null
  merged: number[]
  hazard: { measure: string; informed: string; due_at: Instant; fixed_at: Instant | null } | null
  corrections: {
    at: Instant; by: string; point: string; assignment: number | null; step: Step | null
    old: Instant | null; new: Instant | null; reason: string
  }[]
  excuses: { at: Instant; by: string; rule: string; reason: string }[]
  first_verdict: Verdict | null
  reopened: number
  notices: Notice[]
  /** Each alarm with the last who has seen it. */
  seen: SeenAlarm[]
  reinforcement_requested: boolean
  imported: boolean
  /** Position of its last change. */
  seq: number
}

export interface Unit {
  id: string
  name: string
  kind: UnitKind
  station: string | null
  duty: Duty
  /** Of a unit on post. */
  post: string | null
  position: Position | null
  position_at: Instant | null
  assignments: number[]
}

export interface School {
  id: string
  name: string
  kind: SchoolKind
  zone: Zone
  position: Position | null
  station: string | null
  /** Minutes of the centre's day; weekdays "Mon".."Sun". */
  duty_windows: { weekdays: string[]; from_minute: number; to_minute: number; posts: number }[]
  contact: { name: string; phone: string } | null
}

export interface Station {
  id: string
  name: string
  position: Position | null
  leader: { name: string; phone: string } | null
  liaison: { name: string; phone: string } | null
}

/** One line of the alert's record: `kind` is the event's name, `detail` its fields. */
export interface TimelineEntry {
  seq: number
  at: Instant
  by: string
  role: string
  kind: string
  detail: Record<string, unknown>
}

/** GET /alerts/{id} */
export interface AlertDetail { alert: Alert; timeline: TimelineEntry[]; epoch: string; seq: number }

/** GET /alerts */
export interface AlertPage { alerts: Alert[]; next_cursor: string | null; epoch: string; seq: number }

/** What a command came to; the same for every retry of it. */
export interface Outcome {
  epoch: string
  seq: number
  alert: number | null
  assignments: number[]
}

/** RFC 9457; `detail` is in the language of Accept-Language. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  /** For support: finds the log line. */
  request_id?: string
  /** With 409 on an alert or assignment: how it stands. */
  current?: Alert
}

/** GET /session (the caller), POST /session (login) */
export interface Session {
  account: string
  role: Role
  unit: string | null
  station: string | null
  expires_at: Instant | null
  /** Told by `GET /session` alone. */
  locked?: boolean
  lock_after_ms?: number | null
  second_factor?: boolean
}

// ---- GET /live -------------------------------------------------------------------------------

/** The first frame. `position.seq` is that of the snapshot or of the resume point. */
export interface Hello {
  frame: 'hello'
  epoch: string
  seq: number
  at: Instant
  /** The server's build; when it changes after a reconnect the page reloads itself. */
  build: string
  heartbeat_ms: number
  /** Whether the client's position was taken up, and if not, why a snapshot follows. */
  resumed: boolean
  reason: 'fresh' | 'too_old' | 'future' | 'other_epoch' | 'behind' | null
  session: Session
}

/** Follows a hello that did not resume: everything the session may see, as of `seq`. */
export interface Snapshot {
  frame: 'snapshot'
  seq: number
  at: Instant
  /** Open alerts, unfixed hazards, and alerts that ended in the last 24 h. */
  alerts: Alert[]
  units: Unit[]
  schools: School[]
  stations: Station[]
}

/** One record. A board at position p takes it when `previous <= p < seq`. */
export interface Change {
  frame: 'change'
  seq: number
  /** The last position this audience was told of before it: a gap shows as previous > position. */
  previous: number
  at: Instant
  by: string
  /** The event's name. */
  kind: string
  /** Everything it changed, whole, as it stands after it. */
  alert?: Alert
  units?: Unit[]
  unit_removed?: string
  school?: School
  school_removed?: string
  station?: Station
  station_removed?: string
  /** A deadline the record tells (kind = deadline_passed). */
  notice?: Notice
}

/** Each `heartbeat_ms`, and after all records up to `seq`. */
export interface Heartbeat { frame: 'heartbeat'; seq: number; at: Instant }

export type Frame = Hello | Snapshot | Change | Heartbeat

/** WebSocket close codes of /live, and whether to come back. */
export const CLOSE = {
  1001: { name: 'going_away', reconnect: true },
  1009: { name: 'message_too_big', reconnect: false },
  4001: { name: 'session_ended', reconnect: false },
  4002: { name: 'too_slow', reconnect: true },
  4003: { name: 'too_many_sockets', reconnect: false },
  4008: { name: 'flood', reconnect: true },
} as const

// ---- statistics ------------------------------------------------------------------------------

export interface Percentiles {
  n: number
  p50_ms: number | null
  p90_ms: number | null
  p95_ms: number | null
  p99_ms: number | null
  max_ms: number | null
}

/** GET /statistics/response?from=&to=&tier=&station=&school=&category=&severity=&zone=&source=&mode=&group= */
export interface ResponseStatistics {
  from: Instant
  to: Instant
  /** As of when open alerts were judged. */
  at: Instant
  seq: number
  epoch: string
  policies: { id: string; version: number; alerts: number }[]
  clock_start: 'received'
  /** The whole of the filter, then one row per group. */
  total: ResponseRow
  /** The equal period before, with the same filter. */
  before: { from: Instant; to: Instant; total: ResponseRow }
  rows: ResponseRow[]
}

export interface ResponseRow {
  /** The tier, station, school, category, day… the row is about; null for the total. */
  group: string | null
  /** Alerts received in the period that pass the filter. */
  alerts: number
  /** Counted in the on-time rate. */
  n: number
  left_out: { test: number; merged: number; inquiry: number; ended_early: number; advisory: number; pending: number }
  met: number
  late: number
  missed: number
  breaching: number
  excused: number
  /** met ÷ n, and without excused; null when n is 0. */
  on_time_rate: number | null
  adjusted_rate: number | null
  /** Wilson's 95 % interval of met ÷ n. */
  on_time_interval: [number, number] | null
  response: Percentiles
  handling: Percentiles
  acknowledgement: Percentiles
  turnout: Percentiles
  travel: Percentiles
  control: Percentiles
  first_feedback: Percentiles
  result_feedback: Percentiles
  close: Percentiles
  /** Alerts that need an arrival, and how many had it within N minutes of receipt. */
  arrivals: { needed: number; within: { minutes: number; count: number }[] }
  /** Of all received. */
  endings: {
    valid: number; false_alarm: number; malicious: number; duplicate: number; declined: number; reopened: number
  }
  buckets: Record<'acknowledgement' | 'turnout' | 'feedback' | 'arrival', Bucket[]>
}

/** Of `n` measured spans, `count` were at most this long. */
export interface Bucket { within_seconds: number; count: number; n: number }

/** GET /statistics/profile?…&measure= */
export interface Profile {
  rows: ProfileRow[]
}

export interface ProfileRow {
  group: string
  alerts: number
  n: number
  met: number
  on_time_rate: number | null
  on_time_interval: [number, number] | null
  measured: number
  /** p50, p90, p95; null below 10. */
  percentiles_ms: [number | null, number | null, number | null]
  max_ms: number | null
}

/** GET /statistics/alerts?…&figure=&row=&within= */
export interface FigureAlerts {
  total: number
  alerts: (Alert & { unit?: string; span_ms: number | null })[]
}

/** POST /statistics/what-if?… */
export interface WhatIf {
  candidate: { id: string; version: number }
  without_rule: number
  before: ResponseRow
  after: ResponseRow
  rows: { group: string; before: ResponseRow | null; after: ResponseRow | null }[]
  newly_met: number
  no_longer_met: number
  newly_met_alerts: number[]
  no_longer_met_alerts: number[]
}

/** GET /statistics/hints?… */
export interface Hint {
  kind: 'just_under_limit' | 'same_second' | 'no_arrival' | 'tier_lowered'
  tier: Tier | null
  n: number
  count: number
  share: number | null
  interval: [number, number] | null
  expected: number | null
  worth_a_look: boolean
  alerts: number[]
}
