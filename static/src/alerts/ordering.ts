/** The order of every list of alerts (U9): overdue, warning, open, done; then time left. */

import type { Alert } from '@/api/types'
import { governingClock, instantsOf, moodAt } from './clock'
import { isEnded } from './standing'

export type Urgency = 'overdue' | 'warning' | 'open' | 'done'
const RANK: Record<Urgency, number> = { overdue: 0, warning: 1, open: 2, done: 3 }

export function urgencyAt(alert: Alert, now: number): Urgency {
  const clock = governingClock(alert)
  if (isEnded(alert) || alert.stage === 'resolved') return 'done'
  // An inquiry has no clock, but somebody still waits for an answer.
  if (clock === null) return alert.stage === 'on_scene' ? 'done' : 'open'
  const mood = moodAt(clock, now)
  if (mood === 'overdue') return 'overdue'
  if (mood === 'warning') return 'warning'
  return mood === 'running' || mood === 'waiting' ? 'open' : 'done'
}

/** Milliseconds until the governing clock is due; negative when it is past. */
function timeLeft(alert: Alert, now: number): number {
  const clock = governingClock(alert)
  return ((clock && instantsOf(clock).due) ?? Number.POSITIVE_INFINITY) - now
}

/** Sorted copy, the most urgent first; what is done, newest first. */
export function byUrgency(alerts: Iterable<Alert>, now: number): Alert[] {
  const keyed = [...alerts].map((alert) => {
    const urgency = urgencyAt(alert, now)
    const within = urgency === 'done' ? -Date.parse(alert.received_at) : timeLeft(alert, now)
    return { alert, rank: RANK[urgency], within }
  })
  keyed.sort((a, b) => a.rank - b.rank || compare(a.within, b.within) || a.alert.id - b.alert.id)
  return keyed.map(({ alert }) => alert)
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
