/** The page's live board, as Vue sees it. One connection per page, opened by the first screen. */

import { computed, reactive, shallowRef, type Ref } from 'vue'
import type { Alert, Frame, Hello } from '@/api/types'
import { serverClock, useNow } from '@/time/now'
import { byUrgency } from '@/alerts/ordering'
import { isEnded } from '@/alerts/standing'
import { emptyBoard, type Board } from './board'
import { LiveConnection, SILENCE_MS, type Ending, type Socket } from './connection'
import { checkSession, endSession } from '@/session'
import { noticeBuild } from './build'
import { pastHere, type Trust } from './past'

const board = shallowRef<Board>(emptyBoard())
const link = reactive({
  connected: false,
  /** A snapshot has come at least once: there is something to show. */
  everComplete: false,
  lastMessageAt: performance.now(),
  startedAt: performance.now(),
  ended: null as Ending | null,
})

/** Updates closer together than one painted frame are drawn together: nobody could see them apart. */
const FRAME_MS = 16
let next: Board = board.value
let shownAt = 0
let waiting: ReturnType<typeof setTimeout> | null = null

function show(latest: Board): void {
  next = latest
  if (waiting !== null) return
  const since = performance.now() - shownAt
  if (since >= FRAME_MS) showNow()
  else waiting = setTimeout(showNow, FRAME_MS - since)
}

function showNow(): void {
  if (waiting !== null) clearTimeout(waiting)
  waiting = null
  shownAt = performance.now()
  board.value = next
}

type FrameListener = (frame: Frame) => void
const listeners = new Set<FrameListener>()

function open(path: string): Socket {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  return new WebSocket(`${scheme}//${location.host}${path}`) as unknown as Socket
}

const connection = new LiveConnection(
  {
    onBoard(latest, frame) {
      show(latest)
      if (latest.complete) link.everComplete = true
      for (const listener of listeners) listener(frame)
    },
    onMessage(frame) {
      link.lastMessageAt = performance.now()
      link.connected = true
      // A change carries the instant of its record, which a resume tells late.
      if (frame.frame === 'hello' || frame.frame === 'heartbeat') {
        serverClock.measure(Date.parse(frame.at))
      }
    },
    onHello: (hello: Hello) => noticeBuild(hello.build),
    onLost() {
      link.connected = false
    },
    onEnded(why) {
      link.connected = false
      link.ended = why
      if (why === 'session_ended') endSession()
    },
    // Nobody there is no answer: the connection tries again by itself.
    onRefused: () => void checkSession().catch(() => undefined),
  },
  { open, random: Math.random, now: () => performance.now() },
)

/** Opens the connection where it is not open yet. */
export function goLive(): void {
  if (link.ended !== null) link.ended = null
  connection.start()
}

/** Shows what was kept `age` milliseconds ago until the server has told of what came after it. */
export function beginWith(kept: Board, age: number): void {
  connection.restore(kept)
  next = kept
  showNow()
  link.everComplete = true
  link.lastMessageAt = performance.now() - age
}

/** Ends it and forgets what was shown: another session may see less. */
export function leaveLive(): void {
  connection.stop()
  next = emptyBoard()
  showNow()
  Object.assign(link, { connected: false, everComplete: false, lastMessageAt: performance.now() })
}

window.addEventListener('online', () => connection.hurry())

/** Calls `listener` after each frame that moved the board; returns how to stop it. */
export function onFrame(listener: FrameListener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * The live board, or the past that stands in its place. The board itself: a watched view of
 * thousands of alerts would cost more than all drawing.
 */
export const useBoard = (): Readonly<Ref<Board>> => pastHere()?.board ?? board

const now = useNow()

/** Whether the picture can be trusted, and if not, how old it is. */
export function useTrust() {
  const past = pastHere()
  if (past) return past.trust
  return computed<Trust>(() => {
    // Read for the tick: the age itself is monotonic.
    void now.value
    const age = performance.now() - link.lastMessageAt
    return {
      connected: link.connected,
      loading: !link.everComplete,
      stale: age > SILENCE_MS || link.ended !== null,
      age,
      ended: link.ended,
    }
  })
}

const openAlerts = computed<Alert[]>(() =>
  byUrgency([...board.value.alerts.values()].filter((alert) => !isEnded(alert)), now.value),
)

/** Open alerts, the most urgent first, as of the last full second: sorted once for all who ask. */
export function useOpenAlerts() {
  const past = pastHere()
  if (!past) return openAlerts
  return computed<Alert[]>(() =>
    byUrgency([...past.board.value.alerts.values()].filter((alert) => !isEnded(alert)), past.now.value),
  )
}
