/** Where the time went, as a bar: from instants to places along it. */

import type { DerivedClock, Leg } from './types'

export interface Piece {
  leg: Leg
  /** 1, 2, … as in the table. */
  number: number
  ms: number
  /** In thousandths of the bar. */
  from: number
  width: number
}

export interface Bar {
  pieces: Piece[]
  ms: number
  /** Where the limit lies, in thousandths; null when it lies outside. */
  limit: number | null
  /** From the limit to the end point, in thousandths; null when nothing was over. */
  over: { from: number; width: number } | null
}

/** The bar of some legs, with the governing clock's limit in it. */
export function barOf(legs: readonly Leg[], clock: DerivedClock | null): Bar {
  const first = legs[0]
  const last = legs[legs.length - 1]
  if (!first || !last) return { pieces: [], ms: 0, limit: null, over: null }
  const begin = Date.parse(first.from_at)
  const ms = Math.max(1, Date.parse(last.to_at) - begin)
  const place = (instant: number) => ((instant - begin) / ms) * 1000
  const pieces = legs.map((leg, index) => {
    const from = Date.parse(leg.from_at)
    const to = Date.parse(leg.to_at)
    return { leg, number: index + 1, ms: to - from, from: place(from), width: place(to) - place(from) }
  })
  if (!clock?.start) return { pieces, ms, limit: null, over: null }
  const due = Date.parse(clock.start.at) + clock.limit_ms
  const until = Math.min(Date.parse((clock.end ?? clock.ended)?.at ?? last.to_at), begin + ms)
  const isWithin = due > begin && due < begin + ms
  const over = isWithin && until > due ? { from: place(due), width: place(until) - place(due) } : null
  return { pieces, ms, limit: isWithin ? place(due) : null, over }
}

/** The legs up to the arrival; all when nobody arrived. */
export function untilArrival(legs: readonly Leg[]): readonly Leg[] {
  const arrival = legs.findIndex((leg) => leg.to === 'arrived')
  return arrival < 0 ? legs : legs.slice(0, arrival + 1)
}
