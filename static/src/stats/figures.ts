/** How figures are written: n beside every share, no share or percentile below n = 10. */

import type { Percentiles, ResponseRow } from '@/api/types'
import { seconds } from '@/time/format'

/** Below this many, counts and the maximum speak; shares and percentiles do not. */
export const N_ENOUGH = 10
export const isEnough = (n: number) => n >= N_ENOUGH

/** A share in percent with one decimal, rounded down: 89.96 % never reads as 90. */
export function percent(share: number): string {
  // The last digits of a quotient are noise: 0.7 × 1000 is 699.99…
  return `${(Math.floor(share * 1000 + 1e-9) / 10).toFixed(1)}%`
}

/** `92.3% (120/130)`; below ten only `7/9`; nothing of nothing. */
export function rateText(count: number, n: number): string {
  if (n === 0) return '—'
  return isEnough(n) ? `${percent(count / n)} (${count}/${n})` : `${count}/${n}`
}

/** `86.9–95.1%`: where the rate lies with 95 % confidence; nothing below ten. */
export function intervalText(interval: [number, number] | null, n: number): string {
  if (interval === null || !isEnough(n)) return '—'
  return `${percent(interval[0]).slice(0, -1)}–${percent(interval[1])}`
}

export const PERCENTILES = ['p50_ms', 'p90_ms', 'p95_ms', 'p99_ms'] as const

/** One cell of a percentile table. */
export function percentileText(figures: Percentiles, which: (typeof PERCENTILES)[number]): string {
  const value = figures[which]
  return isEnough(figures.n) && value !== null ? seconds(value) : '—'
}

export const maxText = (figures: Percentiles) =>
  figures.max_ms === null ? '—' : seconds(figures.max_ms)

/** Why alerts are not in n, as far as there are any. */
export function leftOut(row: ResponseRow): [keyof ResponseRow['left_out'], number][] {
  return (Object.entries(row.left_out) as [keyof ResponseRow['left_out'], number][]).filter(
    ([, count]) => count > 0,
  )
}
