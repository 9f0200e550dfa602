/**
 * What was pressed on the phone, until the server has answered: kept with its id and time, sent in
 * order, tried again with the same id, removed by an answer and by nothing else.
 */

import type { Outcome, Problem, Step } from '@/api/types'

export interface Press {
  /** The command id: the same for every try. */
  key: string
  path: string
  body: Record<string, unknown>
  alert: number
  assignment: number
  /** The step it takes; null for feedback and the like. */
  step: Step | null
  /** What it was, for telling the officer. */
  act: 'deliver' | 'acknowledge' | 'en_route' | 'arrive' | 'clear' | 'feedback' | 'decline' | 'reinforce'
  pressed_at: string
  /** Not sent before this instant of the device, so that it can be taken back. */
  not_before: number
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
export interface Refused { press: Press; problem: Problem }

export interface QueueState {
  waiting: readonly Press[]
  /** Answered with yes, but perhaps not yet seen on the board. */
  sent: readonly Sent[]
  refused: readonly Refused[]
  /** The last try found nobody. */
  unreachable: boolean
}

export interface QueueDoors {
  load(): Press[]
  save(presses: readonly Press[]): void
  send(press: Press): Promise<Answer>
  now(): number
  changed(state: QueueState): void
}

const DELAYS_MS = [1_000, 2_000, 5_000, 10_000] as const
const SENT_KEPT = 20

export class PressQueue {
  private waiting: Press[]
  private sent: Sent[] = []
  private refused: Refused[] = []
  private failures = 0
  private busy = false
  private paused = false
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(private readonly doors: QueueDoors) {
    this.waiting = doors.load()
  }

  get state(): QueueState {
    return {
      waiting: [...this.waiting],
      sent: [...this.sent],
      refused: [...this.refused],
      unreachable: this.failures > 0,
    }
  }

  add(press: Press): void {
    this.waiting.push(press)
    this.stored()
    void this.pump()
  }

  /** Takes back what has not been sent yet; false when it is too late. */
  undo(key: string): boolean {
    const at = this.waiting.findIndex((press) => press.key === key)
    const press = this.waiting[at]
    if (press === undefined || press.not_before <= this.doors.now()) return false
    this.waiting.splice(at, 1)
    this.stored()
    void this.pump()
    return true
  }

  /** The officer has read why a press was not taken. */
  dismiss(key: string): void {
    this.refused = this.refused.filter(({ press }) => press.key !== key)
    this.doors.changed(this.state)
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
    const press = this.waiting[0]
    if (press === undefined) return
    const wait = press.not_before - this.doors.now()
    if (wait > 0) return this.later(wait)
    this.busy = true
    const answer = await this.doors.send(press)
    this.busy = false
    this.settle(press, answer)
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
    this.waiting = this.waiting.filter((one) => one.key !== press.key)
    if (answer.kind === 'done' && press.step !== null) {
      const { assignment, step } = press
      this.sent = [...this.sent, { assignment, step, seq: answer.outcome.seq }].slice(-SENT_KEPT)
    }
    // That a delivery was told already concerns nobody.
    if (answer.kind === 'refused' && press.act !== 'deliver') {
      this.refused = [...this.refused, { press, problem: answer.problem }]
    }
    this.stored()
    void this.pump()
  }

  private later(delay: number): void {
    this.timer = setTimeout(() => void this.pump(), delay)
  }

  private clearTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private stored(): void {
    this.doors.save(this.waiting)
    this.doors.changed(this.state)
  }
}
