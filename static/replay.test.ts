import { describe, expect, it } from 'vitest'
import type { Change } from '@/api/types'
import { Player } from '@/replay/player'
import type { ReplayBoard, ReplayRecords } from '@/replay/types'
import { alert, change, iso, snapshot, T0 } from './fixtures'

const HOUR = 3_600_000

/** A past of records at given seconds, served as the server does; time stands until it is moved. */
class Served {
  clock = 0
  asked: number[] = []
  failures: unknown[] = []
  epoch = 'e1'
  fails = false

  constructor(private readonly past: readonly { seq: number; second: number }[]) {}

  private frames = (after: number, until: number): Change[] =>
    this.past
      .filter(({ seq, second }) => seq > after && T0 + second * 1000 <= until)
      .map(({ seq, second }) =>
        change(seq, seq - 1, {
          at: iso(T0 + second * 1000),
          kind: 'alert_raised',
          alert: alert({ id: seq, received_at: iso(T0 + second * 1000), seq }),
        }),
      )

  async board(at: number): Promise<ReplayBoard> {
    if (this.fails) throw new Error('nobody answers')
    const frames = this.frames(0, at)
    const alerts = frames.flatMap((frame) => frame.alert ?? [])
    const seq = frames.at(-1)?.seq ?? 0
    return { epoch: this.epoch, begins_at: iso(T0), now: iso(T0 + HOUR), snapshot: snapshot({ seq, at: iso(at), alerts }) }
  }

  async records(after: number, until: number): Promise<ReplayRecords> {
    this.asked.push((until - T0) / 1000)
    const all = this.frames(after, until)
    const frames = all.slice(0, 3)
    const has_more = all.length > frames.length
    const last = frames.at(-1)
    return {
      epoch: this.epoch,
      frames,
      seq: last?.seq ?? after,
      until: has_more && last ? last.at : iso(until),
      has_more,
    }
  }

  monotonic = () => this.clock
  onMove = () => undefined
  onFailure = (failure: unknown) => this.failures.push(failure)
}

function played(served: Served): Player {
  return new Player({
    board: (at) => served.board(at),
    records: (after, until) => served.records(after, until),
    monotonic: served.monotonic,
    onMove: served.onMove,
    onFailure: served.onFailure,
  })
}

/** Lets so many seconds of real time pass, five ticks in each, answers included. */
async function passes(served: Served, player: Player, seconds: number) {
  for (let tick = 0; tick < seconds * 5; tick += 1) {
    served.clock += 200
    player.tick()
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  }
}

const eachMinute = Array.from({ length: 50 }, (_, n) => ({ seq: n + 1, second: (n + 1) * 60 }))
const shown = (player: Player) => [...player.board.alerts.keys()]

describe('a replay', () => {
  it('shows the board as it stood', async () => {
    const player = played(new Served(eachMinute))
    await player.seek(T0 + 185_000)
    expect(shown(player)).toEqual([1, 2, 3])
    expect(player.at).toBe(T0 + 185_000)
  })

  it.each([1, 10, 60] as const)('at %i× runs through each record at its instant', async (speed) => {
    const served = new Served(eachMinute)
    const player = played(served)
    await player.seek(T0)
    player.setSpeed(speed)
    player.play()
    await passes(served, player, 1)
    const before = player.at
    await passes(served, player, 20)
    expect(player.at - before).toBe(20_000 * speed)
    const due = Math.floor((player.at - T0) / 60_000)
    expect(shown(player)).toEqual(eachMinute.slice(0, due).map(({ seq }) => seq))
  })

  it('never passes what it has not been told of', async () => {
    const served = new Served(eachMinute)
    const player = played(served)
    await player.seek(T0)
    player.setSpeed(60)
    player.play()
    served.clock += 60_000
    player.tick()
    expect(player.at).toBe(T0)
    expect(player.loading).toBe(true)
  })

  it('stands still while it is paused', async () => {
    const served = new Served(eachMinute)
    const player = played(served)
    await player.seek(T0)
    await passes(served, player, 5)
    expect(player.at).toBe(T0)
  })

  it('steps to the next record, however far off', async () => {
    const player = played(new Served([{ seq: 1, second: 10 }, { seq: 2, second: 3_000 }]))
    await player.seek(T0 + 20_000)
    await player.step()
    expect(player.at).toBe(T0 + 3_000_000)
    expect(shown(player)).toEqual([1, 2])
  })

  it('ends at the present', async () => {
    const served = new Served(eachMinute)
    const player = played(served)
    await player.seek(T0 + HOUR - 30_000)
    player.setSpeed(60)
    player.play()
    await passes(served, player, 3)
    expect(player.at).toBe(T0 + HOUR)
    expect(player.playing).toBe(false)
  })

  it('begins anew when the history has become another', async () => {
    const served = new Served(eachMinute)
    const player = played(served)
    await player.seek(T0)
    served.epoch = 'e2'
    player.play()
    await passes(served, player, 2)
    expect(player.board.epoch).toBe('e2')
  })

  it('passes over the answer to a seek that another has overtaken', async () => {
    const player = played(new Served(eachMinute))
    const first = player.seek(T0 + 600_000)
    const second = player.seek(T0 + 60_000)
    await Promise.all([first, second])
    expect(player.at).toBe(T0 + 60_000)
    expect(shown(player)).toEqual([1])
  })

  it('tells a failure and stands where it was', async () => {
    const served = new Served(eachMinute)
    const player = played(served)
    await player.seek(T0 + 60_000)
    served.fails = true
    await player.seek(T0 + 600_000)
    expect(served.failures).toHaveLength(1)
    expect([player.at, player.loading]).toEqual([T0 + 60_000, false])
  })
})
