/** A demonstration: an invented district that plays by itself. */

import { Api } from './api.mjs'
import { freePort } from './port.mjs'
import { Program } from './program.mjs'
import { eventually } from './wait.mjs'

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

/** Nobody sends the visitor's own unit but the visitor. */
export async function sendVisitorsUnit(origin) {
  const operator = await Api.throughDemo(origin, 'operator')
  const { unit } = await (await Api.throughDemo(origin, 'unit')).get('/session')
  await eventually(async () => {
    const [waiting] = await operator.alerts({ stage: 'received' })
    return waiting && operator.dispatch(waiting.id, unit)
  }, { within: 60_000, what: 'an alert to send the unit to' })
}
