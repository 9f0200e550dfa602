/** Reloads the wall at its hour, or on a new build, and never while an alarm is unseen (U13). */

import { onUnmounted, watch } from 'vue'
import { isUnseen } from '@/alarms/alarm'
import { reloadWhenSafe, waitWhile } from '@/live/build'
import { useBoard, useTrust } from '@/live/store'
import { useNow } from '@/time/now'
import { reloadAt } from './nightly'

export function useNightlyReload(hour: number): void {
  const board = useBoard()
  const trust = useTrust()
  const now = useNow()
  let due: number | null = null

  const isAlarmUnseen = () => [...board.value.alerts.values()].some(isUnseen)
  // Nobody there to load from: the old picture, marked as old, is more than an error page.
  const isAlone = () => trust.value.stale || !trust.value.connected
  const withdraw = [waitWhile(isAlarmUnseen), waitWhile(isAlone)]

  const stop = watch(now, (at) => {
    // Server time is known only once the server was heard.
    if (trust.value.loading) return
    due ??= reloadAt(at, hour)
    if (at < due) return
    due = reloadAt(at, hour)
    reloadWhenSafe()
  })
  onUnmounted(() => {
    stop()
    for (const one of withdraw) one()
  })
}
