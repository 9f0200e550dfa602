/** Units that could be sent, the likeliest first. */

import type { Alert, Position, School, Unit } from '@/api/types'
import { metresBetween } from '@/alerts/distance'

/** A position older than this is shown as stale. */
export const POSITION_STALE_MS = 60_000

export interface Candidate {
  unit: Unit
  /** Free, on another alert, or neither. */
  standing: 'free' | 'busy' | 'away'
  metres: number | null
  stale: boolean
}

export function candidates(
  alert: Alert,
  units: Iterable<Unit>,
  schools: ReadonlyMap<string, School>,
  now: number,
): Candidate[] {
  const there = alert.place?.position ?? (alert.school ? schools.get(alert.school)?.position : null)
  const onAlert = new Set(
    alert.assignments.filter((one) => one.withdrawn_at === null && one.cleared_at === null).map((one) => one.unit),
  )
  const list = [...units]
    .filter((unit) => !onAlert.has(unit.id))
    .map((unit): Candidate => {
      const here = positionOf(unit, schools)
      return {
        unit,
        standing: standingOf(unit),
        metres: here && there ? metresBetween(here, there) : null,
        stale: unit.position !== null && unit.position_at !== null && now - Date.parse(unit.position_at) > POSITION_STALE_MS,
      }
    })
  const posted = (one: Candidate) => (one.unit.post !== null && one.unit.post === alert.school ? 0 : 1)
  const order = { free: 0, busy: 1, away: 2 }
  return list.sort(
    (a, b) =>
      order[a.standing] - order[b.standing] ||
      posted(a) - posted(b) ||
      (a.metres ?? Infinity) - (b.metres ?? Infinity) ||
      a.unit.name.localeCompare(b.unit.name, 'zh-CN', { numeric: true }),
  )
}

function standingOf(unit: Unit): Candidate['standing'] {
  if (unit.assignments.length > 0) return 'busy'
  return unit.duty === 'available' || unit.duty === 'on_post' ? 'free' : 'away'
}

/** A unit on post without a position of its own is where its post is. */
function positionOf(unit: Unit, schools: ReadonlyMap<string, School>): Position | null {
  return unit.position ?? (unit.post ? (schools.get(unit.post)?.position ?? null) : null)
}
