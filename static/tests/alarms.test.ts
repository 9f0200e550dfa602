import { describe, expect, it } from 'vitest'
import { lostAlarms, toldAlarms, UNIT_LOST_MS, type Alarm } from '@/alarms/alarm'
import { FLOOD_COUNT, byPressure, grouped, isFlood } from '@/alarms/order'
import { TONES } from '@/alarms/sound'
import type { Alert, Notice } from '@/api/types'
import { alert, assignment, clock, iso, T0, unit } from './fixtures'

const notice = (name: Notice['notice'], over: Partial<Notice> = {}): Notice => ({ at: iso(T0), notice: name, ...over })
const seen = (of: Notice, at = T0 + 5_000) => ({ ...of, at: iso(at), by: 'operator' })
const states = (one: Alert) => toldAlarms(one).map(({ kind, state }) => [kind, state])
const breached = notice('clock_breached', { rule: 'l1-a' })
const warned = notice('clock_warned', { rule: 'l1-a' })
const undispatched = notice('dispatch_missed')

describe('U1 an alarm', () => {
  it('is what needs somebody to act now', () => {
    const sent = assignment({ state: 'delivered' })
    const all = [
      undispatched, breached, notice('first_feedback_missed'), notice('result_missed'),
      notice('acknowledge_missed', { assignment: 1 }),
    ]
    const kinds = toldAlarms(alert({ notices: all, assignments: [sent] })).map((one) => one.kind)
    expect(kinds.sort()).toEqual(all.map((one) => one.notice).sort())
  })

  it('is no event that waits for nobody: a late turnout is in the record alone', () => {
    expect(states(alert({ notices: [notice('turnout_missed', { assignment: 1 })] }))).toEqual([])
  })

  it('has one cause: a warning ends in its breach', () => {
    expect(states(alert({ notices: [warned, breached] }))).toEqual([['clock_breached', 'active_unseen']])
  })

  it('is not doubled by a clock that is due together with the governing one', () => {
    const beside = clock({ rule: 'first-wave', governing: false })
    const later = clock({ rule: 'second-wave', governing: false, due_at: iso(T0 + 180_000) })
    const advisory = clock({ rule: 'advice', governing: false, required: false, due_at: iso(T0 + 90_000) })
    const notices = ['l1-a', 'first-wave', 'second-wave', 'advice'].map((rule) => notice('clock_breached', { rule }))
    const alarms = toldAlarms(alert({ notices, clocks: [clock(), beside, later, advisory] }))
    expect(alarms.map((one) => one.rule)).toEqual(['l1-a', 'second-wave'])
  })

  it('is a unit on its way that is not heard from any more', () => {
    const going = assignment({ state: 'en_route', en_route_at: iso(T0) })
    const heard = unit({ position_at: iso(T0 + 1_000) })
    const lostAt = T0 + 1_000 + UNIT_LOST_MS
    const kinds = (now: number, one = heard) =>
      lostAlarms(alert({ assignments: [going] }), new Map([[one.id, one]]), now).map(({ kind, at }) => [kind, at])
    expect(kinds(lostAt - 1)).toEqual([])
    expect(kinds(lostAt)).toEqual([['unit_lost', lostAt]])
    // A unit that reports no position at all cannot be lost.
    expect(kinds(lostAt, unit({ position_at: null }))).toEqual([])
    expect(kinds(lostAt, unit({ position_at: iso(T0 - 1) }))).toEqual([])
  })
})

