import { describe, expect, it } from 'vitest'
import { clockText, moodAt, verdictAt } from '@/alerts/clock'
import { dictionaries } from '@/i18n'
import { ServerClock } from '@/time/clock'
import { centreDay, left, limitText, moment, over, reached, seconds, startOfCentreDay, timeOfDay } from '@/time/format'
import { clock, iso, T0 } from './fixtures'

describe('U8 a countdown', () => {
  it('shows what is left, rounded down', () => {
    expect(clockText(clock(), T0)).toBe('01:00')
    expect(clockText(clock(), T0 + 1)).toBe('00:59')
    expect(clockText(clock(), T0 + 59_999)).toBe('00:00')
  })

  it('is within the limit exactly at its end and over it a millisecond later', () => {
    expect(verdictAt(clock(), T0 + 60_000)).toBe('pending')
    expect(clockText(clock(), T0 + 60_000)).toBe('00:00')
    expect(verdictAt(clock(), T0 + 60_001)).toBe('breaching')
    expect(clockText(clock(), T0 + 60_001)).toBe('+00:01')
  })

  it('warns from its warning time on', () => {
    expect(moodAt(clock(), T0 + 39_999)).toBe('running')
    expect(moodAt(clock(), T0 + 40_000)).toBe('warning')
  })

  it('is never rounded into compliance once reached', () => {
    const at = (elapsed_ms: number, verdict: 'met' | 'late') =>
      clockText(clock({ elapsed_ms, verdict, reached_at: iso(T0 + elapsed_ms) }), T0 + 500_000)
    expect(at(60_000, 'met')).toBe('01:00')
    expect(at(60_001, 'late')).toBe('01:01')
    expect(at(59_999, 'met')).toBe('00:59')
  })

  it('shows no digits where nothing was reached', () => {
    expect(clockText(clock({ verdict: 'missed' }), T0 + 500_000)).toBe('--:--')
    expect(clockText(clock({ verdict: 'not_applicable' }), T0 + 500_000)).toBe('--:--')
  })

  it('waits while its start has not come', () => {
    const waiting = clock({ started_at: null, due_at: null, warn_at: null })
    expect(moodAt(waiting, T0)).toBe('waiting')
    expect(clockText(waiting, T0)).toBe('--:--')
  })

  it('lets no verdict but pending pass with time', () => {
    expect(verdictAt(clock({ verdict: 'met' }), T0 + 500_000)).toBe('met')
  })
})

describe('spans', () => {
  it('go on to hours', () => {
    expect(left(3_600_000)).toBe('1:00:00')
    expect(over(3_599_001)).toBe('+1:00:00')
    expect(reached(0, 60_000)).toBe('00:00')
  })
  it('are exact for limits and rounded up for figures', () => {
    expect([60_000, 180_000, 90_500].map((ms) => limitText(ms, dictionaries.en))).toEqual(['60 s', '3 min', '90.5 s'])
    expect([seconds(60_000), seconds(60_001)]).toEqual(['60.0 s', '60.1 s'])
  })
})

describe('the centre’s day', () => {
  it('is eight hours ahead, over midnight and month edges too', () => {
    expect(timeOfDay(T0)).toBe('08:00:00')
    expect(centreDay(Date.parse('2026-11-30T16:00:00Z'))).toBe('2026-12-01')
    expect(iso(startOfCentreDay('2026-11-24'))).toBe('2026-11-23T16:00:00.000Z')
  })
  it('is named only for another day', () => {
    expect(moment(T0, T0)).toBe('08:00:00')
    expect(moment(T0, T0 + 86_400_000)).toBe('11-24 08:00:00')
  })
})

describe('server time', () => {
  const build = () => {
    const time = { monotonic: 1_000, wall: T0 }
    return { time, clock: new ServerClock(() => time.monotonic, () => time.wall) }
  }

  it('takes the sample that was least delayed', () => {
    const { time, clock } = build()
    clock.measure(T0)
    time.monotonic += 5_000
    clock.measure(T0 + 4_200)
    expect(clock.now()).toBe(T0 + 5_000)
  })

  it('U12 is not moved by a jump of the device’s clock, and tells of it', () => {
    const { time, clock } = build()
    clock.measure(T0)
    expect(clock.isSkewed()).toBe(false)
    time.wall += 3_600_000
    expect(clock.now()).toBe(T0)
    expect(clock.skew()).toBe(3_600_000)
    expect(clock.isSkewed()).toBe(true)
  })

  it('U12 tolerates two seconds', () => {
    const { time, clock } = build()
    clock.measure(T0)
    time.wall = T0 - 2_000
    expect(clock.isSkewed()).toBe(false)
    time.wall = T0 - 2_001
    expect(clock.isSkewed()).toBe(true)
  })

  it('is the device’s own while unmeasured', () => {
    const { clock } = build()
    expect(clock.now()).toBe(T0)
    expect(clock.isSkewed()).toBe(false)
  })
})
