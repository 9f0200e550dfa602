/** How large the wall's text has to be where it hangs (U10). */

/**
 * The visual angle of a row's first line, in minutes of arc. Its second line is four fifths of it,
 * and so still above the 16 that NUREG-0700 asks of letters at least.
 */
const GLANCE_MINUTES = 24
const MM_PER_INCH = 25.4

export interface Hanging {
  /** From the eye to the wall, in metres. */
  distance: number
  /** Of the wall's picture, in inches. */
  diagonal: number
}

/** What the address says: `?distance=6&diagonal=55`; nothing unless both are plausible. */
export function hangingFrom(query: Record<string, unknown>): Hanging | null {
  const distance = Number(query.distance)
  const diagonal = Number(query.diagonal)
  const plausible = distance >= 0.5 && distance <= 50 && diagonal >= 10 && diagonal <= 500
  return plausible ? { distance, diagonal } : null
}

/** The least size of a character in CSS pixels, for a picture of this many CSS pixels. */
export function readableSize({ distance, diagonal }: Hanging, width: number, height: number): number {
  const angle = (GLANCE_MINUTES / 60) * (Math.PI / 180)
  const tall = 2 * distance * 1000 * Math.tan(angle / 2)
  const pixelsPerMm = Math.hypot(width, height) / (diagonal * MM_PER_INCH)
  return tall * pixelsPerMm
}
