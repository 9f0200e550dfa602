/** Reports where the unit is: only when its officer has chosen so, and only on duty. */

import { computed, onUnmounted, ref, shallowRef, watch, type Ref } from 'vue'
import { reportPosition } from '@/api/commands'
import { commandKey } from '@/api/http'
import type { Position, Unit } from '@/api/types'

/** Well within the minute after which a board calls a position stale. */
const REPORT_EVERY_MS = 20_000
/** An older fix is not where the unit is. */
const FRESH_MS = 60_000

export type PositionState = 'off' | 'off_duty' | 'searching' | 'reporting' | 'denied' | 'unavailable'

export function usePosition(unit: Readonly<Ref<Unit | null>>, account: string) {
  const storageKey = `campus-dispatch.position.${account}`
  const chosen = ref(localStorage.getItem(storageKey) === 'yes')
  const failed = ref<'denied' | 'unavailable' | null>(null)
  const last = shallowRef<{ position: Position; at: number } | null>(null)
  const onDuty = computed(() => {
    const duty = unit.value?.duty
    return duty === 'available' || duty === 'on_post' || duty === 'committed'
  })
  const active = computed(() => chosen.value && onDuty.value)
  const state = computed<PositionState>(() => {
    if (!chosen.value) return 'off'
    if (failed.value !== null) return failed.value
    if (!onDuty.value) return 'off_duty'
    return last.value === null ? 'searching' : 'reporting'
  })
  let watching: number | null = null
  let timer: ReturnType<typeof setInterval> | null = null
  let reportedAt = Number.NEGATIVE_INFINITY

  function found({ coords, timestamp }: GeolocationPosition) {
    failed.value = null
    const isFirst = last.value === null
    last.value = { position: { longitude: coords.longitude, latitude: coords.latitude }, at: timestamp }
    if (isFirst) report()
  }

  /** An old position is worth nothing: what could not be sent is not tried again. */
  function report() {
    const fix = last.value
    if (!active.value || fix === null || unit.value === null) return
    if (Date.now() - fix.at > FRESH_MS || performance.now() - reportedAt < REPORT_EVERY_MS / 2) return
    reportedAt = performance.now()
    void reportPosition(unit.value.id, fix.position)(commandKey()).catch(() => undefined)
  }

  function start() {
    if (watching !== null) return
    if (!('geolocation' in navigator)) {
      failed.value = 'unavailable'
      return
    }
    watching = navigator.geolocation.watchPosition(
      found,
      (error) => (failed.value = error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable'),
      { enableHighAccuracy: true, maximumAge: 10_000 },
    )
    timer = setInterval(report, REPORT_EVERY_MS)
  }

  /** Nothing is measured that is not reported. */
  function stop() {
    if (watching !== null) navigator.geolocation.clearWatch(watching)
    if (timer !== null) clearInterval(timer)
    watching = null
    timer = null
    last.value = null
    failed.value = null
  }

  watch(active, (on) => (on ? start() : stop()), { immediate: true })
  onUnmounted(stop)

  function choose(wanted: boolean) {
    chosen.value = wanted
    localStorage.setItem(storageKey, wanted ? 'yes' : 'no')
  }
  return { chosen, state, choose, position: computed(() => last.value?.position ?? null) }
}
