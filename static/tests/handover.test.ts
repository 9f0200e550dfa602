import { describe, expect, it } from 'vitest'
import { handover, lastWord } from '@/desk/handover/handover'
import { othersActs, RECENT_MS } from '@/desk/others/others'
import type { Alert, Notice, Unit } from '@/api/types'
import { alert, assignment, clock, dueAt, iso, T0, unit } from './fixtures'

const scene = (alerts: Alert[], units: Unit[] = []) => ({
  alerts: new Map(alerts.map((one) => [one.id, one])), units: new Map(units.map((one) => [one.id, one])),
})
const ids = (alerts: Alert[]) => alerts.map((one) => one.id)
const missed: Notice[] = [{ at: iso(T0), notice: 'dispatch_missed' }]
const hazard = { measure: '围挡', informed: '总务', due_at: iso(T0), fixed_at: null }

describe('the hand-over list', () => {
  it('has everything that is open, the overdue apart and first', () => {
    const list = handover(scene([
      alert({ id: 1, clocks: [dueAt(T0 + 90_000)] }), alert({ id: 2, clocks: [dueAt(T0 - 1)] }), alert({ id: 3, stage: 'closed' }),
    ]), T0)
    expect([ids(list.overdue), ids(list.open)]).toEqual([[2], [1]])
  })

  it('counts as overdue what an alarm still stands for', () => {
    const late = alert({ id: 1, notices: missed, clocks: [dueAt(T0 + 90_000)] })
    const feedback = alert({ id: 2, stage: 'on_scene', clocks: [clock({ verdict: 'met', reached_at: iso(T0), elapsed_ms: 1 })], notices: [{ at: iso(T0), notice: 'first_feedback_missed' }] })
    expect(ids(handover(scene([late, feedback]), T0).overdue).sort()).toEqual([1, 2])
  })

  it('has hazards that are not fixed although their alert has ended', () => {
    const fixed = alert({ id: 2, stage: 'closed', hazard: { ...hazard, fixed_at: iso(T0) } })
    expect(ids(handover(scene([alert({ id: 1, stage: 'closed', hazard }), fixed]), T0).hazards)).toEqual([1])
  })

  it('has alarms nobody has seen, of ended alerts too', () => {
    const over = alert({ stage: 'closed', notices: missed })
    expect(handover(scene([over]), T0).unseen.map((one) => one.state)).toEqual(['cleared_unseen'])
  })

  it('has units that cannot be counted on', () => {
    const units = [unit({ id: 'a', assignments: [1] }), unit({ id: 'b', duty: 'out_of_service' }), unit({ id: 'c' }), unit({ id: 'd', duty: 'off_duty' })]
    expect(handover(scene([], units), T0).bound.map((one) => one.id)).toEqual(['a', 'b'])
  })

  it('says of each what was said last', () => {
    const told = alert({
      notes: [{ at: iso(T0), by: 'a', text: '先' }],
      feedback: [{ at: iso(T0 + 1), by: 'b', assignment: null, kind: 'progress', text: '后', pressed_at: null }],
    })
    expect(lastWord(told)?.text).toBe('后')
    expect(lastWord(alert({ assignments: [assignment()] }))).toBe(null)
  })
})

describe('U14 what other desks do to an alert', () => {
  const entry = (by: string, seconds: number, role = 'operator') => ({ seq: seconds, at: iso(T0 + seconds * 1000), by, role, kind: 'unit_dispatched', detail: {} })
  const isDesk = (role: string) => role === 'operator'

  it('is told for two minutes, the newest first, without one’s own and without the units’', () => {
    const entries = [entry('b', -200), entry('b', 1), entry('own', 2), entry('U1', 3, 'unit'), entry('c', 4)]
    expect(othersActs(entries, 'own', isDesk, T0 + 5_000).map((one) => one.by)).toEqual(['c', 'b'])
    expect(othersActs(entries, 'own', isDesk, T0 + 5_000 + RECENT_MS)).toEqual([])
  })
})
