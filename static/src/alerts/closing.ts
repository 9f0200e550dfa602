/** What closing needs (record standard §8), and which of it is there. */

import type { Alert, Disposition, Validity } from '@/api/types'
import { hasArrival, isLive } from './standing'

export interface ClosingDraft {
  disposition: Disposition | ''
  result: string
  no_arrival_reason: string
  police_count: string | number
  injured_count: string | number
  validity: Validity | ''
}

export const NEEDS = [
  'disposition', 'result', 'arrival', 'police_count', 'injured_count', 'validity', 'units_cleared',
] as const
export type Need = (typeof NEEDS)[number]

/** Each need with whether the record and what is typed meet it. */
export function closingNeeds(alert: Alert, draft: ClosingDraft): { need: Need; met: boolean }[] {
  const met: Record<Need, boolean> = {
    disposition: alert.disposition !== null || draft.disposition !== '',
    result: filled(alert.result ?? '') || filled(draft.result),
    arrival: hasArrival(alert) || filled(draft.no_arrival_reason),
    police_count: countOf(draft.police_count) !== null,
    injured_count: countOf(draft.injured_count) !== null,
    validity: draft.validity !== '',
    units_cleared: !alert.assignments.some(isLive),
  }
  return NEEDS.map((need) => ({ need, met: met[need] }))
}

const filled = (text: string) => text.trim() !== ''

/** A whole number of people; null while none is typed. */
export function countOf(value: string | number): number | null {
  const text = String(value).trim()
  return /^\d{1,5}$/.test(text) ? Number(text) : null
}
