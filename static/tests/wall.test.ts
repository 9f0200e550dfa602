import { describe, expect, it } from 'vitest'
import { hangingFrom, readableSize } from '@/wall/typeSize'

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
