/**
 * What is being typed, apart from the components that show it: no update, no change of selection
 * and no reload loses it.
 */

import { getCurrentScope, onScopeDispose, reactive, watch } from 'vue'

const KEY = 'campus-dispatch.drafts'

/** Forms by name (`note:42`), each with its fields. */
const drafts = reactive<Record<string, Record<string, unknown>>>(read())

function read(): Record<string, Record<string, unknown>> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Record<string, Record<string, unknown>>
  } catch {
    return {}
  }
}

watch(
  drafts,
  () => {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(drafts))
    } catch {
      // A full or forbidden storage costs only the survival of a reload.
    }
  },
  { deep: true },
)

/** The fields of a form; `initial` where nothing has been typed yet. */
export function useDraft<T extends object>(name: string, initial: () => T): T {
  drafts[name] = { ...initial(), ...drafts[name] }
  if (getCurrentScope()) {
    // A form left as it was found leaves nothing behind: a desk runs for days.
    onScopeDispose(() => {
      if (JSON.stringify(drafts[name]) === JSON.stringify(initial())) dropDraft(name)
    })
  }
  return drafts[name] as T
}

/** The form was sent or given up: it starts anew. */
export function resetDraft<T extends object>(name: string, initial: () => T): void {
  drafts[name] = Object.assign(drafts[name] ?? {}, initial()) as Record<string, unknown>
}

function dropDraft(name: string): void {
  delete drafts[name]
}

export function dropAllDrafts(): void {
  for (const name of Object.keys(drafts)) delete drafts[name]
}
