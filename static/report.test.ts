import { describe, expect, it } from 'vitest'
import { barOf, untilArrival } from '@/report/bar'
import { exactMoment } from '@/report/moment'
import type { DerivedClock, Leg, Waypoint } from '@/report/types'
import { iso, T0 } from './fixtures'

const leg = (from: Waypoint, at: number, to: Waypoint | null, until: number): Leg => ({
  from, from_at: iso(T0 + at * 1000), to, to_at: iso(T0 + until * 1000),
})
const way = [
  leg('received', 0, 'dispatched', 20),
  leg('dispatched', 20, 'arrived', 80),
  leg('arrived', 80, 'closed', 200),
]

const mark = (second: number) => ({
  at: iso(T0 + second * 1000), seq: 1, assignment: null, child: null, original: null,
})
const clock = (over: Partial<DerivedClock> = {}): DerivedClock => ({
  rule: 'l1-a', tier: 'T1', governing: true, required: true, goal_percent: 90, start_point: 'received',
  end_point: 'arrived', unit_kinds: null, echelons: null, at_least: 1, limit_ms: 60_000,
  start: mark(0), end: mark(80), ended: null, elapsed_ms: 80_000, verdict: 'late', corrected: false,
  excused: null, ...over,
})

describe('the bar of where the time went', () => {
  it('is filled by its legs, in their order', () => {
    const bar = barOf(way, clock())
    expect(bar.ms).toBe(200_000)
    expect(bar.pieces.map(({ from, width }) => [from, width])).toEqual([[0, 100], [100, 300], [400, 600]])
  })

  it('has the limit where it lies, and what was over it', () => {
    const bar = barOf(untilArrival(way), clock())
    expect(bar.limit).toBe(750)
    expect(bar.over).toEqual({ from: 750, width: 250 })
  })

  it('has nothing over when the limit was kept or there is none', () => {
    expect(barOf(way, clock({ end: mark(50) })).over).toBeNull()
    expect(barOf(way, null).limit).toBeNull()
    expect(barOf(way, clock({ limit_ms: 300_000 })).limit).toBeNull()
  })

  it('ends at the arrival, or where nobody arrived at the end', () => {
    expect(untilArrival(way)).toHaveLength(2)
    expect(untilArrival([way[0]!])).toHaveLength(1)
  })

  it('stands even where no time passed', () => {
    expect(barOf([leg('received', 0, 'cancelled', 0)], null).pieces).toHaveLength(1)
    expect(barOf([], clock()).pieces).toEqual([])
  })
})

describe('an instant in a report', () => {
  it('keeps its milliseconds', () => {
    expect(exactMoment('2026-11-24T00:00:00.007Z')).toBe('2026-11-24 08:00:00.007')
  })
})
