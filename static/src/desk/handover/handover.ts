/** What one shift hands to the next: everything that is open or overdue, nothing else. */

import { toldAlarms, type Alarm } from '@/alarms/alarm'
import { byUrgency, urgencyAt } from '@/alerts/ordering'
import { hasOpenHazard, isEnded } from '@/alerts/standing'
import type { Alert, Unit } from '@/api/types'
import { standingOf } from '../dispatch/place'

export interface Handover {
  overdue: Alert[]
  open: Alert[]
  /** Ended, but with a hazard that is not fixed. */
  hazards: Alert[]
  /** Alarms nobody has seen, of alerts that are in none of the lists above too. */
  unseen: Alarm[]
  /** Units that cannot be counted on: committed or out of service. */
  bound: Unit[]
}

interface Scene {
  alerts: ReadonlyMap<number, Alert>
  units: ReadonlyMap<string, Unit>
}

export function handover({ alerts, units }: Scene, now: number): Handover {
  const all = [...alerts.values()]
  const open = byUrgency(all.filter((alert) => !isEnded(alert)), now)
  const isOverdue = (alert: Alert) =>
    urgencyAt(alert, now) === 'overdue' || toldAlarms(alert).some((one) => one.state !== 'cleared_unseen' && one.kind !== 'clock_warned')
  return {
    overdue: open.filter(isOverdue),
    open: open.filter((alert) => !isOverdue(alert)),
    hazards: all.filter((alert) => isEnded(alert) && hasOpenHazard(alert)).sort(byDue),
    unseen: all.flatMap(toldAlarms).filter((one) => one.state !== 'active_seen').sort((a, b) => a.at - b.at),
    bound: [...units.values()]
      .filter((unit) => standingOf(unit) === 'busy' || unit.duty === 'out_of_service')
      .sort((a, b) => a.name.localeCompare(b.name, 'zh-CN', { numeric: true })),
  }
}

const byDue = (a: Alert, b: Alert) => ((a.hazard?.due_at ?? '') < (b.hazard?.due_at ?? '') ? -1 : 1)

/** The last thing said of an alert: feedback, a note, or nothing yet. */
export function lastWord(alert: Alert): { at: string; by: string; unit: string | null; text: string } | null {
  const unitOf = (id: number | null) => alert.assignments.find((one) => one.id === id)?.unit_name ?? null
  const said = [
    ...alert.feedback.map(({ at, by, text, assignment }) => ({ at, by, text, unit: unitOf(assignment) })),
    ...alert.notes.map(({ at, by, text }) => ({ at, by, text, unit: null })),
  ]
  return said.sort((a, b) => (a.at < b.at ? 1 : -1))[0] ?? null
}
