/** The clock rules of the policy in force, which no alert repeats: what each is for, whose step ends it. */

import { computed, shallowRef, watch, type Ref } from 'vue'
import { getPolicy, type ClockRule } from '@/api/policy'
import type { Alert } from '@/api/types'

export type RuleMap = ReadonlyMap<string, ClockRule>

const rules = shallowRef<RuleMap>(new Map())
/** Which policy they are of. */
const known = shallowRef('')
let asking: Promise<void> | null = null

const keyOf = ({ id, version }: { id: string; version: number }) => `${id} ${version}`

async function ask(): Promise<void> {
  const policy = await getPolicy()
  known.value = keyOf(policy)
  rules.value = new Map(policy.rules.map((rule) => [rule.id, rule]))
}

/** Asked for once, and again when an alert comes under a policy that is not yet known here. */
export function useRules(alert: () => Alert): Readonly<Ref<RuleMap>> {
  watch(
    () => keyOf(alert().policy),
    (wanted) => {
      // An alert of an older policy is estimated by the rules in force; the server judges by its own.
      if (wanted === known.value || asking !== null) return
      asking = ask()
        .catch(() => undefined)
        .finally(() => (asking = null))
    },
    { immediate: true },
  )
  return rules
}

/** Only the rules the alert itself is judged by; none while those are not known. */
export function useOwnRules(alert: () => Alert): Readonly<Ref<RuleMap>> {
  const inForce = useRules(alert)
  return computed(() => (keyOf(alert().policy) === known.value ? inForce.value : new Map<string, ClockRule>()))
}
