/** The clock rules an alert is judged by, which no alert repeats: what each is for, whose step ends it. */

import { computed, shallowReactive, watch, type Ref } from 'vue'
import { getPolicyOf, type ClockRule } from '@/api/policy'
import type { Alert } from '@/api/types'

export type RuleMap = ReadonlyMap<string, ClockRule>

/** By policy and version. Few policies are ever adopted, and none changes: kept for good. */
const known = shallowReactive(new Map<string, RuleMap>())
const asking = new Set<string>()
const NONE: RuleMap = new Map()

const keyOf = ({ policy }: Alert) => `${policy.id} ${policy.version}`

async function ask(key: string, alert: number): Promise<void> {
  if (known.has(key) || asking.has(key)) return
  asking.add(key)
  try {
    const { rules } = await getPolicyOf(alert)
    known.set(key, new Map(rules.map((rule) => [rule.id, rule])))
  } catch {
    // Rules go by their ids until the next alert asks again.
  } finally {
    asking.delete(key)
  }
}

/** None while they are not known. A former policy judges on what came under it. */
export function useRules(alert: () => Alert): Readonly<Ref<RuleMap>> {
  watch([() => keyOf(alert()), () => alert().id], ([key, id]) => void ask(key, id), { immediate: true })
  return computed(() => known.get(keyOf(alert())) ?? NONE)
}
