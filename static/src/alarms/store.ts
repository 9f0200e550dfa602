/** Every alarm of the live board, on the page that shows them. */

import { computed, effectScope, type ComputedRef } from 'vue'
import { useBoard } from '@/live/store'
import { useNow } from '@/time/now'
import { lostAlarms, toldAlarms, type Alarm } from './alarm'
import { isFlood } from './order'

interface Alarms {
  alarms: ComputedRef<readonly Alarm[]>
  /** More than an operator can take in one by one. */
  flood: ComputedRef<boolean>
}

let shared: Alarms | null = null

/** One computation for all who show it. */
export function useAlarms(): Alarms {
  shared ??= effectScope(true).run(gather)!
  return shared
}

function gather(): Alarms {
  const board = useBoard()
  const now = useNow()
  const fromRecords = computed(() => [...board.value.alerts.values()].flatMap(toldAlarms))
  // Looked at once a second: silence grows by itself, without any frame.
  const fromSilence = computed(() => {
    const { alerts, units } = board.value
    return [...alerts.values()].flatMap((alert) => lostAlarms(alert, units, now.value))
  })
  const alarms = computed(() => [...fromRecords.value, ...fromSilence.value])
  return { alarms, flood: computed(() => isFlood(alarms.value, now.value)) }
}
