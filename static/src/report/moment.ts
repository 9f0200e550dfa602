/** Instants in a report are exact: a verdict may turn on a millisecond. */

import { fullMoment } from '@/time/format'

/** `2026-11-24 14:03:09.250` */
export function exactMoment(instant: string): string {
  const at = Date.parse(instant)
  const millis = ((at % 1000) + 1000) % 1000
  return `${fullMoment(at)}.${String(millis).padStart(3, '0')}`
}
