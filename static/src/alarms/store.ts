/** Every alarm of the live board, on the page that shows them. */

import { computed, effectScope, shallowRef, watch, type Ref } from 'vue'
import { useBoard } from '@/live/store'
import { useNow } from '@/time/now'
import { lostAlarms, toldAlarms, type Alarm } from './alarm'
import { isFlood } from './order'

interface Alarms {
  alarms: Readonly<Ref<readonly Alarm[]>>
  /** More than an operator can take in one by one. */
  flood: Readonly<Ref<boolean>>
}

/** A first change is shown at once, those behind it together: thousands of alarms are not sorted a hundred times a second. */
const TOGETHER_MS = 200

let shared: Alarms | null = null

/** One computation for all who show it. */
export function useAlarms(): Alarms {
  shared ??= effectScope(true).run(gather)!
  return shared
}

function gather(): Alarms {
  const board = useBoard()
  const now = useNow()
  const told = shallowRef<readonly Alarm[]>([])
  let readAt = Number.NEGATIVE_INFINITY
  let waiting: ReturnType<typeof setTimeout> | null = null

  function read() {
    waiting = null
    readAt = performance.now()
    told.value = [...board.value.alerts.values()].flatMap(toldAlarms)
  }
  watch(
    () => board.value.alerts,
    () => {
      if (waiting !== null) return
      const early = TOGETHER_MS - (performance.now() - readAt)
      if (early <= 0) read()
      else waiting = setTimeout(read, early)
    },
    { immediate: true },
  )

  // Looked at once a second: silence grows by itself, without any frame.
  const lost = shallowRef<readonly Alarm[]>([])
  watch(
    now,
    (at) => {
      const { alerts, units } = board.value
      lost.value = [...alerts.values()].flatMap((alert) => lostAlarms(alert, units, at))
    },
    { immediate: true },
  )
  const alarms = computed(() => (lost.value.length === 0 ? told.value : [...told.value, ...lost.value]))
  return { alarms, flood: computed(() => isFlood(alarms.value, now.value)) }
}
