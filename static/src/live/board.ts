/**
 * The board: what a session may see, as of one position of the history. Frames are applied by a
 * pure function, so that what a screen shows is a gapless prefix or says that it is not.
 */

import type { Alert, Change, Frame, School, Station, Unit } from '@/api/types'
import { endedAt, hasOpenHazard } from '@/alerts/standing'
import { DAY_MS } from '@/time/format'

export interface Board {
  epoch: string | null
  position: number
  /** False until a snapshot has come, and again between a hello that did not resume and its snapshot. */
  complete: boolean
  alerts: ReadonlyMap<number, Alert>
  units: ReadonlyMap<string, Unit>
  schools: ReadonlyMap<string, School>
  stations: ReadonlyMap<string, Station>
  /** Frames of kinds this build does not know. */
  unknown: number
}

/**
 * `taken` moved the board on; `known` was there already; `gap` means something is missing: the
 * board is unchanged and the connection must resume; `ignored` is of an unknown kind.
 */
export type Effect = 'taken' | 'known' | 'gap' | 'ignored'

export interface Step { board: Board; effect: Effect }

export function emptyBoard(): Board {
  return {
    epoch: null,
    position: 0,
    complete: false,
    alerts: new Map(),
    units: new Map(),
    schools: new Map(),
    stations: new Map(),
    unknown: 0,
  }
}

export function applyFrame(board: Board, frame: Frame): Step {
  switch (frame.frame) {
    case 'hello':
      if (!frame.resumed) return taken({ ...board, epoch: frame.epoch, complete: false })
      // Resumed onto something this board is not: only a snapshot can help.
      if (!board.complete || frame.epoch !== board.epoch) return { board, effect: 'gap' }
      return taken(board)
    case 'snapshot':
      return taken({
        ...board,
        position: frame.seq,
        complete: true,
        alerts: new Map(frame.alerts.map((alert) => [alert.id, alert])),
        units: new Map(frame.units.map((unit) => [unit.id, unit])),
        schools: new Map(frame.schools.map((school) => [school.id, school])),
        stations: new Map(frame.stations.map((station) => [station.id, station])),
      })
    case 'change':
      return applyChange(board, frame)
    case 'heartbeat': {
      if (!board.complete) return { board, effect: 'gap' }
      const position = Math.max(board.position, frame.seq)
      return taken(forgetOld({ ...board, position }, Date.parse(frame.at)))
    }
    default:
      return { board: { ...board, unknown: board.unknown + 1 }, effect: 'ignored' }
  }
}

function applyChange(board: Board, change: Change): Step {
  if (!board.complete) return { board, effect: 'gap' }
  if (change.seq <= board.position) return { board, effect: 'known' }
  if (change.previous > board.position) return { board, effect: 'gap' }
  return taken({
    ...board,
    position: change.seq,
    alerts: withPut(board.alerts, change.alert ? [change.alert] : []),
    units: without(withPut(board.units, change.units ?? []), change.unit_removed),
    schools: without(
      withPut(board.schools, change.school ? [change.school] : []),
      change.school_removed,
    ),
    stations: without(
      withPut(board.stations, change.station ? [change.station] : []),
      change.station_removed,
    ),
  })
}

const taken = (board: Board): Step => ({ board, effect: 'taken' })

function withPut<K, V extends { id: K }>(map: ReadonlyMap<K, V>, values: V[]): ReadonlyMap<K, V> {
  if (values.length === 0) return map
  const next = new Map(map)
  for (const value of values) next.set(value.id, value)
  return next
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K | undefined): ReadonlyMap<K, V> {
  if (key === undefined || !map.has(key)) return map
  const next = new Map(map)
  next.delete(key)
  return next
}

/** What ended more than a day ago leaves the board, as it would leave a snapshot. */
function forgetOld(board: Board, now: number): Board {
  const isOld = (alert: Alert) => {
    const ended = endedAt(alert)
    return ended !== null && now - ended > DAY_MS && !hasOpenHazard(alert)
  }
  const old = [...board.alerts.values()].filter(isOld)
  if (old.length === 0) return board
  const alerts = new Map(board.alerts)
  for (const alert of old) alerts.delete(alert.id)
  return { ...board, alerts }
}
