import { request } from '@/api/http'
import type { AlertReport } from './types'

export const getReport = (id: number) => request<AlertReport>('GET', `/alerts/${id}/report`)

/** Where a proof is downloaded from. */
export const proofAddress = (id: number) => `/api/v1/alerts/${id}/proof`
