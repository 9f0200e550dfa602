/** Where a figure of a report leads: to the list of its alerts on the statistics page, or to its alert. */

import type { RouteLocationRaw } from 'vue-router'
import type { Category } from '@/api/types'
import { writeDrill, type Drill, type FigureName } from '@/stats/drill'
import { MEASURES, type Group, type Measure } from '@/stats/filter'
import { writePeriod, type Period } from './period'
import type { Cell, Section } from './report'

/** What the rows of a section are groups of; `period`: this period and the one before. */
const ROWS: Record<string, Group | 'period' | 'measure'> = {
  overview: 'period', hazards: 'period', endings: 'period', intervals: 'measure', tiers: 'tier', arrivals: 'tier', exercises: 'tier',
  categories: 'category', stations: 'station', schools: 'school',
  acknowledgement: 'station', turnout: 'station', feedback: 'station', arrival: 'station',
}

/** Whose spans a section of its own is about; of the others it is the response time. */
const SPANS: Record<string, Measure> = {
  acknowledgement: 'acknowledgement', turnout: 'turnout', feedback: 'result_feedback',
}

/** Shares lead to what they are shares of. */
const FIGURES: Record<string, FigureName> = {
  alerts: 'alerts', n: 'n', met: 'met', late: 'late', missed: 'missed', breaching: 'breaching', excused: 'excused',
  on_time_rate: 'n', on_time_low: 'n', on_time_high: 'n', adjusted_rate: 'n',
  merged: 'merged', inquiry: 'inquiry', ended_early: 'ended_early', advisory: 'advisory', pending: 'pending', test: 'test',
  needed: 'needed', valid: 'valid', false: 'false_alarm', malicious: 'malicious', duplicate: 'duplicate',
  declined: 'declined', reopened: 'reopened', valid_rate: 'alerts', false_rate: 'alerts', malicious_rate: 'alerts',
  duplicate_rate: 'alerts', found: 'alerts', decline_rate: 'alerts', reopen_rate: 'alerts', alerts_before: 'alerts', rate_before: 'n',
}
const OF_SPANS = ['measured', 'p50', 'p90', 'p95', 'p99', 'max']
const WITHIN = /^within_(\d+)s$/
const RATE_WITHIN = /^rate_\d+s$/
const ARRIVALS = ['arrivals', 'arrival']

/** Of the sections about one category: which. */
const CATEGORY: Record<string, Category> = { hazards: 'HAZARD' }

export interface Place { section: Section; row: readonly Cell[]; at: number; foot: boolean }

/** The figure of a column, and within how many seconds. */
function figureOf(section: string, column: string, measure: Measure): Pick<Drill, 'figure' | 'within'> | null {
  const spans = ARRIVALS.includes(section) ? 'needed' : measure
  const within = WITHIN.exec(column)
  if (within) return { figure: spans, within: Number(within[1]) }
  if (RATE_WITHIN.test(column)) return { figure: spans, within: null }
  const figure = OF_SPANS.includes(column) ? spans : FIGURES[column]
  return figure ? { figure, within: null } : null
}

/** By what the trend is cut, told by how its rows are written. */
const stepOf = (name: string): Group =>
  /^\d{4}-W\d{2}$/.test(name) ? 'week' : /^\d{4}-\d{2}$/.test(name) ? 'month' : 'day'

function drillOf({ section, row, at, foot }: Place, column: string): Drill | null {
  const cell = (key: string) => {
    const found = row[section.columns.findIndex((one) => one.key === key)]
    return typeof found === 'string' ? found : ''
  }
  const rows = section.key === 'trend' ? stepOf(cell('name')) : ROWS[section.key]
  if (rows === undefined) return null
  const measure = rows === 'measure' ? MEASURES.find((one) => one === cell('code')) : (SPANS[section.key] ?? 'response')
  const asked = measure && figureOf(section.key, column, measure)
  if (!asked) return null
  // Below a table stand the total and the total of the period before.
  const isBefore = column.endsWith('_before') || ((foot || rows === 'period') && at === 1)
  if (foot || rows === 'period' || rows === 'measure') return { ...asked, row: null, by: null, before: isBefore }
  return { ...asked, row: groupOf(rows, cell('code') || cell('name')), by: rows, before: isBefore }
}

/** Alerts without a tier have a row of their own, which has a name and no code. */
const groupOf = (rows: Group, code: string) => (rows === 'tier' && !/^T\d$/.test(code) ? '-' : code)

/** Null where a figure has no alerts, or is not of alerts. */
export function behind(place: Place, column: string, period: Period): RouteLocationRaw | null {
  const { section, row } = place
  const value = row[section.columns.findIndex((one) => one.key === column)]
  if (typeof value !== 'number') return null
  if (column === 'alert') return { name: 'report', params: { alert: String(value) } }
  const isCount = section.columns.some((one) => one.key === column && one.kind === 'count')
  if (isCount && value === 0) return null
  const drill = drillOf(place, column)
  if (drill === null) return null
  const mode = section.key === 'exercises' ? 'exercise' : period.mode
  const category = CATEGORY[section.key]
  const filter = { ...writePeriod({ ...period, mode }), ...(category && { category }) }
  return { name: 'stats', query: writeDrill(filter, drill) }
}
