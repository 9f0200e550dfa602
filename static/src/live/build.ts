/**
 * A page of an older build than the server's reloads itself, but never under somebody's hands and
 * never while anything else asks it to wait (U13).
 */

const LOOK_EVERY_MS = 5_000
/** Nobody has touched a key for this long. */
const QUIET_MS = 10_000

let loadedWith: string | null = null
let outdated = false
let waiting = false
let lastKeyAt = Number.NEGATIVE_INFINITY
const reasonsToWait = new Set<() => boolean>([isTyping])
let renew: () => void = reloadWhenSafe

window.addEventListener('keydown', () => (lastKeyAt = performance.now()), { capture: true, passive: true })

/** The first build heard is the one this page was loaded with. */
export function noticeBuild(build: string): void {
  loadedWith ??= build
  if (build === loadedWith || outdated) return
  outdated = true
  renew()
}

/** How this page comes by a new build, where loading it again is not enough. */
export function renewBy(way: () => void): void {
  renew = way
}

/** No reload while `reason` holds; returns how to withdraw it. */
export function waitWhile(reason: () => boolean): () => void {
  reasonsToWait.add(reason)
  return () => reasonsToWait.delete(reason)
}

/** Drafts survive a reload; what must not be torn away is the hand at the keyboard. */
export function reloadWhenSafe(): void {
  if (waiting) return
  if (![...reasonsToWait].some((holds) => holds())) return location.reload()
  waiting = true
  setTimeout(() => {
    waiting = false
    reloadWhenSafe()
  }, LOOK_EVERY_MS)
}

function isTyping(): boolean {
  if (performance.now() - lastKeyAt < QUIET_MS) return true
  const focused = document.activeElement
  const isEditor = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement
  return isEditor && focused.value !== ''
}
