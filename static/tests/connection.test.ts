import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Frame } from '@/api/types'
import { LiveConnection, type Socket } from '@/live/connection'
import { change, heartbeat, hello, snapshot } from './fixtures'

class FakeSocket implements Socket {
  onmessage: Socket['onmessage'] = null
  onclose: Socket['onclose'] = null
  closed = false
  constructor(readonly path: string) {}
  close() {
    this.closed = true
  }
  say(...frames: Frame[]) {
    for (const frame of frames) this.onmessage?.({ data: JSON.stringify(frame) })
  }
}

function build() {
  const sockets: FakeSocket[] = []
  const watcher = {
    onBoard: vi.fn(), onMessage: vi.fn(), onHello: vi.fn(), onLost: vi.fn(), onEnded: vi.fn(),
    onRefused: vi.fn(),
  }
  const connection = new LiveConnection(watcher, {
    open(path) {
      const socket = new FakeSocket(path)
      sockets.push(socket)
      return socket
    },
    random: () => 0.5,
    now: () => Date.now(),
  })
  connection.start()
  return { sockets, watcher, connection, last: () => sockets.at(-1)! }
}

describe('the live connection', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('U11 asks for everything at first and resumes after a break', () => {
    const { last } = build()
    expect(last().path).toBe('/api/v1/live')
    last().say(hello(), snapshot(), change(11, 10))
    last().onclose?.({ code: 1006 })
    vi.advanceTimersByTime(1_000)
    expect(last().path).toBe('/api/v1/live?epoch=e1&since=11')
  })

  it('U11 comes back after 1, 2, 5, 10 and again 10 seconds', () => {
    const { last, watcher } = build()
    for (let time = 0; time < 5; time += 1) {
      last().onclose?.({ code: 1006 })
      vi.advanceTimersByTime(10_000)
    }
    expect(watcher.onLost.mock.calls.map(([delay]) => delay)).toEqual([1_000, 2_000, 5_000, 10_000, 10_000])
  })

  it('starts over at one second after a connection that lived', () => {
    const { last, watcher } = build()
    last().onclose?.({ code: 1006 })
    vi.advanceTimersByTime(1_000)
    last().say(hello(), snapshot())
    vi.advanceTimersByTime(12_000)
    last().onclose?.({ code: 1006 })
    expect(watcher.onLost.mock.calls.map(([delay]) => delay)).toEqual([1_000, 1_000])
  })

  it('resumes from its position when a frame is missing', () => {
    const { last, sockets, watcher } = build()
    last().say(hello(), snapshot(), change(15, 14))
    expect(sockets[0]!.closed).toBe(true)
    vi.advanceTimersByTime(1_000)
    expect(last().path).toBe('/api/v1/live?epoch=e1&since=10')
    expect(watcher.onBoard).toHaveBeenCalledTimes(2)
  })

  it('asks for everything when the same gap comes again', () => {
    const { last } = build()
    last().say(hello(), snapshot(), change(15, 14))
    vi.advanceTimersByTime(1_000)
    last().say(hello({ resumed: true }), change(15, 14))
    vi.advanceTimersByTime(2_000)
    expect(last().path).toBe('/api/v1/live')
  })

  it('U11 gives a silent connection up after 15 seconds', () => {
    const { last, sockets } = build()
    last().say(hello(), snapshot())
    vi.advanceTimersByTime(14_999)
    expect(sockets[0]!.closed).toBe(false)
    vi.advanceTimersByTime(1)
    expect(sockets[0]!.closed).toBe(true)
    vi.advanceTimersByTime(1_000)
    expect(sockets).toHaveLength(2)
  })

  it('is kept alive by heartbeats', () => {
    const { last, sockets } = build()
    last().say(hello(), snapshot())
    for (let beat = 0; beat < 10; beat += 1) {
      vi.advanceTimersByTime(5_000)
      last().say(heartbeat(10))
    }
    expect(sockets).toHaveLength(1)
  })

  it('does not come back when the session has ended or there are too many windows', () => {
    for (const [code, name] of [[4001, 'session_ended'], [4003, 'too_many_sockets'], [1009, 'message_too_big']] as const) {
      const { last, sockets, watcher } = build()
      last().onclose?.({ code })
      vi.advanceTimersByTime(60_000)
      expect(watcher.onEnded).toHaveBeenCalledWith(name)
      expect(sockets).toHaveLength(1)
    }
  })

  it('comes back when it was too slow or the server goes away', () => {
    for (const code of [1001, 4002, 4008]) {
      const { last, sockets } = build()
      last().onclose?.({ code })
      vi.advanceTimersByTime(1_000)
      expect(sockets).toHaveLength(2)
    }
  })

  it('has the session checked when it is refused before a hello', () => {
    const { last, watcher } = build()
    last().onclose?.({ code: 1006 })
    expect(watcher.onRefused).toHaveBeenCalledTimes(1)
  })

  it('comes back at once when the network is there again', () => {
    const { last, sockets, connection } = build()
    last().onclose?.({ code: 1006 })
    connection.hurry()
    expect(sockets).toHaveLength(2)
  })

  it('passes over what is no frame', () => {
    const { last, watcher } = build()
    last().onmessage?.({ data: 'no json' })
    last().onmessage?.({ data: '[]' })
    last().onmessage?.({ data: new ArrayBuffer(2) })
    expect(watcher.onMessage).not.toHaveBeenCalled()
  })
})
