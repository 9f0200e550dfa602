/** A unit's phone with one assignment on it. */

import { at } from './browser.mjs'
import { SCHOOLS, UNITS } from './district.mjs'
import { Line } from './line.mjs'
import { Scene } from './scene.mjs'
import { eventually } from './wait.mjs'

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
/** What a browser says of a network that is not there. */
export const NO_NETWORK = /ERR_INTERNET_DISCONNECTED|ERR_NETWORK|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_FAILED|WebSocket connection .* failed/

/** The patrol's phone, logged in over a line of its own, which it may lose and regain. */
export async function onALine(t, scene, options = {}) {
  const line = await Line.open(t, scene.server.port)
  const person = await scene.loggedIn('patrol', { ...PHONE, ...options }, line.origin)
  await person.page.waitForURL(at('/unit'))
  return { person, lose: () => line.cut(person.context), regain: () => line.mend(person.context) }
}

/** Sends the patrol to the first school; its phone shows it. */
export async function sent(t, options = {}) {
  const scene = await Scene.open(t)
  const { person, ...network } = await onALine(t, scene, options)
  const alert = await scene.gateway.raise({ source: 'one_key_alarm', category: 'FIGHT', school: SCHOOLS.first.id })
  const [assignment] = await scene.operator.dispatch(alert, UNITS.patrol.id)
  await person.page.getByRole('heading', { name: SCHOOLS.first.name }).waitFor()
  const read = async () => (await scene.operator.alert(alert)).assignments.find((one) => one.id === assignment)
  return {
    scene,
    alert,
    assignment,
    read,
    ...person,
    ...network,
    primary: person.page.locator('[data-primary]'),
    press: (name) => person.page.getByRole('button', { name, exact: true }).tap(),
    reaches: (state) => eventually(async () => (await read()).state === state, { what: `the state ${state}` }),
    served: () => keptForOffline(person.page),
  }
}

/** Waits until the worker holds every file of the page. */
export async function keptForOffline(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await eventually(() => page.evaluate(() => navigator.serviceWorker.controller !== null))
}

/** Waits until what the phone shows is also on its disk. */
export async function keptOnDisk(page, what) {
  await eventually(async () => JSON.stringify(await recordsOf(page)).includes(what), { what: `${what} on the disk` })
}

/** Everything the phone keeps. */
export function recordsOf(page) {
  return page.evaluate(async () => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    const database = await done(indexedDB.open('campus-dispatch.phone'))
    const plain = (value) => JSON.parse(JSON.stringify(value, (_key, one) => (one instanceof Map ? [...one] : one)))
    const all = {}
    for (const name of database.objectStoreNames) {
      all[name] = plain(await done(database.transaction(name).objectStore(name).getAll()))
    }
    database.close()
    return all
  })
}
