/** One tick a second for everything that counts: on the server's full second. */

import { readonly, ref, type Ref } from 'vue'
import { pastHere } from '@/live/past'
import { ServerClock } from './clock'

export const serverClock = new ServerClock()

const now = ref(serverClock.now())
const skewed = ref(false)
let running = false

function tick() {
  const at = serverClock.now()
  now.value = at
  skewed.value = serverClock.isSkewed()
  setTimeout(tick, 1000 - (at % 1000) + 5)
}

/** Server time in milliseconds, as of the last full second; where the past is shown, its own. */
export function useNow(): Readonly<Ref<number>> {
  const past = pastHere()
  if (past) return past.now
  if (!running) {
    running = true
    tick()
  }
  return readonly(now)
}

/** Whether this device's own clock is wrong by more than the tolerance. */
export const useSkewed = () => readonly(skewed)
