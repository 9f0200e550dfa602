/** An assignment that was taken away is said until it is read, not just gone. */

import { shallowRef, watch, type Ref } from 'vue'
import { getAlert } from '@/api/queries'
import type { Duty, Duties } from './progress'

export function useWithdrawals(duties: Readonly<Ref<Duties>>, told: () => void) {
  const withdrawn = shallowRef<Duty[]>([])

  function tell(duty: Duty) {
    if (duty.assignment.state !== 'cancelled') return
    withdrawn.value = [...withdrawn.value, duty]
    told()
  }

  /** A snapshot after a time offline holds only what still binds the unit: ask for the rest. */
  async function ask({ alert, assignment }: Duty) {
    const detail = await getAlert(alert.id).catch(() => null)
    const now = detail?.alert.assignments.find((one) => one.id === assignment.id)
    if (detail && now) tell({ alert: detail.alert, assignment: now })
  }

  watch(duties, (after, before) => {
    for (const duty of before.live) {
      const { id } = duty.assignment
      if (after.live.some((one) => one.assignment.id === id)) continue
      const ended = after.ended.find((one) => one.assignment.id === id)
      if (ended) tell(ended)
      else void ask(duty)
    }
  })

  function dismiss(duty: Duty) {
    withdrawn.value = withdrawn.value.filter((one) => one !== duty)
  }
  return { withdrawn, dismiss }
}
