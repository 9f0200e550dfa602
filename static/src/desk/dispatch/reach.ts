/** Which clocks of an alert a unit could still meet. */

import type { ClockRule } from '@/api/policy'
import type { Alert, Clock, UnitKind } from '@/api/types'
import { turnoutMs } from './estimate'

/** The part of a rule that says whose step ends its clock. */
export type Ending = Pick<ClockRule, 'end' | 'who'>
export type Rules = ReadonlyMap<string, Ending>

/** Of a rule nobody knows: the first police unit on scene. */
const USUAL: Ending = { end: 'arrived', who: {} }

export const endingOf = (clock: Clock, rules: Rules): Ending => rules.get(clock.rule) ?? USUAL

/** Clocks that run and are not over, the governing one first. */
export function runningClocks(alert: Alert): Clock[] {
  return alert.clocks.filter((clock) => clock.reached_at === null && clock.verdict !== 'not_applicable')
}

/** Whether a unit of this kind, sent in this wave, counts for a clock. */
export function counts({ who }: Ending, kind: UnitKind, wave: number): boolean {
  const kindCounts = who.unit_kinds ? who.unit_kinds.includes(kind) : kind !== 'school_guard'
  return kindCounts && (!who.echelons || who.echelons.includes(wave))
}

export interface Sent {
  kind: UnitKind
  wave: number
  onPost: boolean
  /** From the order to the arrival. */
  expected: number
}

/** When a unit sent at `now` would end a clock; null when it cannot say. */
export function endsAt(ending: Ending, sent: Sent, now: number): number | null {
  if (ending.end === 'cleared') return null
  return now + (ending.end === 'arrived' ? sent.expected : turnoutMs(sent.onPost))
}

export interface Reach {
  clock: Clock
  /** Milliseconds to spare; negative when it would come too late. */
  spare: number
}

/** The clocks the unit counts for, each with what it would leave. */
export function reachOf(alert: Alert, sent: Sent, rules: Rules, now: number): Reach[] {
  return runningClocks(alert).flatMap((clock) => {
    const ending = endingOf(clock, rules)
    const at = counts(ending, sent.kind, sent.wave) ? endsAt(ending, sent, now) : null
    if (at === null) return []
    // One that counts from the dispatch starts now.
    const due = clock.due_at === null ? now + clock.limit_ms : Date.parse(clock.due_at)
    return [{ clock, spare: due - at }]
  })
}
