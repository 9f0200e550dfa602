/** What a clock reads between two frames. The server judges; the screen only lets time pass. */

import type { Alert, Clock, Verdict } from '@/api/types'
import { left, over, reached } from '@/time/format'

interface Instants { warn: number | null; due: number | null }

/** Parsed once a clock: a wall reads thousands of them with every frame it draws. */
const parsed = new WeakMap<Clock, Instants>()

export function instantsOf(clock: Clock): Instants {
  let instants = parsed.get(clock)
  if (instants === undefined) {
    const parse = (at: string | null) => (at === null ? null : Date.parse(at))
    instants = { warn: parse(clock.warn_at), due: parse(clock.due_at) }
    parsed.set(clock, instants)
  }
  return instants
}

/** The verdict as of `now`: a pending clock past its due instant is breaching. */
export function verdictAt(clock: Clock, now: number): Verdict {
  const { due } = instantsOf(clock)
  const overdue = clock.verdict === 'pending' && due !== null && now > due
  return overdue ? 'breaching' : clock.verdict
}

/** How a clock is drawn: its colour class and its sign. */
export type ClockMood = 'waiting' | 'running' | 'warning' | 'overdue' | 'met' | 'late' | 'void'

export function moodAt(clock: Clock, now: number): ClockMood {
  switch (verdictAt(clock, now)) {
    case 'breaching':
      return 'overdue'
    case 'pending':
      if (clock.due_at === null) return 'waiting'
      return now >= (instantsOf(clock).warn ?? Number.POSITIVE_INFINITY) ? 'warning' : 'running'
    case 'met':
      return 'met'
    case 'late':
    case 'missed':
    case 'excused':
      return 'late'
    case 'not_applicable':
      return 'void'
  }
}

/** The digits of a clock: time left, time over, or the time it took. */
export function clockText(clock: Clock, now: number): string {
  if (clock.elapsed_ms !== null) return reached(clock.elapsed_ms, clock.limit_ms)
  const mood = moodAt(clock, now)
  if (clock.due_at === null || mood === 'late' || mood === 'void') return '--:--'
  const rest = Date.parse(clock.due_at) - now
  // The server may have told of it before this screen's second has turned.
  return mood === 'overdue' ? over(Math.max(1, -rest)) : left(rest)
}

/** The clock whose verdict is the alert's; none for an inquiry. */
export function governingClock(alert: Alert): Clock | null {
  return alert.clocks.find((clock) => clock.governing) ?? null
}
