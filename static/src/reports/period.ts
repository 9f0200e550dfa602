/** The period and filter of a report, which live in the address. */

import type { LocationQuery } from 'vue-router'
import type { Mode } from '@/api/types'
import { centreDay, DAY_MS, startOfCentreDay } from '@/time/format'
import { MODES } from '@/alerts/classification'
import type { ReportKind, ReportQuery } from './report'

export interface Period {
  /** Days of the centre, both counted in. */
  from: string
  to: string
  mode: Mode
  station: string
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const WEEK_DAYS = 7
const MONTH_DAYS = 30

/** The Monday of the centre's week that a day is in. */
export function mondayOf(day: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const sinceMonday = (new Date(midnight).getUTCDay() + 6) % WEEK_DAYS
  return new Date(midnight - sinceMonday * DAY_MS).toISOString().slice(0, 10)
}

/** So many days after a day. */
export const plusDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** Where the address says nothing sensible: the last whole week, or the last 30 days. */
export function readPeriod(query: LocationQuery, kind: ReportKind, now: number): Period {
  const one = (name: string) => {
    const value = query[name]
    return typeof value === 'string' ? value : ''
  }
  const isDay = (text: string) => DAY.test(text) && !Number.isNaN(Date.parse(text))
  const today = centreDay(now)
  const usual = kind === 'bulletin'
    ? { from: plusDays(mondayOf(today), -WEEK_DAYS), to: plusDays(mondayOf(today), -1) }
    : { from: plusDays(today, 1 - MONTH_DAYS), to: today }
  const given = isDay(one('from')) && isDay(one('to'))
  return {
    from: given ? one('from') : usual.from,
    to: given ? one('to') : usual.to,
    mode: MODES.find((mode) => mode === one('mode')) ?? 'actual',
    station: one('station'),
  }
}

export const writePeriod = (period: Period): Record<string, string> =>
  Object.fromEntries(Object.entries(period).filter(([, value]) => value !== ''))

/** The server's question: a half-open period of instants. */
export function queryOf(period: Period): ReportQuery {
  return {
    from: new Date(startOfCentreDay(period.from)).toISOString(),
    to: new Date(startOfCentreDay(period.to) + DAY_MS).toISOString(),
    mode: period.mode,
    station: period.station || undefined,
  }
}
