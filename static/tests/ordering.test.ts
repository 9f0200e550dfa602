import { describe, expect, it } from 'vitest'
import { standingAlarms } from '@/alerts/alarms'
import { byUrgency, reorder, urgencyAt } from '@/alerts/ordering'
import { alert, assignment, clock, dueAt, iso, T0 } from './fixtures'

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
  const first = [running(1, NOW + 10_000), running(2, NOW + 90_000)]

  it('keeps its order although urgency has changed', () => {
    const shown = reorder([], first, NOW, false)
    const changed = [running(1, NOW + 90_000), running(2, NOW - 1)]
    expect(reorder(shown, changed, NOW, true)).toEqual([1, 2])
    expect(reorder(shown, changed, NOW, false)).toEqual([2, 1])
  })

  it('adds what is new at its end and drops what has gone', () => {
    expect(reorder([1, 2], [...first.slice(1), running(3, NOW - 1)], NOW, true)).toEqual([2, 3])
  })
})

describe('U1 what needs somebody now', () => {
  const missed = (notice: 'dispatch_missed' | 'acknowledge_missed' | 'first_feedback_missed', id?: number) =>
    [{ at: iso(T0), notice, assignment: id }]

  it('stands until a unit is sent', () => {
    expect(standingAlarms(alert({ notices: missed('dispatch_missed') }))).toHaveLength(1)
    expect(standingAlarms(alert({ stage: 'dispatched', notices: missed('dispatch_missed') }))).toEqual([])
  })

  it('stands until that assignment is acknowledged', () => {
    const notices = missed('acknowledge_missed', 1)
    const stage = 'dispatched' as const
    const waiting = alert({ stage, notices, assignments: [assignment({ state: 'delivered' })] })
    const answered = alert({ stage, notices, assignments: [assignment({ state: 'acknowledged' })] })
    expect(standingAlarms(waiting)).toEqual([{ kind: 'acknowledge_missed', at: iso(T0), assignment: 1 }])
    expect(standingAlarms(answered)).toEqual([])
  })

  it('does not repeat what the clocks show', () => {
    const notices = [{ at: iso(T0), notice: 'clock_breached' as const, rule: 'l1-a' }]
    expect(standingAlarms(alert({ notices }))).toEqual([])
  })
})
