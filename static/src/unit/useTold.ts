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
    dismiss(key: string): void {
      told.value = without(key)
      void memory.dropTold(key)
    },
  }
}

export type ToldList = ReturnType<typeof useTold>
