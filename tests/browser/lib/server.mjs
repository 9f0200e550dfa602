/** A campus-dispatch server on a data directory of its own. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './port.mjs'
import { Program, run } from './program.mjs'
import { eventually } from './wait.mjs'

/** Everybody's in these tests; nobody's anywhere else. */
export const PASSWORD = 'example-only-7391'

export class Server {
  #program = null

  constructor(data, port) {
    this.data = data
    this.port = port
    this.origin = `http://127.0.0.1:${port}`
    /** Most tests are not about the door; those that are ask for all of it. */
    this.strict = false
  }

  /** A server with an empty data directory, not started yet. */
  static async prepare() {
    return new Server(await mkdtemp(join(tmpdir(), 'campus-dispatch-browser-')), await freePort())
  }

  /** Adds an account with the command line; the server must not run. */
  addAccount(name, role) {
    return this.#account(name, role, '--password-stdin')
  }

  /** Adds a machine's account and gives its token. */
  async addToken(name, role) {
    return (await this.#account(name, role, '--token')).trim()
  }

  #account(name, role, how) {
    return run(['account', 'add', name, '--role', role, '--data', this.data, how], { input: PASSWORD })
  }

  /** Starts it, with variables of its own where a test needs some. */
  async start(env = {}) {
    const args = ['serve', '--data', this.data, '--listen', `127.0.0.1:${this.port}`]
    this.#program = new Program(args, { env: { ...this.#environment(), ...env } })
    await eventually(() => this.isReady(), { within: 30_000, what: 'a ready server' }).catch((error) => {
      throw this.#program.failure(`is not ready (${error.message})`)
    })
  }

  #environment() {
    if (this.strict) return {}
    return { CAMPUS_DISPATCH_SECOND_FACTOR: 'optional', CAMPUS_DISPATCH_PASSWORDS_CHANGE_GIVEN: 'false' }
  }

  async isReady() {
    if (this.#program.code !== null) throw this.#program.failure('ended')
    return (await fetch(`${this.origin}/health/ready`)).ok
  }

  says(pattern) {
    return this.#program.says(pattern)
  }

  get output() {
    return this.#program?.output ?? ''
  }

  /** Stands still, as a machine does that swaps or hangs. */
  pause() {
    this.#program.signal('SIGSTOP')
  }

  /** Ends without a word, as by a power cut. */
  async kill() {
    this.#program.signal('SIGKILL')
    await this.#program.exited
  }

  async stop() {
    await this.#program?.stop()
  }

  /** Stops it and clears away what it wrote. */
  async discard() {
    await this.stop()
    await rm(this.data, { recursive: true, force: true })
  }
}
