import { describe, expect, it } from 'vitest'
import { held } from '@/alerts/hold'
import { byUrgency, urgencyAt } from '@/alerts/ordering'
import { alert, clock, dueAt, T0 } from './fixtures'

const NOW = T0 + 100_000
const running = (id: number, due: number) => alert({ id, clocks: [dueAt(due)] })

describe('U9 the order of alerts', () => {
  it('is overdue, warning, open, done', () => {
    const done = alert({ id: 1, stage: 'on_scene', clocks: [clock({ verdict: 'met', elapsed_ms: 1 })] })
    const open = running(2, NOW + 60_000)
    const warning = running(3, NOW + 10_000)
    const overdue = running(4, NOW - 1)
    expect(byUrgency([done, open, warning, overdue], NOW).map((one) => one.id)).toEqual([4, 3, 2, 1])
  })

  it('is by time left within each, the longest overdue first', () => {
    const list = [running(1, NOW - 1_000), running(2, NOW - 9_000), running(3, NOW + 90_000), running(4, NOW + 50_000)]
    expect(byUrgency(list, NOW).map((one) => one.id)).toEqual([2, 1, 4, 3])
  })

  it('puts an inquiry, which has no clock, after the open ones', () => {
    const inquiry = alert({ id: 1, severity: 'L0', tier: null, clocks: [] })
    expect(urgencyAt(inquiry, NOW)).toBe('open')
    expect(byUrgency([inquiry, running(2, NOW + 90_000)], NOW).map((one) => one.id)).toEqual([2, 1])
  })

  it('goes by the governing clock alone', () => {
    const beside = dueAt(NOW - 5_000, { governing: false })
    expect(urgencyAt(alert({ clocks: [dueAt(NOW + 90_000), beside] }), NOW)).toBe('open')
  })

  it('counts what ended as done, whatever its clock says', () => {
    expect(urgencyAt(alert({ stage: 'cancelled', clocks: [dueAt(NOW - 1)] }), NOW)).toBe('done')
  })
})

describe('U9 a frozen list', () => {
  it('keeps its order although urgency has changed', () => {
    expect(held([1, 2], [2, 1])).toEqual([1, 2])
  })

  it('adds what is new at its end and drops what has gone', () => {
    expect(held([1, 2], [3, 2])).toEqual([2, 3])
  })
})