describe('U3 an alarm', () => {
  it('is active and unseen at first', () => {
    expect(states(alert({ notices: [breached] }))).toEqual([['clock_breached', 'active_unseen']])
  })

  it('is active and seen once somebody at any desk has seen it', () => {
    const [alarm] = toldAlarms(alert({ notices: [breached], seen: [seen(breached)] }))
    expect([alarm?.state, alarm?.seen]).toEqual(['active_seen', { by: 'operator', at: T0 + 5_000 }])
  })

  it('stays as cleared until it is seen, when its cause has gone by itself', () => {
    const reached = clock({ reached_at: iso(T0 + 70_000), elapsed_ms: 70_000, verdict: 'late' })
    expect(states(alert({ notices: [breached], clocks: [reached] }))).toEqual([['clock_breached', 'cleared_unseen']])
    expect(states(alert({ stage: 'dispatched', notices: [undispatched] }))).toEqual([['dispatch_missed', 'cleared_unseen']])
  })

  it('stays as cleared when its alert has ended unseen', () => {
    expect(states(alert({ stage: 'closed', notices: [undispatched] }))).toEqual([['dispatch_missed', 'cleared_unseen']])
  })

  it('is history when it is seen and cleared', () => {
    expect(states(alert({ stage: 'dispatched', notices: [undispatched], seen: [seen(undispatched)] }))).toEqual([])
  })

  it('is a new one when it was raised again after it was seen', () => {
    const hazard = { measure: '围挡', informed: '总务', due_at: iso(T0), fixed_at: null }
    const again = notice('hazard_overdue', { at: iso(T0 + 9_000) })
    expect(states(alert({ hazard, notices: [again], seen: [seen(again, T0 + 5_000)] }))).toEqual([['hazard_overdue', 'active_unseen']])
  })
})

const alarm = (over: Partial<Alarm> = {}): Alarm => ({
  key: 'k', alert: alert(), kind: 'clock_breached', state: 'active_unseen', priority: 'high', at: T0, rule: null,
  assignment: null, seen: null, ...over,
})

describe('the order of alarms', () => {
  it('is new, standing, over; then by priority; then the newest', () => {
    const list = [
      alarm({ key: 'over', state: 'cleared_unseen' }), alarm({ key: 'standing', state: 'active_seen' }),
      alarm({ key: 'low', priority: 'low' }), alarm({ key: 'old' }), alarm({ key: 'new', at: T0 + 1 }),
    ]
    expect(byPressure(list).map((one) => one.key)).toEqual(['new', 'old', 'low', 'standing', 'over'])
  })
})

describe('U6 a flood', () => {
  const many = (count: number, at = T0) => Array.from({ length: count }, (_, n) => alarm({ key: `${n}`, at }))

  it('is more than 10 alarms in 10 minutes', () => {
    expect(isFlood(many(FLOOD_COUNT), T0)).toBe(false)
    expect(isFlood(many(FLOOD_COUNT + 1), T0)).toBe(true)
    expect(isFlood(many(FLOOD_COUNT + 1), T0 + 600_000)).toBe(false)
  })

  it('is grouped by unit, then by school', () => {
    const ofUnit = alarm({ key: 'a', assignment: assignment({ unit: 'U1' }) })
    const ofSchool = alarm({ key: 'b', alert: alert({ school: 'S2', school_name: '示例中学' }) })
    const elsewhere = alarm({ key: 'c', alert: alert({ school: null, place: { text: '示例路口', position: null } }) })
    const groups = grouped([elsewhere, ofSchool, ofUnit, { ...ofSchool, key: 'd' }])
    expect(groups.map(({ about, name, alarms }) => [about, name, alarms.length])).toEqual([
      ['unit', '示例巡逻车', 1], ['school', '示例中学', 2], ['place', '示例路口', 1],
    ])
  })

  it('drops nothing', () => {
    const all = many(500).map((one, n) => ({ ...one, alert: alert({ id: n, school: `S${n % 7}` }) }))
    expect(grouped(all).flatMap((group) => group.alarms).length).toBe(500)
  })
})

describe('U5 the tones', () => {
  it('are two, told apart, and none lasts longer than a second', () => {
    const lasts = (beeps: (typeof TONES)['high']) => Math.max(...beeps.map((beep) => beep.from + beep.lasts))
    for (const beeps of Object.values(TONES)) expect(lasts(beeps)).toBeLessThanOrEqual(1)
    expect(TONES.high.length).not.toBe(TONES.low.length)
  })
})
