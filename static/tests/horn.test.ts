import { describe, expect, it } from 'vitest'
import type { Alarm, AlarmState, Priority } from '@/alarms/alarm'
import { Horn } from '@/alarms/horn'
import { alert, T0 } from './fixtures'

const alarm = (key: string, priority: Priority = 'high', state: AlarmState = 'active_unseen'): Alarm => ({
  key, alert: alert(), kind: 'clock_breached', state, priority, at: T0, rule: null, assignment: null, seen: null,
})

/** Asks once a second and says at which seconds it sounded. */
function sounded(horn: Horn, seconds: number, alarmsAt: (second: number) => Alarm[], flood = false): [number, Priority][] {
  return Array.from({ length: seconds + 1 }, (_, second) => second).flatMap((second): [number, Priority][] => {
    const tone = horn.due(alarmsAt(second), flood, second * 1000)
    return tone === null ? [] : [[second, tone]]
  })
}

describe('U5 the horn', () => {
  it('sounds at once and again every 10 s while an alarm is unseen', () => {
    expect(sounded(new Horn(), 25, () => [alarm('a')])).toEqual([[0, 'high'], [10, 'high'], [20, 'high']])
  })

  it('has a tone of its own for what is less pressing', () => {
    expect(sounded(new Horn(), 0, () => [alarm('a', 'low')])).toEqual([[0, 'low']])
    expect(sounded(new Horn(), 0, () => [alarm('a', 'low'), alarm('b')])).toEqual([[0, 'high']])
  })

  it('sounds for a new alarm without waiting for the old one’s turn', () => {
    const both = (second: number) => (second < 4 ? [alarm('a')] : [alarm('a'), alarm('b')])
    expect(sounded(new Horn(), 14, both).map(([second]) => second)).toEqual([0, 4, 14])
  })

  it('keeps its 10 s when it is asked a little early', () => {
    const horn = new Horn()
    const tones = [0, 9_995, 19_990].map((at) => horn.due([alarm('a')], false, at))
    expect(tones).toEqual(['high', 'high', 'high'])
  })
})

describe('U2 Seen and Silence are two acts', () => {
  it('Seen ends the horn for good', () => {
    const seenAt3 = (second: number) => [alarm('a', 'high', second < 3 ? 'active_unseen' : 'active_seen')]
    expect(sounded(new Horn(), 60, seenAt3)).toEqual([[0, 'high']])
  })

  it('Silence ends the horn for 60 s and changes no alarm', () => {
    const horn = new Horn()
    const alarms = [alarm('a')]
    horn.due(alarms, false, 0)
    horn.silence(1_000)
    expect(horn.due(alarms, false, 60_999)).toBe(null)
    expect(horn.due(alarms, false, 61_000)).toBe('high')
    expect(alarms[0]?.state).toBe('active_unseen')
  })

  it('a new alarm sounds at once all the same', () => {
    const horn = new Horn()
    horn.due([alarm('a')], false, 0)
    horn.silence(1_000)
    expect(horn.due([alarm('a'), alarm('b')], false, 2_000)).toBe('high')
    expect(horn.silentFor(2_000)).toBe(0)
  })

  it('what is over makes no sound', () => {
    expect(sounded(new Horn(), 20, () => [alarm('a', 'high', 'cleared_unseen')])).toEqual([])
  })
})

describe('U6 in a flood', () => {
  it('the horn sounds at most every 30 s, however many come', () => {
    const rising = (second: number) => Array.from({ length: second + 1 }, (_, n) => alarm(`${n}`))
    expect(sounded(new Horn(), 65, rising, true).map(([second]) => second)).toEqual([0, 30, 60])
  })
})
