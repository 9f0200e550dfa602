/** Units that could be sent, the likeliest first, and the best of them (U15). */

import type { Alert, School, Unit } from '@/api/types'
import { defaultEchelon } from '@/alerts/classification'
import { metresBetween } from '@/alerts/distance'
import { isLive } from '@/alerts/standing'
import { expectedMs } from './estimate'
import { alertPlace, isStale, placeOf, standingOf, type Standing } from './place'
import { counts, endingOf, reachOf, runningClocks, type Reach, type Rules } from './reach'

export interface Candidate {
  unit: Unit
  /** Free, on another alert, or neither. */
  standing: Standing
  metres: number | null
  stale: boolean
  /** From the order to the arrival; null where nobody knows where it is. */
  expected: number | null
  reach: Reach[]
}

export interface District {
  units: ReadonlyMap<string, Unit>
  schools: ReadonlyMap<string, School>
}

const RANK: Record<Standing, number> = { free: 0, busy: 1, away: 2 }

export function candidates(alert: Alert, district: District, rules: Rules, now: number): Candidate[] {
  const there = alertPlace(alert, district.schools)
  const onAlert = new Set(alert.assignments.filter(isLive).map((one) => one.unit))
  const list = [...district.units.values()]
    .filter((unit) => !onAlert.has(unit.id))
    .map((unit): Candidate => {
      const here = placeOf(unit, district.schools)
      const metres = here && there ? metresBetween(here, there) : null
      const onPost = unit.post !== null && unit.post === alert.school
      const expected = metres === null ? null : expectedMs(unit.kind, metres, onPost)
      const wave = defaultEchelon(unit.kind)
      const reach = expected === null ? [] : reachOf(alert, { kind: unit.kind, wave, onPost, expected }, rules, now)
      return { unit, standing: standingOf(unit), metres, stale: isStale(unit, now), expected, reach }
    })
  return list.sort(
    (a, b) =>
      RANK[a.standing] - RANK[b.standing] ||
      (a.expected ?? Infinity) - (b.expected ?? Infinity) ||
      a.unit.name.localeCompare(b.unit.name, 'zh-CN', { numeric: true }),
  )
}

export interface Choice { unit: Unit; wave: number }

/**
 * The fewest free units that serve every clock still running: for each, the quickest that counts,
 * of two as quick the one that leaves no school without cover. Without a clock, the quickest.
 */
export function best(
  alert: Alert,
  sorted: readonly Candidate[],
  rules: Rules,
  cover: ReadonlyMap<string, School[]>,
): Choice[] {
  const free = sorted.filter((one) => one.standing === 'free' && one.expected !== null)
  const quickest = [...free].sort((a, b) => a.expected! - b.expected! || loss(a, cover) - loss(b, cover))
  const sent = alert.assignments.filter(isLive).map((one) => ({ kind: one.unit_kind, wave: one.echelon }))
  const chosen: Choice[] = []
  for (const clock of runningClocks(alert)) {
    const ending = endingOf(clock, rules)
    const serves = (kind: Unit['kind'], wave: number) => counts(ending, kind, wave)
    let missing =
      (ending.who.at_least ?? 1) -
      sent.filter((one) => serves(one.kind, one.wave)).length -
      chosen.filter((one) => serves(one.unit.kind, one.wave)).length
    // One that comes in this wave by itself and in time goes before one that is put into it.
    const meets = (one: Candidate) => one.reach.some((r) => r.clock.rule === clock.rule && r.spare >= 0)
    for (const { unit } of [...quickest.filter(meets), ...quickest]) {
      if (missing <= 0) break
      const wave = waveFor(unit, ending.who.echelons)
      if (chosen.some((one) => one.unit.id === unit.id) || !serves(unit.kind, wave)) continue
      chosen.push({ unit, wave })
      missing -= 1
    }
  }
  const first = quickest[0]
  if (chosen.length === 0 && sent.length === 0 && first) {
    return [{ unit: first.unit, wave: defaultEchelon(first.unit.kind) }]
  }
  return chosen
}

const loss = (one: Candidate, cover: ReadonlyMap<string, School[]>) => cover.get(one.unit.id)?.length ?? 0

/** A unit comes in its usual wave, or in the one that is asked for. */
function waveFor(unit: Unit, asked: readonly number[] | undefined): number {
  const usual = defaultEchelon(unit.kind)
  return !asked || asked.includes(usual) ? usual : (asked[0] ?? usual)
}
