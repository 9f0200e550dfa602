/** A report as the server makes it, and how its cells are written. */

import { request, requestFile } from '@/api/http'
import type { Instant, Mode } from '@/api/types'
import { percent } from '@/stats/figures'
import { fullMoment } from '@/time/format'

export type CellKind = 'text' | 'count' | 'share' | 'span' | 'minutes' | 'instant'
export type Cell = string | number | null
export interface Column { key: string; title: string; kind: CellKind }
export interface Chart { kind: 'bars' | 'stacked' | 'line'; label: number; series: number[]; rows_max: number }
export interface Section {
  key: string
  title: string
  definition: string
  columns: Column[]
  rows: Cell[][]
  foot: Cell[][]
  chart: Chart | null
}
export interface Report {
  kind: string
  title: string
  footing: { from: Instant; to: Instant; at: Instant; seq: number; lines: [string, string][] }
  sections: Section[]
}

export type ReportKind = 'bulletin' | 'campaign'
export type Format = 'xlsx' | 'csv' | 'print'
export type ReportQuery = { from: Instant; to: Instant; mode: Mode; station?: string }

export const getReport = (kind: ReportKind, query: ReportQuery, signal?: AbortSignal) =>
  request<Report>('GET', `/reports/${kind}`, { query, signal })
export const exportReport = (kind: ReportKind, query: ReportQuery, format: Format) =>
  requestFile(`/reports/${kind}/export`, { ...query, format })

/** A cell as it is read on the page and on paper. */
export function cellText(cell: Cell | undefined, kind: CellKind): string {
  if (cell === null || cell === undefined) return '—'
  if (typeof cell === 'string') return kind === 'instant' ? fullMoment(Date.parse(cell)) : cell
  switch (kind) {
    case 'share': return percent(cell)
    case 'span': return spanText(cell)
    case 'minutes': return cell.toFixed(1)
    default: return String(cell)
  }
}

/** Seconds up to ten minutes, then hours, minutes and seconds; never rounded down into compliance. */
export function spanText(ms: number): string {
  if (Math.abs(ms) < 600_000) return `${(Math.ceil(ms / 100) / 10).toFixed(1)} s`
  const seconds = Math.ceil(ms / 1000)
  const pad = (value: number) => String(value).padStart(2, '0')
  const rest = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`
  return `${Math.floor(seconds / 3600)}:${rest}`
}
