/** A list of alerts in order of urgency, as of the last full second, that can be held still (U9). */

import { computed, type Ref } from 'vue'
import type { Alert } from '@/api/types'
import { useHold } from './hold'
import { byUrgency } from './ordering'

export function useFrozenOrder(alerts: Readonly<Ref<Alert[]>>, now: Readonly<Ref<number>>) {
  const sorted = computed(() => byUrgency(alerts.value, now.value).map((alert) => alert.id))
  const { keys, frozen, holding } = useHold(sorted)
  const ordered = computed(() => {
    const byId = new Map(alerts.value.map((alert) => [alert.id, alert]))
    return keys.value.flatMap((id) => byId.get(id) ?? [])
  })
  return { ordered, frozen, holding }
}
