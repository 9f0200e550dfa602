/** A page of an older build than the server's reloads itself, but never under somebody's hands. */

const LOOK_EVERY_MS = 5_000
/** Nobody has touched a key for this long. */
const QUIET_MS = 10_000

let loadedWith: string | null = null
let outdated = false
let lastKeyAt = Number.NEGATIVE_INFINITY

window.addEventListener('keydown', () => (lastKeyAt = performance.now()), { capture: true, passive: true })

/** The first build heard is the one this page was loaded with. */
export function noticeBuild(build: string): void {
  loadedWith ??= build
  if (build === loadedWith || outdated) return
  outdated = true
  reloadWhenSafe()
}

/** Drafts survive a reload; what must not be torn away is the hand at the keyboard. */
function reloadWhenSafe(): void {
  if (isTyping()) setTimeout(reloadWhenSafe, LOOK_EVERY_MS)
  else location.reload()
}

function isTyping(): boolean {
  if (performance.now() - lastKeyAt < QUIET_MS) return true
  const focused = document.activeElement
  const isEditor = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement
  return isEditor && focused.value !== ''
}
