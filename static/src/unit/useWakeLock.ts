/** Keeps the screen on while an assignment is open, where the device allows it. */

import { onUnmounted, watch, type Ref } from 'vue'

export function useWakeLock(wanted: Readonly<Ref<boolean>>): void {
  let lock: WakeLockSentinel | null = null

  async function hold() {
    if (!wanted.value || document.visibilityState !== 'visible' || lock?.released === false) return
    // Refused on low battery, absent without a secure context: then the device's own setting holds.
    lock = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null
  }
  function release() {
    void lock?.release()
    lock = null
  }

  watch(wanted, (on) => (on ? void hold() : release()), { immediate: true })
  document.addEventListener('visibilitychange', hold)
  onUnmounted(() => {
    document.removeEventListener('visibilitychange', hold)
    release()
  })
}
