/** The questions of the statistics page. */

import type { Policy } from './policy'
import { request } from './http'
import type { FigureAlerts, Hint, Profile, ResponseStatistics, WhatIf } from './types'

export type Question = Record<string, string | undefined>

export const getResponseStatistics = (query: Question, signal?: AbortSignal) =>
  request<ResponseStatistics>('GET', '/statistics/response', { query, signal })
/** Records that the figures shown are saved or printed; nothing is without it. */
export const recordTaken = (query: Question, format: 'csv' | 'print') =>
  request('POST', '/statistics/response/export', { query: { ...query, format } })
export const getProfile = (query: Question, signal?: AbortSignal) =>
  request<Profile>('GET', '/statistics/profile', { query, signal })
export const getFigureAlerts = (query: Question, signal?: AbortSignal) =>
  request<FigureAlerts>('GET', '/statistics/alerts', { query, signal })
export const getHints = (query: Question, signal?: AbortSignal) =>
  request<{ hints: Hint[] }>('GET', '/statistics/hints', { query, signal })
export const judgeWhatIf = (query: Question, policy: Policy) =>
  request<WhatIf>('POST', '/statistics/what-if', { query, body: policy })
