/** The phone says by itself, once, that an assignment has reached it. */

import { watch, type Ref } from 'vue'
import type { Duty } from './progress'
import type { Presses } from './presses'

export function useDelivery(live: Readonly<Ref<Duty[]>>, presses: Presses, arrived: (duty: Duty) => void) {
  const seen = new Set<number>()
  watch(
    live,
    (duties) => {
      for (const duty of duties) {
        const { id, state } = duty.assignment
        if (seen.has(id)) continue
        seen.add(id)
        if (state !== 'assigned') continue
        const isQueued = presses.state.value.waiting.some(
          (press) => press.act === 'deliver' && press.assignment === id,
        )
        if (!isQueued) presses.take({ alert: duty.alert.id, assignment: id }, 'deliver')
        arrived(duty)
      }
    },
    { immediate: true },
  )
}
