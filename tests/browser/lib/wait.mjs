/** Waiting for conditions, never for time alone. */

const LOOK_EVERY_MS = 50

/**
 * Repeats `check` until it no longer throws and gives something other than false, null or
 * undefined, and gives that back. After `within` milliseconds its last complaint is thrown.
 */
export async function eventually(check, { within = 10_000, what = 'what was waited for' } = {}) {
  const end = performance.now() + within
  for (;;) {
    let complaint
    try {
      const found = await check()
      if (found !== false && found !== null && found !== undefined) return found
    } catch (error) {
      complaint = error
    }
    if (performance.now() >= end) {
      const seconds = Math.round(within / 1000)
      throw new Error(`${what} did not come to be within ${seconds} s`, { cause: complaint })
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}
