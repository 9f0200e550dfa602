import { request } from '@/api/http'
import type { ReplayBoard, ReplayMarks, ReplayRecords } from './types'

const iso = (ms: number) => new Date(ms).toISOString()

export const getBoard = (at: number) =>
  request<ReplayBoard>('GET', '/replay/board', { query: { at: iso(at) } })
export const getRecords = (after: number, until: number) =>
  request<ReplayRecords>('GET', '/replay/records', { query: { after, until: iso(until) } })
export const getMarks = (from: number, to: number) =>
  request<ReplayMarks>('GET', '/replay/marks', { query: { from: iso(from), to: iso(to) } })
