/** A demonstration: an invented district that plays by itself. */

import { freePort } from './port.mjs'
import { Program } from './program.mjs'

export class Demo {
  #program

  /** Starts it and waits until it has printed where to go. */
  static async start(args = []) {
    const demo = new Demo()
    const port = await freePort()
    demo.origin = `http://127.0.0.1:${port}`
    demo.#program = new Program(['demo', '--listen', `127.0.0.1:${port}`, ...args])
    await demo.#program.says(new RegExp(`${demo.origin}/demo/operator`)).catch(async (error) => {
      await demo.stop()
      throw error
    })
    return demo
  }

  get output() {
    return this.#program.output
  }

  stop() {
    return this.#program.stop()
  }
}
