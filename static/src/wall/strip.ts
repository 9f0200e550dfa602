/** The units as a wall lists them. */

import type { Alert, AssignmentState, Duty, Unit } from '@/api/types'

const ORDER: readonly Duty[] = ['committed', 'on_post', 'available', 'out_of_service', 'off_duty']
/** More names than this fit on no wall. */
const NAMED_MOST = 24

export interface Strip {
  totals: { duty: Duty; count: number }[]
  /** Those on duty, those under way first, with how far their assignment has come. */
  units: { unit: Unit; state: AssignmentState | null }[]
}

export function stripOf(units: Iterable<Unit>, alerts: ReadonlyMap<number, Alert>): Strip {
  const all = [...units]
  const totals = ORDER.map((duty) => ({ duty, count: all.filter((unit) => unit.duty === duty).length }))
  const present = all.filter((unit) => unit.duty !== 'off_duty' && unit.duty !== 'out_of_service')
  present.sort((a, b) => ORDER.indexOf(a.duty) - ORDER.indexOf(b.duty) || (a.id < b.id ? -1 : 1))
  const states = present.some((unit) => unit.assignments.length > 0) ? statesOf(alerts) : new Map()
  return {
    totals: totals.filter(({ count }) => count > 0),
    units: present.slice(0, NAMED_MOST).map((unit) => ({ unit, state: states.get(unit.assignments[0]) ?? null })),
  }
}

function statesOf(alerts: ReadonlyMap<number, Alert>): Map<number | undefined, AssignmentState> {
  const states = new Map<number | undefined, AssignmentState>()
  for (const alert of alerts.values()) for (const one of alert.assignments) states.set(one.id, one.state)
  return states
}
