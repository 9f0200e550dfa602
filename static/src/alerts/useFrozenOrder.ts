/** A list of alerts in order of urgency that stands still under pointer or focus (U9). */

import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import type { Alert } from '@/api/types'
import { reorder } from './ordering'

export function useFrozenOrder(alerts: Readonly<Ref<Alert[]>>, now: Readonly<Ref<number>>) {
  const hovered = ref(false)
  const focused = ref(false)
  const frozen = computed(() => hovered.value || focused.value)
  const ids = shallowRef<number[]>([])

  watch(
    [alerts, now, frozen],
    () => (ids.value = reorder(ids.value, alerts.value, now.value, frozen.value)),
    { immediate: true },
  )

  const ordered = computed(() => {
    const byId = new Map(alerts.value.map((alert) => [alert.id, alert]))
    return ids.value.flatMap((id) => byId.get(id) ?? [])
  })

  /** For `v-on` on the list's element. */
  const holding = {
    pointerenter: (event: PointerEvent) => (hovered.value = event.pointerType === 'mouse'),
    pointerleave: () => (hovered.value = false),
    focusin: () => (focused.value = true),
    focusout: (event: FocusEvent) => {
      const list = event.currentTarget as HTMLElement
      focused.value = list.contains(event.relatedTarget as Node | null)
    },
  }
  return { ordered, frozen, holding }
}
