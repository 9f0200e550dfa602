/** The filter of the statistics page, which lives in the address, and what it asks of the server. */

import type { LocationQuery } from 'vue-router'
import type { Category, Mode, Severity, Source, Tier, Zone } from '@/api/types'
import { CATEGORIES, MODES, SEVERITIES, SOURCES, TIERS, ZONES } from '@/alerts/classification'
import { centreDay, DAY_MS, startOfCentreDay } from '@/time/format'

export const GROUPS = [
  'tier', 'day', 'week', 'month', 'hour', 'weekday_hour', 'station', 'school', 'unit', 'category',
  'severity', 'zone', 'source',
] as const
export type Group = (typeof GROUPS)[number]

export const MEASURES = [
  'response', 'handling', 'acknowledgement', 'turnout', 'travel', 'control',
  'first_feedback', 'result_feedback', 'close',
] as const
export type Measure = (typeof MEASURES)[number]

/** Inside or outside the school's peak windows, as the server reads it. */
export const PEAKS = ['true', 'false'] as const
export type Peak = (typeof PEAKS)[number]

export interface Filter {
  /** Days of the centre, both counted in. */
  from: string
  to: string
  tier: Tier | ''
  source: Source | ''
  category: Category | ''
  severity: Severity | ''
  zone: Zone | ''
  peak: Peak | ''
  school: string
  station: string
  unit: string
  mode: Mode
  group: Group
  measure: Measure
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const isDay = (text: string) => DAY.test(text) && !Number.isNaN(Date.parse(text))

/** The last seven days where the address says nothing, or nothing sensible. */
export function readFilter(query: LocationQuery, now: number): Filter {
  const one = (name: string) => {
    const value = query[name]
    return typeof value === 'string' ? value : ''
  }
  const among = <T extends string>(name: string, list: readonly T[], otherwise: T | ''): T | '' => {
    const found = list.find((value) => value === one(name))
    return found ?? otherwise
  }
  return {
    from: isDay(one('from')) ? one('from') : centreDay(now - 6 * DAY_MS),
    to: isDay(one('to')) ? one('to') : centreDay(now),
    tier: among('tier', TIERS, ''),
    source: among('source', SOURCES, ''),
    category: among('category', CATEGORIES, ''),
    severity: among('severity', SEVERITIES, ''),
    zone: among('zone', ZONES, ''),
    peak: among('peak', PEAKS, ''),
    school: one('school'),
    station: one('station'),
    unit: one('unit'),
    mode: among('mode', MODES, 'actual') || 'actual',
    group: among('group', GROUPS, 'tier') || 'tier',
    measure: among('measure', MEASURES, 'response') || 'response',
  }
}

/** What goes into the address: everything chosen, so that a link shows the same to another. */
export function writeFilter(filter: Filter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))
}

/** The server's question: a half-open period of instants. */
export function queryOf(filter: Filter): Record<string, string | undefined> {
  return {
    from: new Date(startOfCentreDay(filter.from)).toISOString(),
    to: new Date(startOfCentreDay(filter.to) + DAY_MS).toISOString(),
    tier: filter.tier || undefined,
    source: filter.source || undefined,
    category: filter.category || undefined,
    severity: filter.severity || undefined,
    zone: filter.zone || undefined,
    peak: filter.peak || undefined,
    school: filter.school || undefined,
    station: filter.station || undefined,
    unit: filter.unit || undefined,
    mode: filter.mode,
    group: filter.group,
  }
}

/** How finely a trend is cut: some dozens of points. */
export function stepOf(filter: Filter): 'day' | 'week' | 'month' {
  const days = (Date.parse(filter.to) - Date.parse(filter.from)) / DAY_MS + 1
  return days <= 62 ? 'day' : days <= 366 ? 'week' : 'month'
}

export const isBackwards = (filter: Filter) => filter.to < filter.from
