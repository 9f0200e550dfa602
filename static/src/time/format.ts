/** How instants and spans are written on every screen: the centre's day, 24 h, tabular digits. */

import type { Messages } from '@/i18n'

/** The centre keeps one time zone, without summer time. */
export const CENTRE_OFFSET_MS = 8 * 3_600_000
export const DAY_MS = 86_400_000

const pad = (value: number, digits = 2) => String(value).padStart(digits, '0')

/** The centre's wall clock at an instant, readable through the UTC getters. */
const atCentre = (ms: number) => new Date(ms + CENTRE_OFFSET_MS)

/** `14:03:09` */
export function timeOfDay(ms: number): string {
  const at = atCentre(ms)
  return `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`
}

/** `2026-11-24` */
export function centreDay(ms: number): string {
  const at = atCentre(ms)
  return `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`
}

/** `14:03:09` today, `11-23 14:03:09` on another day. */
export function moment(ms: number, now: number): string {
  const day = centreDay(ms)
  return day === centreDay(now) ? timeOfDay(ms) : `${day.slice(5)} ${timeOfDay(ms)}`
}

/** `2026-11-24 14:03:09` */
export function fullMoment(ms: number): string {
  return `${centreDay(ms)} ${timeOfDay(ms)}`
}

/** The instant a day of the centre begins. */
export function startOfCentreDay(day: string): number {
  return Date.parse(`${day}T00:00:00.000Z`) - CENTRE_OFFSET_MS
}

/** Whole seconds as `mm:ss`, from an hour on as `h:mm:ss`. */
function clockDigits(seconds: number): string {
  const hours = Math.floor(seconds / 3600)
  const rest = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

/** Time left, rounded down: what is shown is never more than there is. */
export const left = (ms: number) => clockDigits(Math.floor(Math.max(0, ms) / 1000))

/** Time over, rounded up: a millisecond over never reads as nothing. */
export const over = (ms: number) => `+${clockDigits(Math.ceil(Math.max(0, ms) / 1000))}`

/** A span that was reached within `limit`, or after it; never rounded into compliance. */
export function reached(elapsed: number, limit: number): string {
  const seconds = elapsed > limit ? Math.ceil(elapsed / 1000) : Math.floor(elapsed / 1000)
  return clockDigits(seconds)
}

/** How long something has lasted. */
export const lasting = (ms: number) => clockDigits(Math.floor(Math.max(0, ms) / 1000))

/** A limit, exact: `60 s`, `3 min`, `90.5 s`. */
export function limitText(ms: number, { clock }: Pick<Messages, 'clock'>): string {
  if (ms >= 60_000 * 2 && ms % 60_000 === 0) return clock.minutes(ms / 60_000)
  return clock.seconds(ms / 1000)
}

/** A measured figure in seconds with one decimal, rounded up: `60.1 s` for 60.001. */
export function seconds(ms: number): string {
  return `${(Math.ceil(ms / 100) / 10).toFixed(1)} s`
}
