/** The clock rules of the policy in force: whose step ends a clock, which no alert repeats. */

import { shallowRef, watch, type Ref } from 'vue'
import { getPolicy } from '@/api/policy'
import type { Alert } from '@/api/types'
import type { Ending, Rules } from './reach'

const rules = shallowRef<Rules>(new Map<string, Ending>())
let known = ''
let asking: Promise<void> | null = null

async function ask(): Promise<void> {
  const policy = await getPolicy()
  known = `${policy.id} ${policy.version}`
  rules.value = new Map(policy.rules.map((rule) => [rule.id, rule]))
}

/** Asked for once, and again when an alert comes under a policy that is not yet known here. */
export function useRules(alert: () => Alert): Readonly<Ref<Rules>> {
  watch(
    () => `${alert().policy.id} ${alert().policy.version}`,
    (wanted) => {
      // An alert of an older policy is estimated by the rules in force; the server judges by its own.
      if (wanted === known || asking !== null) return
      asking = ask()
        .catch(() => undefined)
        .finally(() => (asking = null))
    },
    { immediate: true },
  )
  return rules
}
