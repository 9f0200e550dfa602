/** What needs somebody to act now (U1): told deadlines whose cause still stands. */

import type { Alert, Notice } from '@/api/types'
import { hasOpenHazard, isEnded } from './standing'

export type AlarmKind = Exclude<Notice['notice'], 'clock_warned' | 'clock_breached'>

export interface Alarm {
  kind: AlarmKind
  at: string
  assignment: number | null
}

/** Clock warnings and breaches are not repeated here: the clocks themselves show them. */
export function standingAlarms(alert: Alert): Alarm[] {
  return alert.notices.flatMap((notice) => {
    if (notice.notice === 'clock_warned' || notice.notice === 'clock_breached') return []
    if (!stillStands(alert, notice)) return []
    return [{ kind: notice.notice, at: notice.at, assignment: notice.assignment ?? null }]
  })
}

function stillStands(alert: Alert, notice: Notice): boolean {
  if (notice.notice === 'hazard_overdue') return hasOpenHazard(alert)
  if (isEnded(alert)) return false
  const state = alert.assignments.find((one) => one.id === notice.assignment)?.state
  switch (notice.notice) {
    case 'dispatch_missed':
      return alert.stage === 'received'
    case 'acknowledge_missed':
      return state === 'assigned' || state === 'delivered'
    case 'turnout_missed':
      return state === 'assigned' || state === 'delivered' || state === 'acknowledged'
    case 'first_feedback_missed':
      return alert.feedback.length === 0
    case 'result_missed':
      return alert.result === null && !alert.feedback.some((one) => one.kind === 'result')
    default:
      return false
  }
}
