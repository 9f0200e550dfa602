/** Where a unit is, whether it could be sent, and where an alert is. */

import type { Alert, Position, School, Unit } from '@/api/types'

/** A position older than this is shown as stale. */
export const POSITION_STALE_MS = 60_000

export type Standing = 'free' | 'busy' | 'away'

export function standingOf(unit: Unit): Standing {
  if (unit.assignments.length > 0) return 'busy'
  return unit.duty === 'available' || unit.duty === 'on_post' ? 'free' : 'away'
}

export const isFree = (unit: Unit) => standingOf(unit) === 'free'

/** A unit on post without a position of its own is where its post is. */
export function placeOf(unit: Unit, schools: ReadonlyMap<string, School>): Position | null {
  return unit.position ?? (unit.post ? (schools.get(unit.post)?.position ?? null) : null)
}

export function isStale(unit: Unit, now: number): boolean {
  return unit.position !== null && unit.position_at !== null && now - Date.parse(unit.position_at) > POSITION_STALE_MS
}

export function alertPlace(alert: Alert, schools: ReadonlyMap<string, School>): Position | null {
  return alert.place?.position ?? (alert.school ? (schools.get(alert.school)?.position ?? null) : null)
}
