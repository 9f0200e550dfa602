/** A list that stands still under pointer or focus (U9): nothing moves while somebody aims at it. */

import { computed, ref, shallowRef, watch, type Ref } from 'vue'

/** What has gone leaves, what is new is added at the end, the rest keeps its place. */
export function held<K>(shown: readonly K[], sorted: readonly K[]): K[] {
  const present = new Set(sorted)
  const kept = shown.filter((key) => present.has(key))
  const known = new Set(kept)
  return [...kept, ...sorted.filter((key) => !known.has(key))]
}

/** The keys in the order to show, and what to bind to the list's element with `v-on`. */
export function useHold<K>(sorted: Readonly<Ref<readonly K[]>>) {
  const hovered = ref(false)
  const focused = ref(false)
  const frozen = computed(() => hovered.value || focused.value)
  const keys = shallowRef<readonly K[]>([])

  watch(
    [sorted, frozen],
    () => (keys.value = frozen.value ? held(keys.value, sorted.value) : sorted.value),
    { immediate: true },
  )

  // What had the focus may have left the list; that tells nobody.
  let list: HTMLElement | null = null
  watch(keys, () => (focused.value &&= list?.contains(document.activeElement) ?? false), { flush: 'post' })

  const holding = {
    pointerenter: (event: PointerEvent) => (hovered.value = event.pointerType === 'mouse'),
    pointerleave: () => (hovered.value = false),
    focusin: (event: FocusEvent) => {
      list = event.currentTarget as HTMLElement
      focused.value = true
    },
    focusout: (event: FocusEvent) => {
      const left = event.currentTarget as HTMLElement
      focused.value = left.contains(event.relatedTarget as Node | null)
    },
  }
  return { keys, frozen, holding }
}
