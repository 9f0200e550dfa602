/** Reference data in words. */

import type { Position, School } from '@/api/types'
import type { Messages } from '@/i18n'

export const positionText = (position: Position | null) =>
  position === null ? '—' : `${position.longitude.toFixed(5)}, ${position.latitude.toFixed(5)}`

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/** `一–五 07:20–08:00 2 岗` */
export function windowText(window: School['duty_windows'][number], m: Messages): string {
  const days = DAYS.filter((day) => window.weekdays.includes(day))
  const first = days[0]
  const last = days.at(-1)
  const isRun = days.length > 2 && first && last && DAYS.indexOf(last) - DAYS.indexOf(first) === days.length - 1
  const dayText = isRun ? `${m.weekdays[first]}–${m.weekdays[last]}` : days.map((day) => m.weekdays[day]).join(m.common.list)
  return `${dayText} ${minute(window.from_minute)}–${minute(window.to_minute)} · ${m.admin.posts(window.posts)}`
}

function minute(of: number): string {
  return `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`
}
