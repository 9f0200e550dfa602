/**
 * A live feed of the test's own making in front of a real server: pages, session and district are
 * the server's, what comes over the live socket is as much and as fast as the test wants.
 */

import { createServer, request } from 'node:http'
import { once } from 'node:events'
import { WebSocketServer } from 'ws'
import { LiveFeed } from './live.mjs'

const MINUTE_MS = 60_000

export class Storm {
  #front
  #sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  #template
  #seq = 1
  #nextId = 1
  /** The server's time, which the test may move. */
  time = Date.now()
  build = 'storm-1'
  alerts = new Map()

  /** Learns from one alert of the real server what an alert looks like. */
  static async open(t, scene, alert) {
    const storm = new Storm()
    const feed = await LiveFeed.open(scene.operator)
    storm.#template = feed.alerts.get(alert)
    storm.units = [...feed.units.values()]
    storm.schools = (await scene.operator.get('/schools')).schools
    storm.stations = (await scene.operator.get('/stations')).stations
    storm.#front = createServer((asked, answer) => storm.#pass(scene.server.port, asked, answer))
    storm.#front.on('upgrade', (asked, socket, head) => {
      storm.#sockets.handleUpgrade(asked, socket, head, (open) => storm.#greet(open))
    })
    storm.#front.listen(0, '127.0.0.1')
    await once(storm.#front, 'listening')
    storm.origin = `http://127.0.0.1:${storm.#front.address().port}`
    t.after(() => storm.#close())
    return storm
  }

  /** A page of `account`, already logged in, that listens to the storm. */
  async watcher(scene, account, path, options = {}) {
    const person = await scene.person({ baseURL: this.origin, ...options })
    const [name, value] = (await scene.api(account)).credentials.Cookie.split('=')
    await person.context.addCookies([{ name, value, url: this.origin }])
    person.witness.allow(new URL(this.origin).host)
    await person.page.goto(this.origin + path)
    return person
  }

  #pass(port, asked, answer) {
    const { method, url, headers } = asked
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (came) => {
      answer.writeHead(came.statusCode, came.headers)
      came.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  }

  #greet(socket) {
    const at = this.#now()
    const session = { account: 'operator', role: 'operator', unit: null, station: null, expires_at: null }
    const hello = {
      frame: 'hello', epoch: 'storm', seq: this.#seq, at, build: this.build, heartbeat_ms: 5_000, resumed: false,
      reason: 'fresh', session,
    }
    const { units, schools, stations } = this
    const snapshot = { frame: 'snapshot', seq: this.#seq, at, alerts: [...this.alerts.values()], units, schools, stations }
    for (const frame of [hello, snapshot]) socket.send(JSON.stringify(frame))
  }

  #now() {
    return new Date(this.time).toISOString()
  }

  /** An alert that is due `minutes` from now; not sent by itself. */
  invent(minutes, more = {}) {
    const received = this.#now()
    const due = new Date(this.time + minutes * MINUTE_MS).toISOString()
    const id = this.#nextId
    this.#nextId += 1
    const clocks = this.#template.clocks.map((clock) => ({
      ...clock, started_at: received, warn_at: due, due_at: due, reached_at: null, elapsed_ms: null, verdict: 'pending',
    }))
    const alert = { ...this.#template, id, received_at: received, clocks, notices: [], seen: [], seq: this.#seq, ...more }
    this.alerts.set(id, alert)
    return alert
  }

  /** Changes an alert and tells every page of it. */
  tell(id, more, kind = 'alert_noted') {
    const alert = { ...this.alerts.get(id), ...more, seq: this.#seq + 1 }
    this.alerts.set(id, alert)
    this.#change({ kind, alert })
    return alert
  }

  /** A unit reports where it is. */
  moveUnit(unit, position) {
    this.#change({ kind: 'position_reported', units: [{ ...unit, position, position_at: this.#now() }] })
  }

  #change(about) {
    const previous = this.#seq
    this.#seq += 1
    this.#broadcast({ frame: 'change', seq: this.#seq, previous, at: this.#now(), by: 'storm', ...about })
  }

  beat() {
    this.#broadcast({ frame: 'heartbeat', seq: this.#seq, at: this.#now() })
  }

  #broadcast(frame) {
    const text = JSON.stringify(frame)
    for (const socket of this.#sockets.clients) socket.send(text)
  }

  /** Loses every line; the pages come back by themselves. */
  hangUp() {
    for (const socket of this.#sockets.clients) socket.terminate()
  }

  #close() {
    this.hangUp()
    this.#front.closeAllConnections()
    this.#front.close()
  }
}
