/** Invented alerts, units and frames for the tests. */

import type { Alert, Assignment, Change, Clock, Heartbeat, Hello, Snapshot, Unit } from '@/api/types'

export const T0 = Date.parse('2026-11-24T00:00:00.000Z')
export const iso = (ms: number) => new Date(ms).toISOString()

/** A governing one-minute clock started at T0. */
export function clock(over: Partial<Clock> = {}): Clock {
  return {
    rule: 'l1-a', tier: 'T1', governing: true, required: true, limit_ms: 60_000,
    started_at: iso(T0), warn_at: iso(T0 + 40_000), due_at: iso(T0 + 60_000), reached_at: null,
    elapsed_ms: null, verdict: 'pending', corrected: false, ...over,
  }
}

/** A clock that is due at an instant, with its warning 20 s before. */
export const dueAt = (due: number, over: Partial<Clock> = {}) =>
  clock({ due_at: iso(due), warn_at: iso(due - 20_000), ...over })

export function assignment(over: Partial<Assignment> = {}): Assignment {
  return {
    id: 1, unit: 'U1', unit_name: '示例巡逻车', unit_kind: 'patrol', echelon: 2, stacked: false,
    state: 'assigned', dispatched_at: iso(T0), delivered_at: null, acknowledged_at: null,
    en_route_at: null, arrived_at: null, cleared_at: null, withdrawn_at: null, reason: null,
    pressed: [], ...over,
  }
}

export function alert(over: Partial<Alert> = {}): Alert {
  return {
    id: 1, mode: 'actual', stage: 'received', source: 'phone110', source_alarm_id: null,
    category: 'FIGHT', severity: 'L1', assessed: true, school: 'S1', school_name: '示例小学',
    station: null, place: null, zone: 'A', summary: '', caller_phone: null, raised_by: 'operator',
    occurred_at: null, reported_at: null, received_at: iso(T0), resolved_at: null,
    closed_at: null, cancelled_at: null, policy: { id: 'school-135-default', version: 1 },
    tier: 'T1', clocks: [clock()], assignments: [], feedback: [], notes: [], disposition: null,
    result: null, cancel_reason: null, merged_into: null, merged: [], hazard: null,
    corrections: [], excuses: [], first_verdict: null, reopened: 0, notices: [], seen: [],
    reinforcement_requested: false, imported: false, seq: 1, ...over,
  }
}

export function unit(over: Partial<Unit> = {}): Unit {
  return {
    id: 'U1', name: '示例巡逻车', kind: 'patrol', station: null, duty: 'available', post: null,
    position: null, position_at: null, assignments: [], ...over,
  }
}

export const hello = (over: Partial<Hello> = {}): Hello => ({
  frame: 'hello', epoch: 'e1', seq: 10, at: iso(T0), build: 'b1', heartbeat_ms: 5_000,
  resumed: false, reason: 'fresh',
  session: { account: 'operator', role: 'operator', unit: null, station: null, expires_at: null },
  ...over,
})
export const snapshot = (over: Partial<Snapshot> = {}): Snapshot => ({
  frame: 'snapshot', seq: 10, at: iso(T0), alerts: [], units: [], schools: [], stations: [], ...over,
})
export const change = (seq: number, previous: number, over: Partial<Change> = {}): Change => ({
  frame: 'change', seq, previous, at: iso(T0), by: 'operator', kind: 'alert_noted', ...over,
})
export const heartbeat = (seq: number, at = T0): Heartbeat => ({ frame: 'heartbeat', seq, at: iso(at) })
