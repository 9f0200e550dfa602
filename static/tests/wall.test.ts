import { describe, expect, it } from 'vitest'
import type { Alert, Verdict } from '@/api/types'
import { dayOf, rateText } from '@/wall/day'
import { reloadAt, reloadHour } from '@/wall/nightly'
import { stripOf } from '@/wall/strip'
import { hangingFrom, readableSize } from '@/wall/typeSize'
import { alert, assignment, clock, iso, unit } from './fixtures'

const FULL_HD = [1920, 1080] as const

describe('U10 the type size of the wall', () => {
  it('holds a character of 24 minutes of arc at its distance', () => {
    // 6 m × 24′ = 41.9 mm; 55 inches are 1397 mm for 2203 pixels.
    expect(readableSize({ distance: 6, diagonal: 55 }, ...FULL_HD)).toBeCloseTo(66.05, 1)
  })

  it('grows with the distance and shrinks with the diagonal', () => {
    const near = readableSize({ distance: 3, diagonal: 55 }, ...FULL_HD)
    expect(readableSize({ distance: 6, diagonal: 55 }, ...FULL_HD)).toBeCloseTo(2 * near, 1)
    expect(readableSize({ distance: 3, diagonal: 110 }, ...FULL_HD)).toBeCloseTo(near / 2, 1)
  })

  it('is read from the address', () => {
    expect(hangingFrom({ distance: '6', diagonal: '55' })).toEqual({ distance: 6, diagonal: 55 })
  })

  it('is left alone by an address that says half of it, or nonsense', () => {
    expect(hangingFrom({ distance: '6' })).toBeNull()
    expect(hangingFrom({ distance: 'far', diagonal: '55' })).toBeNull()
    expect(hangingFrom({ distance: '6', diagonal: '0' })).toBeNull()
    expect(hangingFrom({ distance: ['6', '7'], diagonal: '55' })).toBeNull()
  })
})

describe('the wall’s day', () => {
  const now = Date.parse('2026-11-24T06:00:00.000Z')
  const today = '2026-11-24T02:00:00.000Z'
  const of = (verdict: Verdict, over: Partial<Alert> = {}) =>
    alert({ received_at: today, clocks: [clock({ verdict, due_at: iso(now + 60_000) })], ...over })

  it('U20 counts the rate over what was judged, excused and overdue ones too', () => {
    const verdicts: Verdict[] = ['met', 'late', 'missed', 'breaching', 'excused', 'pending', 'not_applicable']
    expect(dayOf(verdicts.map((verdict) => of(verdict)), now)).toMatchObject({ received: 7, n: 5, met: 1 })
  })

  it('counts neither yesterday, exercises, merged nor imported alerts', () => {
    const others = [
      of('met', { received_at: '2026-11-23T15:59:59.000Z' }), of('met', { mode: 'exercise' }), of('met', { stage: 'merged' }),
      of('met', { imported: true }),
    ]
    expect(dayOf(others, now)).toEqual({ received: 0, ended: 0, n: 0, met: 0 })
    expect(dayOf([of('met', { received_at: '2026-11-23T16:00:00.000Z' })], now).received).toBe(1)
  })

  it('U8 never rounds the rate up, and U20 gives none below ten', () => {
    expect(rateText({ received: 0, ended: 0, n: 10_000, met: 8_999 })).toBe('89.9 %')
    expect(rateText({ received: 0, ended: 0, n: 9, met: 9 })).toBe(null)
  })
})

describe('the wall’s own reload', () => {
  it('U13 comes at its hour of the centre’s day, once', () => {
    const three = Date.parse('2026-11-24T19:00:00.000Z')
    expect(reloadAt(three, 4)).toBe(Date.parse('2026-11-24T20:00:00.000Z'))
    expect(reloadAt(Date.parse('2026-11-24T20:00:00.000Z'), 4)).toBe(Date.parse('2026-11-25T20:00:00.000Z'))
  })

  it('U13 is at four unless the address says another hour', () => {
    expect(reloadHour({})).toBe(4)
    expect(reloadHour({ reload: '0' })).toBe(0)
    for (const wrong of ['24', '-1', '3.5', 'night']) expect(reloadHour({ reload: wrong })).toBe(4)
  })
})

describe('the wall’s units', () => {
  it('names those under way first, with how far they are, and none that is off duty', () => {
    const units = [
      unit({ id: 'a', duty: 'off_duty' }), unit({ id: 'b' }), unit({ id: 'c', duty: 'committed', assignments: [7] }),
    ]
    const sent = alert({ assignments: [assignment({ id: 7, unit: 'c', state: 'en_route' })] })
    const strip = stripOf(units, new Map([[sent.id, sent]]))
    expect(strip.units.map((one) => [one.unit.id, one.state])).toEqual([['c', 'en_route'], ['b', null]])
    expect(strip.totals).toEqual([
      { duty: 'committed', count: 1 }, { duty: 'available', count: 1 }, { duty: 'off_duty', count: 1 },
    ])
  })
})
