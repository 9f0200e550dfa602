/**
 * How long a unit would need, before anybody has asked it. An estimate that says so: the way is the
 * straight line with the usual detour of streets, at what such a unit makes in a town.
 */

import type { UnitKind } from '@/api/types'

/** From the order to being on the way. */
export const TURNOUT_MS = { on_post: 5_000, other: 20_000 }
/** Streets are so much longer than the straight line. */
export const DETOUR = 1.35

/** Metres a second: on foot for those who stand at a school, by road for the others. */
export const SPEED: Record<UnitKind, number> = {
  post: 2.5, school_guard: 2.5, patrol: 9, station: 9, traffic: 11, swat: 10,
}

export function turnoutMs(isOnPost: boolean): number {
  return isOnPost ? TURNOUT_MS.on_post : TURNOUT_MS.other
}

/** From the order to the arrival. */
export function expectedMs(kind: UnitKind, metres: number, isOnPost: boolean): number {
  return turnoutMs(isOnPost) + Math.round((metres * DETOUR * 1000) / SPEED[kind])
}
