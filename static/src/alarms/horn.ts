/**
 * When the horn sounds, and which tone (U2, U5, U6). It knows neither the page nor its sound: it is
 * asked once a second and answers with a tone or none.
 */

import type { Alarm, Priority } from './alarm'

export const REPEAT_MS = 10_000
export const FLOOD_REPEAT_MS = 30_000
export const SILENCE_MS = 60_000
/** Whoever asks once a second may ask a little early. */
const EARLY_MS = 300

export class Horn {
  private known = new Set<string>()
  private soundedAt = Number.NEGATIVE_INFINITY
  private silentUntil = Number.NEGATIVE_INFINITY

  /** The tone that is due at `now`, by any clock that never runs back. */
  due(alarms: readonly Alarm[], isFlood: boolean, now: number): Priority | null {
    const unseen = alarms.filter((one) => one.state === 'active_unseen')
    const hasNew = unseen.some((one) => !this.known.has(identity(one)))
    this.known = new Set(unseen.map(identity))
    // What is new was not there to be silenced.
    if (hasNew) this.silentUntil = Number.NEGATIVE_INFINITY
    if (unseen.length === 0 || this.isSilent(now)) return null
    const waits = isFlood ? FLOOD_REPEAT_MS : hasNew ? 0 : REPEAT_MS
    if (now - this.soundedAt < waits - EARLY_MS) return null
    this.soundedAt = now
    return unseen.some((one) => one.priority === 'high') ? 'high' : 'low'
  }

  /** The horn alone, on this desk alone: what flashes goes on flashing. */
  silence(now: number): void {
    this.silentUntil = now + SILENCE_MS
  }

  isSilent(now: number): boolean {
    return now < this.silentUntil
  }

  /** How long it is still to be silent; 0 when it is not. */
  silentFor(now: number): number {
    return Math.max(0, this.silentUntil - now)
  }
}

/** An alarm that is raised anew is a new one. */
const identity = (alarm: Alarm) => `${alarm.key}@${alarm.at}`
