/**
 * The faults that were done to the real program, how often, and what came of it. The rows are those
 * of one run in full counts; whoever doubts them runs it again.
 */

import type { Locale } from '@/i18n'

export interface Fault {
  fault: string
  /** How often it was done. */
  tried: string
  violations: number
  /** What was measured beside it. */
  figure: string
}

export interface FaultsText {
  title: string
  lead: string
  columns: { fault: string; tried: string; violations: string; figure: string }
  rows: Fault[]
  notes: { term: string; means: string; repeat?: string }[]
}

export const faults: Record<Locale, FaultsText> = {
  'zh-CN': {
    title: '故障表',
    lead: '',
    columns: { fault: '故障', tried: '次数', violations: '违反', figure: '测得' },
    rows: [],
    notes: [],
  },
  en: {
    title: 'The table of faults',
    lead: '',
    columns: { fault: 'Fault', tried: 'Tried', violations: 'Violations', figure: 'Measured' },
    rows: [],
    notes: [],
  },
}
