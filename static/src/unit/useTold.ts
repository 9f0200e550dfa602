/** What the officer is told, kept until it is read. */

import { shallowRef } from 'vue'
import type { Memory } from './offline/memory'
import type { Told } from './told'

export function useTold(memory: Memory, account: string, kept: readonly Told[]) {
  const told = shallowRef<readonly Told[]>(kept)
  const without = (key: string) => told.value.filter((one) => one.key !== key)

  return {
    told,
    /** Resolves when it is kept; one of the same key is replaced. */
    async tell(one: Told): Promise<void> {
      told.value = [...without(one.key), one]
      await memory.keepTold(account, one)
    },
    /** It leaves the screen when it is forgotten, so that no reload brings it back. */
    async dismiss(key: string): Promise<void> {
      try {
        await memory.dropTold(key)
      } finally {
        told.value = without(key)
      }
    },
  }
}

export type ToldList = ReturnType<typeof useTold>
