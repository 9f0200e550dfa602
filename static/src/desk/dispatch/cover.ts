/**
 * Which schools lose their cover when a unit is sent (U15). A school is covered while some free
 * police unit could be there within its zone's promise.
 */

import type { School, Unit, Zone } from '@/api/types'
import { metresBetween } from '@/alerts/distance'
import { expectedMs } from './estimate'
import { isFree, placeOf } from './place'

/** The 1-, 3- and 5-minute circles. */
export const PROMISE_MS: Record<Zone, number> = { A: 60_000, B: 180_000, C: 300_000 }

/** By unit: the schools that only it covers. */
export function soleCover(
  units: Iterable<Unit>,
  schools: ReadonlyMap<string, School>,
): ReadonlyMap<string, School[]> {
  const free = [...units]
    .filter((unit) => isFree(unit) && unit.kind !== 'school_guard')
    .flatMap((unit) => {
      const place = placeOf(unit, schools)
      return place ? [{ unit, place }] : []
    })
  const sole = new Map<string, School[]>()
  for (const school of schools.values()) {
    if (school.position === null) continue
    let only: Unit | null = null
    let count = 0
    for (const { unit, place } of free) {
      const needed = expectedMs(unit.kind, metresBetween(place, school.position), unit.post === school.id)
      if (needed > PROMISE_MS[school.zone]) continue
      only = unit
      if (++count > 1) break
    }
    if (count === 1 && only) sole.set(only.id, [...(sole.get(only.id) ?? []), school])
  }
  return sole
}
