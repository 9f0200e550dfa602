/** One act of a form: its state while it is sent, and one command key for every try of it. */

import { ref } from 'vue'
import { ApiFailure, commandKey } from './http'
import type { Problem } from './types'

export interface Refusal { problem: Problem | null }

export function useAct() {
  const pending = ref(false)
  const refusal = ref<Refusal | null>(null)
  let key = commandKey()
  let asked: string | null = null

  /**
   * Sends `command`; resolves to its outcome, or to null when it was refused or nobody answered.
   * While nobody has answered, the same question keeps its key: pressing again is a retry.
   */
  async function run<T>(command: (key: string) => Promise<T>, question: unknown): Promise<T | null> {
    if (pending.value) return null
    const asking = JSON.stringify(question)
    if (asked !== asking) key = commandKey()
    asked = asking
    pending.value = true
    refusal.value = null
    try {
      const outcome = await command(key)
      asked = null
      return outcome
    } catch (failure) {
      if (!(failure instanceof ApiFailure)) throw failure
      if (!failure.isPassing) asked = null
      refusal.value = { problem: failure.problem }
      return null
    } finally {
      pending.value = false
    }
  }

  return { pending, refusal, run }
}
