/** The selected alert: live from the board, its timeline fetched again whenever it changes. */

import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import type { Alert, TimelineEntry } from '@/api/types'
import { ApiFailure } from '@/api/http'
import { getAlert } from '@/api/queries'
import { useBoard } from '@/live/store'
import { useSession } from '@/session'

/** Several changes of one command come at once: one fetch for all. */
const SETTLE_MS = 120

export function useAlertDetail(id: Readonly<Ref<number | null>>) {
  const board = useBoard()
  const session = useSession()
  const fetched = shallowRef<Alert | null>(null)
  const timeline = shallowRef<TimelineEntry[]>([])
  const missing = ref(false)
  let running: AbortController | null = null

  const live = computed(() => (id.value === null ? undefined : board.value.alerts.get(id.value)))
  const alert = computed<Alert | null>(() => {
    const read = fetched.value?.id === id.value ? fetched.value : null
    if (live.value === undefined) return read
    if (read === null) return live.value
    // The board shows every number masked; the alert that was opened shows it whole.
    return read.seq > live.value.seq ? read : { ...live.value, caller_phone: read.caller_phone }
  })

  async function load(wanted: number) {
    running?.abort()
    const mine = (running = new AbortController())
    try {
      const detail = await getAlert(wanted, mine.signal)
      if (mine !== running) return
      fetched.value = detail.alert
      timeline.value = detail.timeline
      missing.value = false
    } catch (failure) {
      if (mine !== running) return
      const status = failure instanceof ApiFailure ? failure.problem?.status : undefined
      missing.value = status === 404 || status === 403
    }
  }

  watch(id, () => {
    running?.abort()
    fetched.value = null
    timeline.value = []
    missing.value = false
  })
  watch(
    // A locked desk reads no number whole, and whoever unlocks it does again.
    [id, () => live.value?.seq, () => session.value?.locked],
    ([wanted], _before, onCleanup) => {
      if (wanted === null) return
      const timer = setTimeout(() => void load(wanted), SETTLE_MS)
      onCleanup(() => clearTimeout(timer))
    },
    { immediate: true },
  )

  return { alert, timeline, missing }
}
