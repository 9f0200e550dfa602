import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Percentiles } from '@/api/types'
import { csv } from '@/stats/csv'
import { intervalText, maxText, percent, percentileText, rateText } from '@/stats/figures'
import { isBackwards, queryOf, readFilter, writeFilter } from '@/stats/filter'
import { T0 } from './fixtures'

const figures = (n: number): Percentiles => ({
  n, p50_ms: 41_230, p90_ms: 60_001, p95_ms: 90_000, p99_ms: 99_000, max_ms: 120_000,
})

describe('a share', () => {
  it('stands with its n', () => expect(rateText(120, 130)).toBe('92.3% (120/130)'))
  it('is rounded down: what misses the goal does not read as reaching it', () => {
    expect(percent(0.89999)).toBe('89.9%')
    expect(percent(0.9)).toBe('90.0%')
    expect(percent(1)).toBe('100.0%')
    expect(percent(7 / 10)).toBe('70.0%')
  })
  it('is only counts below ten', () => {
    expect(rateText(9, 9)).toBe('9/9')
    expect(rateText(10, 10)).toBe('100.0% (10/10)')
  })
  it('has an interval from ten on', () => {
    expect(intervalText([0.8689, 0.9567], 130)).toBe('86.8–95.6%')
    expect(intervalText([0.2, 0.9], 9)).toBe('—')
  })
  it('is none of nothing', () => expect(rateText(0, 0)).toBe('—'))
})

describe('percentiles', () => {
  it('give way to the maximum below ten', () => {
    expect(percentileText(figures(9), 'p90_ms')).toBe('—')
    expect(maxText(figures(9))).toBe('120.0 s')
  })
  it('are rounded up from ten on', () => expect(percentileText(figures(10), 'p90_ms')).toBe('60.1 s'))
})

describe('the filter', () => {
  it('is the last seven days of the centre where the address says nothing', () => {
    expect(readFilter({}, T0)).toEqual({
      from: '2026-11-18', to: '2026-11-24', tier: '', source: '', category: '', severity: '', zone: '', peak: '', school: '', station: '', unit: '',
      mode: 'actual', group: 'tier',
      measure: 'response',
    })
  })
  it('survives the way into the address and back', () => {
    const filter = { ...readFilter({}, T0), tier: 'T3' as const, group: 'school' as const, from: '2026-01-31' }
    expect(readFilter(writeFilter(filter), T0)).toEqual(filter)
  })
  it('passes over nonsense in the address', () => {
    const query = { from: 'x', to: '2026-13-01', tier: 'T9', group: ['day'], mode: '' }
    expect(readFilter(query, T0)).toEqual(readFilter({}, T0))
  })
  it('asks for whole days of the centre, the last one in', () => {
    const filter = { ...readFilter({}, T0), from: '2026-11-24', to: '2026-11-24' }
    expect(queryOf(filter)).toMatchObject({ from: '2026-11-23T16:00:00.000Z', to: '2026-11-24T16:00:00.000Z' })
  })
  it('knows a period that runs backwards', () => {
    expect(isBackwards({ ...readFilter({}, T0), from: '2026-11-25', to: '2026-11-24' })).toBe(true)
  })
})

describe('the export', () => {
  it('is marked for Excel and quoted', () => {
    expect(csv([['甲,乙', 'a"b', 1, null]])).toBe('\uFEFF"甲,乙","a""b",1,\r\n')
  })
  it('runs no formula', () => {
    expect(csv([['=1+1', '+1', '-1', '@x', -1]])).toBe("\uFEFF'=1+1,'+1,'-1,'@x,-1\r\n")
    expect(csv([['＝1+1', '＋1', '－1', '＠x', '\n=1']])).toBe("\uFEFF'＝1+1,'＋1,'－1,'＠x,\"'\n=1\"\r\n")
  })
  it('S17 keeps every hostile string as it is, behind a mark where it begins like a formula', () => {
    const hostile = JSON.parse(readFileSync(join(import.meta.dirname, '../../tests/data/hostile-strings.json'), 'utf8')) as string[]
    for (const text of hostile) {
      const cell = csv([[text]]).slice(1, -2)
      const read = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
      expect(read).toBe(/^[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text)
      expect(cell.startsWith('"')).toBe(/[",]/.test(text))
    }
  })
})
