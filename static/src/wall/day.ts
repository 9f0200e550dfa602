/** What the wall counts of the day: all of it is on the board, which keeps a day of ended alerts. */

import type { Alert, Verdict } from '@/api/types'
import { governingClock, verdictAt } from '@/alerts/clock'
import { centreDay, startOfCentreDay } from '@/time/format'

export interface Day {
  received: number
  ended: number
  /** Counted in the on-time rate, and of these on time. */
  n: number
  met: number
}

const COUNTED: readonly Verdict[] = ['met', 'late', 'missed', 'breaching', 'excused']

/** Actual alerts received since the centre's midnight; a merged one is part of its root. */
export function dayOf(alerts: Iterable<Alert>, now: number): Day {
  const midnight = startOfCentreDay(centreDay(now))
  const day: Day = { received: 0, ended: 0, n: 0, met: 0 }
  for (const alert of alerts) {
    if (alert.mode !== 'actual' || alert.imported || alert.stage === 'merged') continue
    if (receivedAt(alert) < midnight) continue
    day.received += 1
    if (alert.stage === 'closed' || alert.stage === 'cancelled') day.ended += 1
    const clock = governingClock(alert)
    if (clock === null || !clock.required) continue
    const verdict = verdictAt(clock, now)
    if (!COUNTED.includes(verdict)) continue
    day.n += 1
    if (verdict === 'met') day.met += 1
  }
  return day
}

/** Parsed once an alert: a wall reads it sixty times a second. */
const received = new WeakMap<Alert, number>()
function receivedAt(alert: Alert): number {
  const known = received.get(alert)
  if (known !== undefined) return known
  const at = Date.parse(alert.received_at)
  received.set(alert, at)
  return at
}

/** Below so many a percentage says nothing (U20). */
export const FEW = 10

/** Never rounded up into compliance: 89.96 % is 89.9 %. */
export function rateText({ n, met }: Day): string | null {
  return n < FEW ? null : `${(Math.floor((met * 1000) / n) / 10).toFixed(1)} %`
}
