/** A list fetched when its tab opens. */

import { ref, shallowRef } from 'vue'
import { ApiFailure } from '@/api/http'
import type { Problem } from '@/api/types'

export function useLoaded<T>(fetchIt: () => Promise<T>) {
  const value = shallowRef<T | null>(null)
  const refusal = ref<{ problem: Problem | null } | null>(null)

  async function load() {
    try {
      value.value = await fetchIt()
      refusal.value = null
    } catch (failure) {
      if (!(failure instanceof ApiFailure)) throw failure
      refusal.value = { problem: failure.problem }
    }
  }
  void load()
  return { value, refusal, load }
}
