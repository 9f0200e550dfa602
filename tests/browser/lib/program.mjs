/** One run of campus-dispatch: started, listened to, stopped by its own id. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { binary } from './binary.mjs'
import { eventually } from './wait.mjs'

const STOP_WITHIN_MS = 10_000

/** Our own variables would turn a developer's shell into a part of the test. */
function environment(extra) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('CAMPUS_DISPATCH_'))
  return { ...Object.fromEntries(kept), NO_COLOR: '1', ...extra }
}

export class Program {
  #child
  #exited
  /** Everything written so far, both streams as they came. */
  output = ''
  stdout = ''

  constructor(args, { input, env } = {}) {
    this.args = args
    this.#child = spawn(binary(), args, { env: environment(env), stdio: 'pipe' })
    const hear = (text) => {
      this.output += text
    }
    this.#child.stdout.setEncoding('utf8').on('data', (text) => {
      this.stdout += text
      hear(text)
    })
    this.#child.stderr.setEncoding('utf8').on('data', hear)
    // A program that has gone already does not read what it is told.
    this.#child.stdin.on('error', () => undefined).end(input)
    this.#exited = once(this.#child, 'close').then(() => this.code)
  }

  /** Null while it runs; a number, or the signal that ended it. */
  get code() {
    return this.#child.exitCode ?? this.#child.signalCode
  }

  get exited() {
    return this.#exited
  }

  /** Waits until its output has `pattern`, and gives the match. */
  says(pattern, { within = 30_000 } = {}) {
    return eventually(
      () => {
        const match = pattern.exec(this.output)
        if (match === null && this.code !== null) throw this.failure(`ended without saying ${pattern}`)
        return match
      },
      { within, what: `${pattern} from campus-dispatch ${this.args[0]}` },
    )
  }

  signal(name) {
    if (this.code === null) this.#child.kill(name)
  }

  /** Asks it to stop; what does not is ended. */
  async stop() {
    this.signal('SIGCONT')
    this.signal('SIGTERM')
    const end = setTimeout(() => this.signal('SIGKILL'), STOP_WITHIN_MS)
    await this.#exited
    clearTimeout(end)
  }

  failure(what) {
    return new Error(`campus-dispatch ${this.args.join(' ')} ${what}; it said:\n${this.output.slice(-4000)}`)
  }
}

/** Runs to the end and gives what it printed; anything but success is an error. */
export async function run(args, options) {
  const program = new Program(args, options)
  const code = await program.exited
  if (code !== 0) throw program.failure(`ended with ${code}`)
  return program.stdout
}
