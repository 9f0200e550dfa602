/** The one that is edited. It is read when it is opened: a list masks what the form has to show. */

import { shallowRef } from 'vue'
import { useAct } from '@/api/act'

export function useEdited<T>(read: (id: string) => Promise<T>, reload: () => Promise<void>) {
  const { refusal: unread, run } = useAct()
  /** Null for a new one, undefined for none. */
  const edited = shallowRef<T | null>()

  async function edit(id: string | null) {
    edited.value = id === null ? null : ((await run(() => read(id), id)) ?? undefined)
  }

  function close() {
    edited.value = undefined
  }

  async function saved() {
    close()
    await reload()
  }

  return { edited, unread, edit, close, saved }
}
