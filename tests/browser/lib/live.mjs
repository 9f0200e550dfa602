/** A live socket that checks what comes over it: a gapless history, nothing missed, nothing twice. */

import WebSocket from 'ws'
import { eventually } from './wait.mjs'

export class LiveFeed {
  #api
  #socket
  #epoch = null
  /** The snapshot's position, and how far the changes after it have come. */
  begun = null
  position = null
  /** Frames by kind, and records by the event's name. */
  counts = { hello: 0, snapshot: 0, change: 0, heartbeat: 0 }
  kinds = new Map()
  /** What broke the promise; empty is the promise kept. */
  faults = []
  /** Alerts and units as this reader knows them. */
  alerts = new Map()
  units = new Map()
  /** `{ code }` once it is closed. */
  closed = null

  constructor(api) {
    this.#api = api
  }

  /** Opens `/live` as `api`'s actor, and waits for the first picture. */
  static async open(api) {
    const feed = new LiveFeed(api)
    feed.#connect('/api/v1/live')
    await eventually(() => feed.position !== null || feed.closed !== null, { what: 'a snapshot' })
    if (feed.closed) throw new Error(`the live socket was closed with ${feed.closed.code}: ${feed.faults}`)
    return feed
  }

  /** Loses the line and comes back at once, to go on from where it was. */
  reconnect() {
    this.#socket.removeAllListeners()
    this.#socket.on('error', () => undefined).terminate()
    this.#connect(`/api/v1/live?epoch=${this.#epoch}&since=${this.position}`)
  }

  #connect(path) {
    const { origin, credentials } = this.#api
    const socket = new WebSocket(origin.replace('http', 'ws') + path, { headers: credentials, perMessageDeflate: false })
    this.#socket = socket
    socket.on('message', (data) => this.#take(JSON.parse(data.toString())))
    socket.on('close', (code) => (this.closed = { code }))
    socket.on('error', (error) => this.faults.push(String(error)))
  }

  #take(frame) {
    this.counts[frame.frame] = (this.counts[frame.frame] ?? 0) + 1
    if (frame.frame === 'hello') this.#epoch = frame.epoch
    else if (frame.frame === 'snapshot') this.#begin(frame)
    else if (frame.frame === 'change') this.#advance(frame)
    else if (frame.frame === 'heartbeat') this.#beat(frame)
    else this.faults.push(`unknown frame ${frame.frame}`)
  }

  #begin({ seq, alerts, units }) {
    if (this.position !== null) this.faults.push(`a second snapshot at ${seq}, after ${this.position}`)
    this.begun = seq
    this.position = seq
    this.alerts = new Map(alerts.map((alert) => [alert.id, alert]))
    this.units = new Map(units.map((unit) => [unit.id, unit]))
  }

  #advance({ seq, previous, kind, alert, units = [] }) {
    if (previous > this.position) this.faults.push(`missed: ${previous} comes after ${this.position}`)
    if (seq <= this.position) this.faults.push(`twice: ${seq} at ${this.position}`)
    this.position = seq
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1)
    if (alert) this.alerts.set(alert.id, alert)
    for (const unit of units) this.units.set(unit.id, unit)
  }

  #beat({ seq }) {
    if (seq < this.position) this.faults.push(`a heartbeat at ${seq}, behind ${this.position}`)
    // What this audience is not told of still moves the position on.
    this.position = Math.max(this.position, seq)
  }
}
