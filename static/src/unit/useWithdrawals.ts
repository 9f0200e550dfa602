/** An assignment that was taken away is said until it is read, not just gone (U19). */

import { watch, type Ref } from 'vue'
import { getAlert } from '@/api/queries'
import type { Duty, Duties } from './progress'
import type { ToldList } from './useTold'

const keyOf = (duty: Duty) => `withdrawn:${duty.assignment.id}`

export function useWithdrawals(duties: Readonly<Ref<Duties>>, { told, tell, dismiss }: ToldList, arrived: () => void) {
  /** Those that are being asked about just now. */
  const asking = new Set<string>()

  function settle(duty: Duty) {
    const key = keyOf(duty)
    if (duty.assignment.state === 'cancelled') {
      void tell({ kind: 'withdrawn', key, duty })
      arrived()
    } else {
      void dismiss(key)
    }
  }

  /** A snapshot after a time offline holds only what still binds the unit: ask for the rest. */
  async function ask({ alert, assignment }: Duty, key: string) {
    if (asking.has(key)) return
    asking.add(key)
    const detail = await getAlert(alert.id).catch(() => null)
    asking.delete(key)
    const now = detail?.alert.assignments.find((one) => one.id === assignment.id)
    if (detail && now) settle({ alert: detail.alert, assignment: now })
  }

  watch(duties, (after, before) => {
    for (const duty of before.live) {
      const { id } = duty.assignment
      if (after.live.some((one) => one.assignment.id === id)) continue
      const ended = after.ended.find((one) => one.assignment.id === id)
      if (ended) settle(ended)
      else void tell({ kind: 'gone', key: keyOf(duty), duty })
    }
    // Asked again with every change until somebody has answered.
    for (const one of told.value) if (one.kind === 'gone') void ask(one.duty, one.key)
  })
}
