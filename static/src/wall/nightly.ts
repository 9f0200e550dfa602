/** When a wall reloads itself (U13): once a day at a set hour, so that it begins each day afresh. */

import { DAY_MS, centreDay, startOfCentreDay } from '@/time/format'

const HOUR_MS = 3_600_000
/** The quietest hour of a school's day. */
const USUAL_HOUR = 4

/** `?reload=3` for another hour of the centre's day. */
export function reloadHour(query: Record<string, unknown>): number {
  const asked = Number(query.reload ?? NaN)
  return Number.isInteger(asked) && asked >= 0 && asked <= 23 ? asked : USUAL_HOUR
}

/** The first instant after `loadedAt` at which the centre's clock shows that hour. */
export function reloadAt(loadedAt: number, hour: number): number {
  const today = startOfCentreDay(centreDay(loadedAt)) + hour * HOUR_MS
  return today > loadedAt ? today : today + DAY_MS
}
