/** Vibrates where the phone can. Before the first tap a browser refuses it, and says so aloud. */
export function vibrate(pattern: VibratePattern): void {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(pattern)
}
