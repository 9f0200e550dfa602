/** What lies under the map, and places in its system where that is not the board's. */

import { onScopeDispose, ref, shallowRef } from 'vue'
import { getMap, getMapMarks, type MapMark, type Tiles } from '@/api/queries'
import type { Position } from '@/api/types'
import type { Placed } from './marks'

/** How often places are asked for again where the server converts them. */
const ASK_EVERY_MS = 2_000

export function useTiles() {
  const tiles = ref<Tiles | null>(null)
  const placed = shallowRef<Placed>(null)
  let timer: ReturnType<typeof setTimeout> | null = null
  let gone = false

  async function ask(): Promise<void> {
    tiles.value = (await getMap()).tiles
    // The board is in WGS-84; only tiles in another system need the server's conversion.
    if (tiles.value !== null && tiles.value.system !== 'wgs84') await place()
  }

  async function place(): Promise<void> {
    try {
      const { schools, units, alerts } = await getMapMarks()
      const of = (kind: string, marks: MapMark[]) =>
        marks.map(({ id, longitude, latitude }): [string, Position] => [`${kind}:${id}`, { longitude, latitude }])
      placed.value = new Map([...of('school', schools), ...of('unit', units), ...of('alert', alerts)])
    } catch {
      // The next answer puts it right; the banner tells of a lost server.
    }
    if (!gone) timer = setTimeout(() => void place(), ASK_EVERY_MS)
  }

  void ask().catch(() => undefined)
  onScopeDispose(() => {
    gone = true
    if (timer !== null) clearTimeout(timer)
  })
  return { tiles, placed }
}
