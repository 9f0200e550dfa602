/**
 * The line between one device and the server, which a test cuts as a dead spot does. What the
 * browser plays of a lost network begins anew with every document it loads, and a press may slip
 * through in between; a line that is cut lets nothing through.
 */

import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { freePort } from './port.mjs'

export class Line {
  #server = null
  #ends = new Set()

  constructor(far, port) {
    this.far = far
    this.port = port
    this.origin = `http://127.0.0.1:${port}`
  }

  /** A line to a port of this machine; it is hung up when the test `t` ends. */
  static async open(t, far) {
    const line = new Line(far, await freePort())
    t.after(() => line.#hangUp())
    await line.#pickUp()
    return line
  }

  /** The device loses its network, and is told so. */
  async cut(context) {
    await this.#hangUp()
    await context.setOffline(true)
  }

  /** It has one again. */
  async mend(context) {
    await this.#pickUp()
    await context.setOffline(false)
  }

  async #pickUp() {
    this.#server = createServer((near) => this.#join(near, connect(this.far, '127.0.0.1')))
    // Left behind by a hook that fails it keeps no process alive.
    this.#server.unref()
    this.#server.listen(this.port, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  #join(near, far) {
    for (const [end, other] of [[near, far], [far, near]]) {
      this.#ends.add(end)
      end.on('error', () => undefined)
      end.on('close', () => {
        this.#ends.delete(end)
        other.destroy()
      })
      end.pipe(other)
    }
  }

  async #hangUp() {
    const server = this.#server
    this.#server = null
    if (server === null) return
    server.close()
    for (const end of this.#ends) end.destroy()
    await once(server, 'close')
  }
}
