/** What stands on the map and how it looks, without the map itself. */

import { urgencyAt, type Urgency } from '@/alerts/ordering'
import { isEnded } from '@/alerts/standing'
import type { Alert, Position, School, Unit, UnitKind, Zone } from '@/api/types'
import { alertPlace, isStale, placeOf, standingOf, type Standing } from '@/desk/dispatch/place'

/** Each kind has a shape of its own, so that colour is never needed to tell them apart. */
export type Shape = 'square' | 'circle' | 'triangle'

export interface Mark {
  key: string
  shape: Shape
  at: Position
  mood: Urgency | 'plain' | 'muted'
  /** A filled sign is at work: a committed unit, a manned school, an alert nobody is sent to. */
  filled: boolean
  /** A broken outline is an old position. */
  stale: boolean
  about:
    | { kind: 'school'; school: School; zone: Zone; open: number; manned: boolean }
    | { kind: 'unit'; unit: Unit; sign: UnitKind; standing: Standing }
    | { kind: 'alert'; alert: Alert }
}

/** What the map is drawn from. */
export interface Scene {
  alerts: ReadonlyMap<number, Alert>
  units: ReadonlyMap<string, Unit>
  schools: ReadonlyMap<string, School>
}

/** Places in the system of the tiles, by the mark's key, where that is another one. */
export type Placed = ReadonlyMap<string, Position> | null

const URGENCY: Record<Urgency, number> = { overdue: 0, warning: 1, open: 2, done: 3 }

/** Schools below, units over them, alerts on top. */
export function marksOf(scene: Scene, placed: Placed, now: number): Mark[] {
  const open = [...scene.alerts.values()].filter((alert) => !isEnded(alert))
  const at = (key: string, known: Position | null) => (placed === null ? known : (placed.get(key) ?? null))
  return [
    ...[...scene.schools.values()].flatMap((school) => schoolMark(school, scene, open, at, now)),
    ...[...scene.units.values()].flatMap((unit) => unitMark(unit, scene, at, now)),
    ...open.flatMap((alert) => alertMark(alert, scene, at, now)),
  ]
}

type Find = (key: string, known: Position | null) => Position | null

function schoolMark(school: School, { units }: Scene, open: readonly Alert[], find: Find, now: number): Mark[] {
  const key = `school:${school.id}`
  const at = find(key, school.position)
  if (at === null) return []
  const here = open.filter((alert) => alert.school === school.id)
  const urgencies = here.map((alert) => urgencyAt(alert, now)).sort((a, b) => URGENCY[a] - URGENCY[b])
  const manned = [...units.values()].some((unit) => unit.post === school.id && standingOf(unit) === 'free')
  const about = { kind: 'school' as const, school, zone: school.zone, open: here.length, manned }
  return [{ key, shape: 'square', at, mood: urgencies[0] ?? 'plain', filled: manned, stale: false, about }]
}

function unitMark(unit: Unit, { schools }: Scene, find: Find, now: number): Mark[] {
  const standing = standingOf(unit)
  // Who is not on duty is not in the picture.
  if (standing === 'away') return []
  const key = `unit:${unit.id}`
  const own = unit.position === null ? null : find(key, unit.position)
  const at = own ?? (unit.post ? find(`school:${unit.post}`, placeOf(unit, schools)) : null)
  if (at === null) return []
  const about = { kind: 'unit' as const, unit, sign: unit.kind, standing }
  return [{ key, shape: 'circle', at, mood: 'plain', filled: standing === 'busy', stale: isStale(unit, now), about }]
}

function alertMark(alert: Alert, { schools }: Scene, find: Find, now: number): Mark[] {
  const key = `alert:${alert.id}`
  const own = alert.place?.position ?? null
  const at = own ? find(key, own) : alert.school ? find(`school:${alert.school}`, alertPlace(alert, schools)) : null
  if (at === null) return []
  const about = { kind: 'alert' as const, alert }
  return [{ key, shape: 'triangle', at, mood: urgencyAt(alert, now), filled: alert.stage === 'received', stale: false, about }]
}

/** The map's edges: everything that has a place. */
export function edgesOf(marks: readonly Mark[]): [Position, Position] | null {
  if (marks.length === 0) return null
  const longitudes = marks.map((mark) => mark.at.longitude)
  const latitudes = marks.map((mark) => mark.at.latitude)
  return [
    { longitude: Math.min(...longitudes), latitude: Math.min(...latitudes) },
    { longitude: Math.max(...longitudes), latitude: Math.max(...latitudes) },
  ]
}
