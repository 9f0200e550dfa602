import { request } from '@/api/http'
import type { AlertReport } from './types'

export const getReport = (id: number) => request<AlertReport>('GET', `/alerts/${id}/report`)

/** Where a proof is downloaded from. */
export const proofAddress = (id: number) => `/api/v1/alerts/${id}/proof`

/** Records that a report is printed; nothing is without it. */
export const recordPrint = (id: number) => request('POST', `/alerts/${id}/report/export`)
