/** Marking alarms as seen: one command per alert, its answer shown where it was pressed. */

import { reactive, ref } from 'vue'
import { useAct } from '@/api/act'
import { seeAlarms } from '@/api/commands'
import type { Alarm } from './alarm'

export function useSeeing() {
  const { refusal, run } = useAct()
  const pending = reactive(new Set<string>())
  const busy = ref(false)

  async function see(alarms: readonly Alarm[]) {
    const unseen = alarms.filter((one) => one.state !== 'active_seen')
    if (busy.value || unseen.length === 0) return
    busy.value = true
    for (const { key } of unseen) pending.add(key)
    try {
      for (const group of byAlert(unseen)) {
        const keys = group.map((one) => one.key)
        const seen = await run(seeAlarms(group[0]!.alert.id, group), [keys, group.map((one) => one.at)])
        if (seen === null) return
      }
    } finally {
      pending.clear()
      busy.value = false
    }
  }

  return { see, pending, busy, refusal }
}

function byAlert(alarms: readonly Alarm[]): Alarm[][] {
  const groups = new Map<number, Alarm[]>()
  for (const alarm of alarms) {
    const group = groups.get(alarm.alert.id)
    if (group) group.push(alarm)
    else groups.set(alarm.alert.id, [alarm])
  }
  return [...groups.values()]
}
