/** How alarms stand in a list: the order of a quiet hour, and the groups of a flood (U6). */

import type { Alarm, AlarmState } from './alarm'

/** More than so many alarms in so long are a flood. */
export const FLOOD_COUNT = 10
export const FLOOD_SPAN_MS = 600_000

export function isFlood(alarms: readonly Alarm[], now: number): boolean {
  return alarms.filter((one) => now - one.at < FLOOD_SPAN_MS).length > FLOOD_COUNT
}

const RANK: Record<AlarmState, number> = { active_unseen: 0, active_seen: 1, cleared_unseen: 2 }

/** What is new first, then what still stands, then what is over; within each the pressing, the newest. */
export function byPressure(alarms: readonly Alarm[]): Alarm[] {
  const weight = (one: Alarm) => RANK[one.state] * 2 + (one.priority === 'high' ? 0 : 1)
  return [...alarms].sort((a, b) => weight(a) - weight(b) || b.at - a.at || (a.key < b.key ? -1 : 1))
}

/** What a flood's alarms are about: a unit, else a school, else the place of one alert. */
export interface AlarmGroup {
  key: string
  about: 'unit' | 'school' | 'place'
  name: string | null
  alarms: Alarm[]
}

/** Units first, then schools; each alarm stands in exactly one group. */
export function grouped(alarms: readonly Alarm[]): AlarmGroup[] {
  const groups = new Map<string, AlarmGroup>()
  for (const alarm of byPressure(alarms)) {
    const group = groupOf(alarm)
    const known = groups.get(group.key)
    if (known) known.alarms.push(alarm)
    else groups.set(group.key, group)
  }
  const rank = { unit: 0, school: 1, place: 2 }
  return [...groups.values()].sort(
    (a, b) => rank[a.about] - rank[b.about] || b.alarms.length - a.alarms.length,
  )
}

function groupOf(alarm: Alarm): AlarmGroup {
  const { alert, assignment } = alarm
  const alarms = [alarm]
  if (assignment) {
    return { key: `unit:${assignment.unit}`, about: 'unit', name: assignment.unit_name, alarms }
  }
  if (alert.school !== null) {
    return { key: `school:${alert.school}`, about: 'school', name: alert.school_name ?? alert.school, alarms }
  }
  return { key: `place:${alert.id}`, about: 'place', name: alert.place?.text ?? null, alarms }
}
