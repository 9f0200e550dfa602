/**
 * The one live connection of a page: opens, watches for silence, comes back and resumes. It knows
 * neither DOM nor Vue; the socket and the random source come in from outside.
 */

import { CLOSE, type Frame, type Hello } from '@/api/types'
import { applyFrame, emptyBoard, type Board } from './board'

/** No message for longer than this and the picture may not be trusted (U11). */
export const SILENCE_MS = 15_000
const DELAYS_MS = [1_000, 2_000, 5_000, 10_000] as const
/** A connection that has lived this long was a good one: the next failure starts over at 1 s. */
const GOOD_AFTER_MS = 10_000

/** The part of a WebSocket that is used. */
export interface Socket {
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number }) => void) | null
  close(code?: number): void
}

export type Ending = 'session_ended' | 'too_many_sockets' | 'message_too_big'

export interface Watcher {
  /** The board moved; `frame` is what moved it. */
  onBoard(board: Board, frame: Frame): void
  /** A message came in. */
  onMessage(frame: Frame): void
  onHello(hello: Hello): void
  /** Not connected; the next attempt is in `delay` milliseconds. */
  onLost(delay: number): void
  /** The server said not to come back. */
  onEnded(why: Ending): void
  /** Closed before any hello: perhaps the session has ended, which a socket cannot tell. */
  onRefused(): void
}

export interface Environment {
  open(path: string): Socket
  random(): number
  now(): number
}

export class LiveConnection {
  private board: Board = emptyBoard()
  private socket: Socket | null = null
  private failures = 0
  private openedAt = 0
  private greeted = false
  private lastGap: number | null = null
  private retry: ReturnType<typeof setTimeout> | null = null
  private silence: ReturnType<typeof setTimeout> | null = null
  private stopped = true

  constructor(
    private readonly watcher: Watcher,
    private readonly environment: Environment,
  ) {}

  /** Begins from a board that was kept: the server is asked only for what came after it. */
  restore(board: Board): void {
    if (this.stopped) this.board = board
  }

  start(): void {
    if (!this.stopped) return
    this.stopped = false
    this.connect()
  }

  stop(): void {
    this.stopped = true
    this.clearTimers()
    this.drop()
    this.board = emptyBoard()
  }

  /** Comes back at once instead of waiting: the network has said it is there again. */
  hurry(): void {
    if (this.stopped || this.retry === null) return
    clearTimeout(this.retry)
    this.connect()
  }

  private connect(): void {
    this.retry = null
    this.greeted = false
    this.openedAt = this.environment.now()
    const socket = this.environment.open(this.path())
    this.socket = socket
    socket.onmessage = (event) => this.receive(socket, event.data)
    socket.onclose = (event) => this.closed(socket, event.code)
    this.listen()
  }

  private path(): string {
    const { epoch, position, complete } = this.board
    if (!complete || epoch === null) return '/api/v1/live'
    return `/api/v1/live?epoch=${encodeURIComponent(epoch)}&since=${position}`
  }

  private receive(socket: Socket, data: unknown): void {
    if (socket !== this.socket) return
    this.listen()
    const frame = decode(data)
    if (frame === null) return
    this.watcher.onMessage(frame)
    if (frame.frame === 'hello') {
      this.greeted = true
      this.watcher.onHello(frame)
    }
    const { board, effect } = applyFrame(this.board, frame)
    if (effect === 'gap') return this.resume()
    this.board = board
    if (effect === 'taken') this.watcher.onBoard(board, frame)
  }

  /** A second gap at one position cannot be resumed over: ask for everything. */
  private resume(): void {
    if (this.lastGap === this.board.position || !this.board.complete) {
      this.board = { ...this.board, complete: false }
    }
    this.lastGap = this.board.position
    this.drop()
    this.comeBack()
  }

  private closed(socket: Socket, code: number): void {
    if (socket !== this.socket) return
    this.socket = null
    const known = CLOSE[code as keyof typeof CLOSE]
    if (known && !known.reconnect) {
      this.stopped = true
      this.clearTimers()
      this.watcher.onEnded(known.name as Ending)
      return
    }
    if (!this.greeted) this.watcher.onRefused()
    this.comeBack()
  }

  private comeBack(): void {
    if (this.stopped) return
    this.clearTimers()
    const lived = this.environment.now() - this.openedAt
    if (this.greeted && lived >= GOOD_AFTER_MS) this.failures = 0
    const base = DELAYS_MS[Math.min(this.failures, DELAYS_MS.length - 1)] ?? 10_000
    this.failures += 1
    // ±25 %, so that a room of screens does not come back in one instant.
    const delay = Math.round(base * (0.75 + this.environment.random() * 0.5))
    this.watcher.onLost(delay)
    this.retry = setTimeout(() => this.connect(), delay)
  }

  private listen(): void {
    if (this.silence !== null) clearTimeout(this.silence)
    this.silence = setTimeout(() => {
      this.drop()
      this.comeBack()
    }, SILENCE_MS)
  }

  private drop(): void {
    const socket = this.socket
    this.socket = null
    socket?.close()
  }

  private clearTimers(): void {
    if (this.retry !== null) clearTimeout(this.retry)
    if (this.silence !== null) clearTimeout(this.silence)
    this.retry = null
    this.silence = null
  }
}

function decode(data: unknown): Frame | null {
  if (typeof data !== 'string') return null
  try {
    const value: unknown = JSON.parse(data)
    const isFrame = typeof value === 'object' && value !== null && 'frame' in value
    return isFrame ? (value as Frame) : null
  } catch {
    return null
  }
}
