import { describe, expect, it } from 'vitest'
import { behind, type Place } from '@/reports/behind'
import type { Cell, CellKind, Section } from '@/reports/report'

const PERIOD = { from: '2026-11-16', to: '2026-11-22', mode: 'actual', station: '' } as const
const WEEK = { from: '2026-11-16', to: '2026-11-22', mode: 'actual' }

/** A row of a section with these cells, each by its column's key. */
function place(key: string, cells: Record<string, Cell>, over: Partial<Place> = {}): Place {
  const kindOf = (name: string): CellKind =>
    /rate/.test(name) ? 'share' : /^(p\d+|max)$/.test(name) ? 'span' : /^(code|name)$/.test(name) ? 'text' : 'count'
  const section: Section = {
    key, title: '', definition: '', foot: [], rows: [], chart: null,
    columns: Object.keys(cells).map((name) => ({ key: name, title: name, kind: kindOf(name) })),
  }
  return { section, row: Object.values(cells), at: 0, foot: false, ...over }
}
const lead = (at: Place, column: string) => behind(at, column, PERIOD)
const list = (query: Record<string, string>) => ({ name: 'stats', query: { ...WEEK, ...query } })

describe('U20 what is behind a figure of a report', () => {
  it('is the list of its row’s alerts', () => {
    const row = place('stations', { code: 'D1', name: '示例', late: 2, on_time_rate: 0.5, p90: 61_000 })
    expect(lead(row, 'late')).toEqual(list({ list: 'late', row: 'D1', by: 'station' }))
    expect(lead(row, 'on_time_rate')).toEqual(list({ list: 'n', row: 'D1', by: 'station' }))
    expect(lead(row, 'p90')).toEqual(list({ list: 'response', row: 'D1', by: 'station' }))
  })

  it('is nothing for none, for a name, and for what counts no alerts', () => {
    expect(lead(place('stations', { code: 'D1', late: 0 }), 'late')).toBeNull()
    expect(lead(place('stations', { code: 'D1', on_time_rate: null }), 'on_time_rate')).toBeNull()
    expect(lead(place('stations', { code: 'D1' }), 'code')).toBeNull()
    expect(lead(place('posts', { code: 'S1', planned: 60 }), 'planned')).toBeNull()
  })

  it('keeps within a limit to the spans that section is about', () => {
    expect(lead(place('feedback', { code: 'D1', within_1800s: 3 }), 'within_1800s'))
      .toEqual(list({ list: 'result_feedback', row: 'D1', by: 'station', within: '1800' }))
    expect(lead(place('arrival', { code: 'D1', within_60s: 3, rate_60s: 1 }), 'rate_60s'))
      .toEqual(list({ list: 'needed', row: 'D1', by: 'station' }))
  })

  it('is the whole for a total, and the period before for the line below it', () => {
    const cells = { code: '', name: '合计', alerts: 9 }
    expect(lead(place('stations', cells, { foot: true }), 'alerts')).toEqual(list({ list: 'alerts' }))
    expect(lead(place('stations', cells, { foot: true, at: 1 }), 'alerts')).toEqual(list({ list: 'alerts', side: 'before' }))
    expect(lead(place('overview', { name: '上一期间', merged: 1 }, { at: 1 }), 'merged')).toEqual(list({ list: 'merged', side: 'before' }))
  })

  it('knows tiers by their code, and those without one', () => {
    expect(lead(place('tiers', { name: 'T3', met: 1 }), 'met')).toEqual(list({ list: 'met', row: 'T3', by: 'tier' }))
    expect(lead(place('tiers', { name: '无计时', alerts: 1 }), 'alerts')).toEqual(list({ list: 'alerts', row: '-', by: 'tier' }))
    expect(lead(place('exercises', { name: 'T3', met: 1 }), 'met')).toEqual(list({ list: 'met', row: 'T3', by: 'tier', mode: 'exercise' }))
  })

  it('follows the step of a trend and the interval of a line', () => {
    for (const [name, by] of [['2026-11-16', 'day'], ['2026-W47', 'week'], ['2026-11', 'month']] as const) {
      expect(lead(place('trend', { name, n: 1 }), 'n')).toEqual(list({ list: 'n', row: name, by }))
    }
    expect(lead(place('intervals', { code: 'travel', measured: 4 }), 'measured')).toEqual(list({ list: 'travel' }))
  })

  it('is the alert’s own report for an alert', () => {
    expect(lead(place('open', { alert: 17 }), 'alert')).toEqual({ name: 'report', params: { alert: '17' } })
  })
})
