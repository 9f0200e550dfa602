/** What could not be loaded is asked for again by itself: before a wall nobody stands to press. */

const AGAIN_AFTER_MS = 5_000

export function reopen(): void {
  setTimeout(() => location.reload(), AGAIN_AFTER_MS)
}
