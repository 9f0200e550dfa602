/**
 * What was pressed on the phone, until the server has answered (U18): kept with its id and time,
 * sent in order, tried again with the same id, removed by an answer and by nothing else.
 */

import type { Outcome, Problem, Step } from '@/api/types'

export type Act =
  | 'deliver' | 'acknowledge' | 'en_route' | 'arrive' | 'clear' | 'feedback' | 'decline' | 'reinforce'
  | 'raise' | 'check_in'

export interface Press {
  /** The command id: the same for every try. */
  key: string
  path: string
  body: Record<string, unknown>
  /** Null for what concerns no assignment: an alert of its own, a visit to a school. */
  alert: number | null
  assignment: number | null
  /** The step it takes; null for feedback and the like. */
  step: Step | null
  /** What it was, for telling the officer. */
  act: Act
  pressed_at: string
  /** Not sent before this instant of the device, so that it can be taken back. */
  not_before: number
  /** The command id of the report it becomes where the step can no longer be taken (U19). */
  note_key: string
}

/** How a try ended. */
export type Answer =
  | { kind: 'done'; outcome: Outcome }
  | { kind: 'refused'; problem: Problem }
  /** Nobody answered, or the server asks to come again. */
  | { kind: 'later' }
  /** The session has ended: everything waits for the next login. */
  | { kind: 'login' }

export interface Sent { assignment: number; step: Step; seq: number }
export interface QueueState {
  waiting: readonly Press[]
  /** Answered with yes, but perhaps not yet seen on the board. */
  sent: readonly Sent[]
  /** The last try found nobody. */
  unreachable: boolean
}

export interface QueueDoors {
  /** Resolves when it is on the disk, or when nothing can be kept. */
  keep(press: Press): Promise<void>
  drop(key: string): Promise<void>
  send(press: Press): Promise<Answer>
  /** An answer has come; resolves when what follows from it is kept. The press goes after that. */
  settled(press: Press, answer: Answer & { kind: 'done' | 'refused' }): Promise<void>
  now(): number
  changed(state: QueueState): void
}

const DELAYS_MS = [1_000, 2_000, 5_000, 10_000] as const
const SENT_KEPT = 20

export class PressQueue {
  private waiting: Press[]
  private sent: Sent[] = []
  /** Not on the disk yet: what is sent is always kept first. */
  private readonly unkept = new Set<string>()
  private failures = 0
  private busy = false
  private paused = false
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(
    private readonly doors: QueueDoors,
    kept: readonly Press[],
  ) {
    this.waiting = [...kept]
  }

  get state(): QueueState {
    return { waiting: [...this.waiting], sent: [...this.sent], unreachable: this.failures > 0 }
  }

  /** Resolves when it is kept. */
  async add(press: Press): Promise<void> {
    this.waiting.push(press)
    this.unkept.add(press.key)
    this.doors.changed(this.state)
    // Where nothing can be kept it is sent all the same.
    await this.doors.keep(press).catch(() => undefined)
    this.unkept.delete(press.key)
    void this.pump()
  }

  /** Takes back what has not been sent yet; false when it is too late. */
  undo(key: string): boolean {
    const press = this.waiting.find((one) => one.key === key)
    if (press === undefined || press.not_before <= this.doors.now()) return false
    this.remove(press)
    void this.doors.drop(key)
    void this.pump()
    return true
  }

  /** The network or the session is back. */
  hurry(): void {
    this.paused = false
    void this.pump()
  }

  stop(): void {
    this.paused = true
    this.clearTimer()
  }

  private async pump(): Promise<void> {
    this.clearTimer()
    if (this.busy || this.paused) return
    const press = this.next()
    if (press === null) return
    this.busy = true
    const answer = await this.doors.send(press)
    if (answer.kind === 'done' || answer.kind === 'refused') {
      await this.doors.settled(press, answer).catch(() => undefined)
      await this.doors.drop(press.key).catch(() => undefined)
    }
    this.busy = false
    this.settle(press, answer)
  }

  /** The oldest that may go. An arrival that can still be taken back holds only its own assignment. */
  private next(): Press | null {
    const now = this.doors.now()
    const held = new Set<number>()
    let soonest = Number.POSITIVE_INFINITY
    for (const press of this.waiting) {
      if (this.unkept.has(press.key)) return null
      if (press.assignment !== null && held.has(press.assignment)) continue
      if (press.not_before <= now) return press
      soonest = Math.min(soonest, press.not_before)
      if (press.assignment !== null) held.add(press.assignment)
    }
    if (soonest < Number.POSITIVE_INFINITY) this.later(soonest - now)
    return null
  }

  private settle(press: Press, answer: Answer): void {
    if (answer.kind === 'later') {
      const delay = DELAYS_MS[Math.min(this.failures, DELAYS_MS.length - 1)] ?? 10_000
      this.failures += 1
      this.doors.changed(this.state)
      if (!this.paused) this.later(delay)
      return
    }
    this.failures = 0
    if (answer.kind === 'login') {
      this.paused = true
      this.doors.changed(this.state)
      return
    }
    const { assignment, step } = press
    if (answer.kind === 'done' && step !== null && assignment !== null) {
      this.sent = [...this.sent, { assignment, step, seq: answer.outcome.seq }].slice(-SENT_KEPT)
    }
    this.remove(press)
    void this.pump()
  }

  private remove(press: Press): void {
    this.waiting = this.waiting.filter((one) => one.key !== press.key)
    this.doors.changed(this.state)
  }

  private later(delay: number): void {
    this.timer = setTimeout(() => void this.pump(), delay)
  }

  private clearTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }
}
