/** What a unit does on its phone of its own accord, and what the phone itself does. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SCHOOLS, UNITS } from './lib/district.mjs'
import { LiveFeed } from './lib/live.mjs'
import { NO_NETWORK, onALine, sent } from './lib/phone.mjs'
import { Scene } from './lib/scene.mjs'
import { story } from './lib/story.mjs'
import { eventually } from './lib/wait.mjs'

const { first, second } = SCHOOLS

/** The patrol's phone with nothing to do. */
async function idle(t, options = {}) {
  const scene = await Scene.open(t)
  const { person, ...network } = await onALine(t, scene, options)
  await person.page.getByText('All sent').waitFor()
  const tap = (name) => person.page.getByRole('button', { name, exact: true }).tap()
  const own = async () => (await scene.operator.get(`/units/${UNITS.patrol.id}`))
  return { scene, ...person, ...network, tap, own }
}

test('an alert of the unit’s own', async (t) => {
  const then = story(t)
  const { scene, page, lose, regain, witness, tap } = await idle(t)
  witness.expect(NO_NETWORK)
  await scene.operator.command(`/units/${UNITS.patrol.id}/duty`, { duty: 'on_post', post: second.id })
  await page.getByText(second.name).first().waitFor()

  await then('is raised in two taps, at the school of the post', async () => {
    await tap('Report an alert')
    await tap('Fight')
    await page.getByText('Reported as alert').waitFor()
    const [alert] = await scene.operator.alerts()
    assert.equal(alert.category, 'FIGHT')
    assert.equal(alert.source, 'unit_finding')
    assert.equal(alert.school, second.id)
    assert.equal(alert.raised_by, 'patrol')
    await tap('Understood')
  })

  await then('U18 waits for the network, and is raised once', async () => {
    await lose()
    await tap('Report an alert')
    await tap('Weapon')
    await page.getByText('Offline · 1 to send').waitFor()
    await regain()
    await page.getByText('Reported as alert').waitFor({ timeout: 20_000 })
    const alerts = await scene.operator.alerts()
    assert.deepEqual(alerts.map((alert) => alert.category).sort(), ['FIGHT', 'WEAPON'])
  })

  await then('can be somewhere else', async () => {
    await tap('Understood')
    await tap('Report an alert')
    await tap('Where this unit is')
    await tap('Hazard')
    await page.getByText('Reported as alert').waitFor()
    const hazard = (await scene.operator.alerts()).find((alert) => alert.category === 'HAZARD')
    assert.equal(hazard.school, null)
    assert.match(hazard.place.text, new RegExp(UNITS.patrol.name))
  })
})

test('a visit to a school', async (t) => {
  const { scene, page, lose, regain, witness, tap } = await idle(t)
  witness.expect(NO_NETWORK)
  const feed = await LiveFeed.open(scene.operator)

  await t.test('U18 is checked in without network and told once there is one', async () => {
    await tap('Check in')
    await page.getByRole('combobox').fill(first.id)
    await page.getByRole('option', { name: first.name }).tap()
    await lose()
    await tap('Send')
    await page.getByText('Offline · 1 to send').waitFor()
    await regain()
    await page.getByText('All sent').waitFor({ timeout: 20_000 })
    await eventually(() => feed.kinds.get('school_visited') === 1, { what: 'the visit' })
  })
})

test('the position of a unit', async (t) => {
  const then = story(t)
  const place = { longitude: 116.4, latitude: 39.9 }
  const { scene, page, own } = await idle(t, { geolocation: place, permissions: ['geolocation'] })
  const choose = () => page.getByRole('switch', { name: 'Report position' }).tap()

  await then('is not reported unless its officer chooses so', async () => {
    await page.getByText('Only on duty').waitFor()
    assert.equal((await own()).position, null)
  })

  await then('is reported once chosen', async () => {
    await choose()
    await page.getByText('Position is being reported').waitFor()
    const { position } = await eventually(async () => (await own()).position && own(), { what: 'a position' })
    assert.deepEqual(position, place)
  })

  await then('is not reported off duty, though chosen', async () => {
    await scene.operator.command(`/units/${UNITS.patrol.id}/duty`, { duty: 'off_duty' })
    await page.getByText('Not on duty: nothing is reported').waitFor()
  })

  await then('is still chosen after a reload', async () => {
    await page.reload()
    await page.getByText('Not on duty: nothing is reported').waitFor()
  })
})

