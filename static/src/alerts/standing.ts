/** Where an alert stands, in the few words a screen sorts and counts by. */

import type { Alert, Assignment } from '@/api/types'

export const isEnded = (alert: Alert) =>
  alert.stage === 'closed' || alert.stage === 'cancelled' || alert.stage === 'merged'

export const isLive = (assignment: Assignment) =>
  assignment.state !== 'cleared' &&
  assignment.state !== 'declined' &&
  assignment.state !== 'cancelled'

/** Units were there and none is any more: nothing is left but to close. */
export const isLeft = ({ assignments }: Alert) =>
  !assignments.some(isLive) && assignments.some(({ state }) => state === 'cleared')

/** Somebody must be sent: nothing has arrived and nothing is on its way. */
export const isWaiting = (alert: Alert) => alert.stage === 'received'

export const isActive = (alert: Alert) => !isEnded(alert) && !isWaiting(alert)

/** A hazard with a temporary measure stays visible until it is fixed. */
export const hasOpenHazard = (alert: Alert) =>
  alert.hazard !== null && alert.hazard.fixed_at === null

/** Whether the police have been there: only then needs the record no reason for their absence. */
export const hasArrival = (alert: Alert) =>
  alert.assignments.some(
    (assignment) => assignment.unit_kind !== 'school_guard' && assignment.arrived_at !== null,
  )

/** When it ended, for lists of what ended lately. */
export function endedAt(alert: Alert): number | null {
  const at = alert.closed_at ?? alert.cancelled_at ?? (isEnded(alert) ? alert.resolved_at : null)
  return at === null ? null : Date.parse(at)
}
