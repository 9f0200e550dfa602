/** What forms hold as text, as the server takes it. */

import type { Contact } from '@/api/manage'
import type { Position, Role } from '@/api/types'

export const positionFields = (position: Position | null) => ({
  longitude: position === null ? '' : String(position.longitude),
  latitude: position === null ? '' : String(position.latitude),
})

export function positionOf(form: { longitude: string | number; latitude: string | number }): Position | undefined {
  if (String(form.longitude) === '' || String(form.latitude) === '') return undefined
  return { longitude: Number(form.longitude), latitude: Number(form.latitude) }
}

export function contactOf(name: string, phone: string): Contact | undefined {
  return name.trim() === '' ? undefined : { name: name.trim(), phone: phone.trim() }
}

/** Walls show one station, gateways raise alerts at its schools; nobody else is limited to one. */
export const takesStation = (role: Role) => role === 'screen' || role === 'gateway'

export const minuteText = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** What may be typed as a time of day, and as the end of a window, which may be that of the day. */
export const TIME = '([01]?\\d|2[0-3])[:：][0-5]\\d'
export const END_TIME = `${TIME}|24[:：]00`

/** `07:20` in minutes; a window that ends at `00:00` ends with the day. */
export function minuteOf(text: string, isEnd = false): number {
  const [hours = 0, minutes = 0] = text.split(/[:：]/).map(Number)
  const minute = hours * 60 + minutes
  return isEnd && minute === 0 ? 1440 : minute
}