test('the device in the officer’s hand', async (t) => {
  const then = story(t)
  const watched = async (context) => {
    await context.addInitScript(() => {
      window.device = { vibrations: 0, locks: 0 }
      navigator.vibrate = () => (window.device.vibrations += 1)
      const request = async () => {
        window.device.locks += 1
        const lock = { released: false, release: async () => void ((lock.released = true), (window.device.locks -= 1)) }
        return lock
      }
      Object.defineProperty(navigator, 'wakeLock', { value: { request } })
    })
  }
  const { scene, page, context, press, assignment, alert } = await sent(t)
  await watched(context)
  await page.reload()
  const device = () => page.evaluate(() => window.device)

  await then('U17 holds the screen on while an assignment is open', async () => {
    await eventually(async () => (await device()).locks === 1)
  })

  await then('U17 vibrates on a press', async () => {
    await press('Acknowledge')
    await eventually(async () => (await device()).vibrations >= 1)
  })

  await then('U17 vibrates on a new assignment', async () => {
    const before = (await device()).vibrations
    const other = await scene.operator.raise({ source: 'phone110', category: 'CROWD', school: second.id })
    const body = { units: [{ unit: UNITS.patrol.id }], confirm_stacking: true }
    await scene.operator.command(`/alerts/${other}/dispatch`, body)
    await page.getByText(second.name).first().waitFor()
    await eventually(async () => (await device()).vibrations > before)
    const { assignments } = await scene.operator.alert(other)
    await scene.operator.command(`/assignments/${assignments[0].id}/cancel`, { reason: 'Example' })
  })

  await then('U17 asks for reinforcement', async () => {
    await press('Ask reinforcement')
    await page.getByLabel('What is needed').fill('Two more officers (example)')
    await page.locator('form').getByRole('button', { name: 'Ask reinforcement' }).tap()
    await eventually(async () => (await scene.operator.alert(alert)).reinforcement_requested)
  })

  await then('U17 lets the screen go once nothing is open', async () => {
    await scene.operator.command(`/assignments/${assignment}/cancel`, { reason: 'Example' })
    await eventually(async () => (await device()).locks === 0)
  })
})

test('an installed phone page', async (t) => {
  const { scene, page } = await idle(t)
  const get = (path) => fetch(scene.server.origin + path)

  await t.test('U18 has a manifest that names its start and its icons', async () => {
    const address = await page.locator('link[rel=manifest]').getAttribute('href')
    const answer = await get(address)
    assert.match(answer.headers.get('content-type'), /application\/manifest\+json/)
    const manifest = await answer.json()
    assert.equal(manifest.start_url, '/unit')
    assert.equal(manifest.display, 'standalone')
    for (const { src, type } of manifest.icons) {
      const icon = await get(src)
      assert.equal(icon.status, 200, src)
      assert.ok(icon.headers.get('content-type').startsWith(type), src)
    }
  })

  await t.test('U18 can be installed, says the browser', async () => {
    const devtools = await page.context().newCDPSession(page)
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
    assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), [])
  })

  await t.test('U18 has a worker that is asked for anew each time and keeps nothing the server says', async () => {
    const answer = await get('/unit-worker.js')
    assert.match(answer.headers.get('content-type'), /javascript/)
    assert.equal(answer.headers.get('cache-control'), 'no-cache')
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    const kept = await page.evaluate(async () => {
      const names = await caches.keys()
      const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
      return lists.flat().map((request) => new URL(request.url).pathname)
    })
    assert.ok(kept.includes('/unit'), `kept: ${kept}`)
    assert.deepEqual(kept.filter((path) => path.startsWith('/api')), [])
  })
})
