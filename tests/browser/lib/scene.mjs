/** A server with a district, a browser, and people who come and go: all of it ends with its test. */

import assert from 'node:assert/strict'
import { Api } from './api.mjs'
import { launch, Person } from './browser.mjs'
import { furnish, reportForDuty } from './district.mjs'
import { PASSWORD, Server } from './server.mjs'

export class Scene {
  #people = []
  #browser

  constructor(server) {
    this.server = server
  }

  /** Opens a scene for the test `t`; when it ends, every page must have behaved. */
  static async open(t, { names, env } = {}) {
    const scene = await Scene.empty(t)
    const { server } = scene
    await server.addAccount('admin', 'admin')
    await server.start(env)
    scene.admin = await scene.api('admin')
    scene.gateway = Api.withToken(server.origin, await furnish(scene.admin, PASSWORD, names))
    scene.operator = await scene.api('operator')
    await reportForDuty(scene.operator)
    return scene
  }

  /** The same without accounts and with the server not started. */
  static async empty(t) {
    const server = await Server.prepare()
    const scene = new Scene(server)
    t.after(() => scene.#end())
    scene.#browser = await launch()
    return scene
  }

  /** One hook for all: of several, those behind a failing one are not run. */
  async #end() {
    await this.#browser?.close()
    await this.server.discard()
    for (const { witness } of this.#people) assert.deepEqual(witness.complaints, [])
  }

  /** A person in front of an own browser window, not logged in, who reaches the server at `origin`. */
  async person(options, origin = this.server.origin) {
    const person = await Person.seated(this.#browser, origin, options)
    this.#people.push(person)
    return person
  }

  async loggedIn(account, options, origin) {
    const person = await this.person(options, origin)
    await person.login(account)
    return person
  }

  /** The API as one of the district's accounts uses it. */
  api(account) {
    return Api.login(this.server.origin, account, PASSWORD)
  }
}
