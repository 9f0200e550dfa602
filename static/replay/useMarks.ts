/** The marks of the day that is shown: alerts raised and deadlines told, fetched once per day. */

import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { ApiFailure } from '@/api/http'
import { centreDay, DAY_MS, startOfCentreDay } from '@/time/format'
import { getMarks } from './query'
import type { ReplayMark } from './types'

export function useMarks(at: Readonly<Ref<number>>) {
  const marks = shallowRef<readonly ReplayMark[]>([])
  const complete = ref(true)
  /** When the centre's day begins that is shown. */
  const day = computed(() => (at.value === 0 ? 0 : startOfCentreDay(centreDay(at.value))))

  watch(
    day,
    async (from) => {
      marks.value = []
      complete.value = true
      if (from === 0) return
      try {
        const answer = await getMarks(from, from + DAY_MS)
        if (from !== day.value) return
        marks.value = answer.marks
        complete.value = answer.complete
      } catch (failure) {
        // The board itself tells when nobody answers; a timeline without marks still seeks.
        if (!(failure instanceof ApiFailure)) throw failure
      }
    },
    { immediate: true },
  )

  /** The instant of the mark before or after what is shown; null where the day has none. */
  function neighbour(direction: 1 | -1): number | null {
    const instants = marks.value.map((mark) => Date.parse(mark.at))
    const found =
      direction === 1
        ? instants.find((instant) => instant > at.value)
        : instants.findLast((instant) => instant < at.value - 1000)
    return found ?? null
  }

  return { marks, complete, day, neighbour }
}
