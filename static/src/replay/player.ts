/**
 * Plays the past: a board that is moved on by the same frames and the same function as the live
 * one, on a clock that runs up to sixty times as fast. It knows neither DOM nor Vue.
 */

import type { Change } from '@/api/types'
import { applyFrame, emptyBoard, type Board } from '@/live/board'
import type { ReplayBoard, ReplayRecords } from './types'

export const SPEEDS = [1, 2, 5, 10, 30, 60] as const
export type Speed = (typeof SPEEDS)[number]

/** How far ahead of the clock records are fetched, in real time. */
const AHEAD_MS = 8_000
/** Fetched no sooner than so much of that is left. */
const REFILL_MS = 4_000
/** At least so much of the past at once, so that a slow replay does not ask all the time. */
const LEAST_MS = 30_000

export interface Sources {
  board(at: number): Promise<ReplayBoard>
  records(after: number, until: number): Promise<ReplayRecords>
  /** Milliseconds of a clock that never jumps. */
  monotonic(): number
  /** Something moved; asked for what, the player tells. */
  onMove(): void
  onFailure(failure: unknown): void
}

export class Player {
  board: Board = emptyBoard()
  /** The instant that is shown. */
  at = 0
  speed: Speed = 1
  playing = false
  /** A board is being fetched, or the records to go on with. */
  loading = false
  beginsAt: number | null = null
  /** The present, as the server last told it: the past ends there. */
  endsAt = Number.POSITIVE_INFINITY

  private waiting: Change[] = []
  /** Everything up to here is in the board or waits. */
  private knownUntil = 0
  private fetched = 0
  private tickedAt = 0
  /** Counts seeks: an answer to an earlier one is nobody's. */
  private course = 0
  private fetching = false

  constructor(private readonly sources: Sources) {}

  /** Shows the board as it stood at an instant. */
  async seek(at: number): Promise<void> {
    const course = ++this.course
    this.loading = true
    this.sources.onMove()
    try {
      const answer = await this.sources.board(at)
      if (course !== this.course) return
      this.board = applyFrame({ ...emptyBoard(), epoch: answer.epoch }, answer.snapshot).board
      this.at = at
      this.beginsAt = answer.begins_at === null ? null : Date.parse(answer.begins_at)
      this.endsAt = Date.parse(answer.now)
      this.waiting = []
      this.knownUntil = at
      this.fetched = answer.snapshot.seq
      this.tickedAt = this.sources.monotonic()
    } catch (failure) {
      if (course !== this.course) return
      this.playing = false
      this.sources.onFailure(failure)
    }
    this.loading = false
    this.sources.onMove()
  }

  play(): void {
    this.playing = true
    this.tickedAt = this.sources.monotonic()
    this.sources.onMove()
  }

  pause(): void {
    this.playing = false
    this.sources.onMove()
  }

  setSpeed(speed: Speed): void {
    this.speed = speed
    this.sources.onMove()
  }

  /** Lets time pass; called several times a second. */
  tick(): void {
    const now = this.sources.monotonic()
    const passed = now - this.tickedAt
    this.tickedAt = now
    if (!this.playing || this.board.epoch === null) return
    const wanted = this.at + passed * this.speed
    this.moveTo(Math.min(wanted, this.knownUntil))
    if (this.at >= this.endsAt) this.playing = false
    this.loading = wanted > this.knownUntil && this.playing
    if (this.knownUntil - this.at < REFILL_MS * this.speed) void this.fetch()
    this.sources.onMove()
  }

  /** Goes to the next thing that happened. */
  async step(): Promise<void> {
    this.playing = false
    const course = this.course
    // A night may be quiet for hours: each look goes further than the one before.
    let ahead = LEAST_MS
    while (this.waiting.length === 0 && this.knownUntil < this.endsAt && course === this.course) {
      const before = this.knownUntil
      await this.fetch(ahead)
      if (this.knownUntil === before) break
      ahead *= 4
    }
    const next = this.waiting[0]
    if (next && course === this.course) this.moveTo(Date.parse(next.at))
    this.sources.onMove()
  }

  private moveTo(at: number): void {
    let applied = 0
    for (const frame of this.waiting) {
      if (Date.parse(frame.at) > at) break
      this.board = applyFrame(this.board, frame).board
      applied += 1
    }
    this.waiting = this.waiting.slice(applied)
    this.at = Math.max(this.at, at)
    const beat = { frame: 'heartbeat', seq: this.board.position, at: new Date(this.at).toISOString() } as const
    this.board = applyFrame(this.board, beat).board
  }

  private async fetch(ahead = Math.max(LEAST_MS, AHEAD_MS * this.speed)): Promise<void> {
    if (this.fetching || this.knownUntil >= this.endsAt) return
    const course = this.course
    this.fetching = true
    const until = Math.min(Math.max(this.knownUntil, this.at) + ahead, this.endsAt)
    try {
      const answer = await this.sources.records(this.fetched, until)
      if (course !== this.course) return
      if (answer.epoch !== this.board.epoch) return await this.seek(this.at)
      this.waiting = [...this.waiting, ...answer.frames]
      this.fetched = answer.seq
      this.knownUntil = Math.max(this.knownUntil, Date.parse(answer.until))
    } catch (failure) {
      if (course !== this.course) return
      this.playing = false
      this.sources.onFailure(failure)
    } finally {
      this.fetching = false
    }
  }
}
