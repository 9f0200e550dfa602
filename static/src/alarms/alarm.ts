/**
 * Alarms: what needs somebody to act now (U1), and how far each has come (U3). They are told by
 * the server, so that every desk has the same; only that a unit is lost is read off its position.
 */

import type { Alert, Assignment, Notice, SeenAlarm, Unit } from '@/api/types'
import { hasOpenHazard, isEnded } from '@/alerts/standing'

/** A turnout that is late is an event: what is owed is the acknowledgement before, the limit after. */
export type AlarmKind = Exclude<Notice['notice'], 'turnout_missed'>
export const ALARM_KINDS: readonly AlarmKind[] = [
  'clock_breached', 'dispatch_missed', 'acknowledge_missed', 'clock_warned', 'unit_lost',
  'first_feedback_missed', 'result_missed', 'hazard_overdue',
]

/** A third, seen and cleared, is history: it is in the alert's record and in no list. */
export type AlarmState = 'active_unseen' | 'active_seen' | 'cleared_unseen'
export type Priority = 'high' | 'low'

const PRIORITY: Record<AlarmKind, Priority> = {
  clock_breached: 'high', dispatch_missed: 'high', acknowledge_missed: 'high', clock_warned: 'low',
  unit_lost: 'low', first_feedback_missed: 'low', result_missed: 'low', hazard_overdue: 'low',
}

export interface Alarm {
  /** The same on every desk, for as long as the alarm is the same. */
  key: string
  alert: Alert
  kind: AlarmKind
  state: AlarmState
  priority: Priority
  /** When it was raised. */
  at: number
  rule: string | null
  assignment: Assignment | null
  seen: { by: string; at: number } | null
}

/** A unit on its way that has been silent for so long is lost; the server holds the same limit. */
export const UNIT_LOST_MS = 180_000

/** A clock that runs beside the governing one is shown and judged, but sounds for itself only when it is due at another time. */
function sounds(alert: Alert, rule: string | undefined): boolean {
  const clock = alert.clocks.find((one) => one.rule === rule)
  if (clock === undefined || !clock.required) return false
  if (clock.governing) return true
  const governing = alert.clocks.find((one) => one.governing)
  return governing?.due_at !== clock.due_at
}

const told = new WeakMap<Alert, Alarm[]>()

/** An alert's alarms as its record tells them; the same list for the same alert. */
export function toldAlarms(alert: Alert): readonly Alarm[] {
  const known = told.get(alert)
  if (known) return known
  const alarms = alert.notices.flatMap((notice) => {
    const kind = notice.notice
    if (kind === 'turnout_missed' || isOvertaken(alert, notice)) return []
    if (isOfClock(kind) && !sounds(alert, notice.rule)) return []
    return alarmOf(alert, { ...notice, notice: kind }, stands(alert, notice))
  })
  told.set(alert, alarms)
  return alarms
}

/** Whether something about it still waits for somebody to look. */
export const isUnseen = (alert: Alert) => toldAlarms(alert).some((one) => one.state === 'active_unseen')

const isOfClock = (kind: AlarmKind) => kind === 'clock_warned' || kind === 'clock_breached'

/** A warning ends in its breach: one cause, one alarm. */
function isOvertaken(alert: Alert, notice: Notice): boolean {
  return (
    notice.notice === 'clock_warned' &&
    alert.notices.some((one) => one.notice === 'clock_breached' && one.rule === notice.rule)
  )
}

function alarmOf(alert: Alert, notice: Notice & { notice: AlarmKind }, isActive: boolean): Alarm[] {
  const seen = seenOf(alert, notice)
  if (!isActive && seen) return []
  const { notice: kind, rule = null, assignment } = notice
  return [{
    key: [alert.id, kind, rule ?? assignment ?? ''].join(':'),
    alert,
    kind,
    state: !isActive ? 'cleared_unseen' : seen ? 'active_seen' : 'active_unseen',
    priority: PRIORITY[kind],
    at: Date.parse(notice.at),
    rule,
    assignment: alert.assignments.find((one) => one.id === assignment) ?? null,
    seen: seen && { by: seen.by, at: Date.parse(seen.at) },
  }]
}

/** Who has seen it since it was raised. */
function seenOf(alert: Alert, notice: Notice): SeenAlarm | null {
  const same = (one: SeenAlarm) =>
    one.notice === notice.notice && one.rule === notice.rule && one.assignment === notice.assignment
  return alert.seen.find((one) => same(one) && one.at >= notice.at) ?? null
}

/** Whether what the alarm is about is still so. */
function stands(alert: Alert, notice: Notice): boolean {
  if (notice.notice === 'hazard_overdue') return hasOpenHazard(alert)
  if (isEnded(alert)) return false
  const state = alert.assignments.find((one) => one.id === notice.assignment)?.state
  switch (notice.notice) {
    case 'clock_warned':
    case 'clock_breached': {
      const clock = alert.clocks.find((one) => one.rule === notice.rule)
      return alert.stage !== 'resolved' && clock !== undefined && clock.reached_at === null
    }
    case 'dispatch_missed':
      return alert.stage === 'received'
    case 'acknowledge_missed':
      return state === 'assigned' || state === 'delivered'
    case 'first_feedback_missed':
      return alert.feedback.length === 0
    case 'result_missed':
      return alert.result === null && !alert.feedback.some((one) => one.kind === 'result')
    default:
      return false
  }
}

/** Units on their way to the alert that are not heard from any more. */
export function lostAlarms(alert: Alert, units: ReadonlyMap<string, Unit>, now: number): Alarm[] {
  if (isEnded(alert)) return []
  return alert.assignments.flatMap((assignment) => {
    const unit = units.get(assignment.unit)
    if (assignment.state !== 'en_route' || !unit?.position_at || !assignment.en_route_at) return []
    if (unit.position_at < assignment.en_route_at) return []
    const since = Date.parse(unit.position_at) + UNIT_LOST_MS
    if (now < since) return []
    const notice = { notice: 'unit_lost' as const, at: new Date(since).toISOString(), assignment: assignment.id }
    return alarmOf(alert, notice, true)
  })
}
