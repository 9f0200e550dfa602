/** The acts of other desks on one alert, of the last minutes. */

import type { TimelineEntry } from '@/api/types'

/** Longer ago it is history, and stands in the timeline. */
export const RECENT_MS = 120_000
const MOST = 3

export function othersActs(
  entries: readonly TimelineEntry[],
  own: string,
  isDesk: (role: string) => boolean,
  now: number,
): TimelineEntry[] {
  const isOthers = ({ by, role, at }: TimelineEntry) => by !== own && isDesk(role) && now - Date.parse(at) < RECENT_MS
  return entries.filter(isOthers).slice(-MOST).reverse()
}
