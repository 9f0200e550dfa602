import type { Messages } from '@/i18n'
import { named } from '@/i18n/named'
import type { Group } from './filter'

/** How the server names the group of alerts that have no such value. */
const NONE = '-'

/** The name of a group's value: a code list's word, a school's or station's name, or itself. */
export function groupName(
  value: string | null,
  group: Group,
  m: Messages,
  names: ReadonlyMap<string, string>,
): string {
  if (value === null || value === NONE) return m.stats.unknownGroup
  const { labels } = m
  const list: Record<string, string> | null =
    group === 'category' ? labels.category
    : group === 'severity' ? labels.severity
    : group === 'zone' ? labels.zone
    : group === 'source' ? labels.source
    : null
  if (list) return named(list, value) ?? value
  if (group === 'hour') return `${value}:00`
  if (group === 'weekday_hour') {
    const [day, hour] = value.split('-')
    return m.stats.weekdayHour(Object.values(m.weekdays)[Number(day) - 1] ?? '', `${hour}:00`)
  }
  if (group === 'tier') return `${value} · ${named<string>(labels.tier, value) ?? ''}`
  return names.get(value) ?? value
}
