/** Which schools only one unit covers, looked at again once a second while somebody chooses. */

import { shallowRef, watch } from 'vue'
import type { School } from '@/api/types'
import { useBoard } from '@/live/store'
import { useNow } from '@/time/now'
import { soleCover } from './cover'

export function useCover() {
  const board = useBoard()
  const now = useNow()
  const cover = shallowRef<ReadonlyMap<string, School[]>>(new Map())
  let of: unknown[] = []
  // Positions come many times a second; nobody chooses faster than the clock turns.
  watch(
    now,
    () => {
      const { units, schools } = board.value
      if (of[0] === units && of[1] === schools) return
      of = [units, schools]
      cover.value = soleCover(units.values(), schools)
    },
    { immediate: true },
  )
  return cover
}
