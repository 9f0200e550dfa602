/** Samples: what the server keeps of them, and what can be asked. */

import { request, requestFile } from '@/api/http'
import type {
  Category, Disposition, Instant, Mode, Outcome, Severity, Verdict,
} from '@/api/types'
import type { Format } from './report'

export const MARKS = ['pass', 'fail', 'not_applicable'] as const
export type Mark = (typeof MARKS)[number]
export type Marks = Record<string, Mark>

export interface SampleSummary {
  id: number
  seed: number
  from: Instant
  to: Instant
  mode: Mode
  size: number
  drawn_at: Instant
  drawn_by: string
  handled: number
  drawn: number
  scored: number
  passed: number
  rate: number | null
  interval: [number, number] | null
}
export interface CheckItem { code: string; name: string; question: string }
export interface SampledAlert {
  alert: number
  station_name: string
  place: string
  received_at: Instant
  category: Category
  severity: Severity
  verdict: Verdict
  disposition: Disposition | null
  result: string
  corrections: number
  found: Marks
  score: { at: Instant; by: string; marks: Marks; remark: string } | null
  passed: boolean | null
}
export interface SampleDetail extends SampleSummary { items: CheckItem[]; alerts: SampledAlert[] }

export const getSamples = (signal?: AbortSignal) =>
  request<{ samples: SampleSummary[] }>('GET', '/samples', { signal })
export const getSample = (id: number, signal?: AbortSignal) =>
  request<SampleDetail>('GET', `/samples/${id}`, { signal })

export interface Lot { seed: number; from: Instant; to: Instant; mode: Mode; size: number }
export const drawSample = (lot: Lot) => (key: string) =>
  request<Outcome>('POST', '/samples', { body: lot, key })
export const scoreSample = (sample: number, alert: number, marks: Marks, remark: string) => (key: string) =>
  request<Outcome>('POST', `/samples/${sample}/score`, { body: { alert, marks, remark }, key })
export const exportSample = (id: number, format: Format) =>
  requestFile(`/samples/${id}/export`, { format })
