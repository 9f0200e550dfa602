/** A wall runs for days: two of them pass here in 100,000 updates, and nothing may grow. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SCHOOLS, UNITS } from './lib/district.mjs'
import { Scene } from './lib/scene.mjs'
import { Storm } from './lib/storm.mjs'

const ROUNDS = 100
const UPDATES = 1_000
const ROUND_MS = 30 * 60_000
/** Ended alerts stay a day: from here on as many leave as come. */
const STEADY_FROM = 60
const OPEN = 300
/** Raised, and ended, in each round. */
const TURNOVER = 5

test('U13 the wall’s heap and nodes stay flat over 100,000 updates and two days', async (t) => {
  const scene = await Scene.open(t)
  const model = await scene.operator.raise({ source: 'phone110', category: 'FIGHT', school: SCHOOLS.first.id })
  await scene.operator.dispatch(model, UNITS.patrol.id)
  const storm = await Storm.open(t, scene, model)
  const open = Array.from({ length: OPEN }, (_, at) => storm.invent(3 * 1_440 + at).id)
  const urgent = storm.invent(0)
  // An unseen alarm keeps the wall from reloading at its hour.
  const notices = [{ notice: 'dispatch_missed', at: urgent.received_at }]
  storm.alerts.set(urgent.id, { ...urgent, stage: 'received', assignments: [], notices })
  const { page } = await storm.watcher(scene, 'operator', '/wall', { viewport: { width: 1920, height: 1080 } })
  await page.locator('.wall li').first().waitFor()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const samples = []
  let updates = 0

  for (let round = 1; round <= ROUNDS; round += 1) {
    storm.time += ROUND_MS
    for (let turn = 0; turn < TURNOVER; turn += 1) {
      const closed_at = new Date(storm.time).toISOString()
      storm.tell(open.shift(), { stage: 'closed', closed_at, resolved_at: closed_at }, 'alert_closed')
      const { id } = storm.invent(3 * 1_440)
      open.push(id)
      storm.tell(id, {}, 'alert_raised')
    }
    for (let number = 2 * TURNOVER; number < UPDATES - 1; number += 1) {
      if (number % 10 === 0) storm.moveUnit(storm.units[number % storm.units.length], { longitude: 116 + number / 1e5, latitude: 39.9 })
      else storm.tell(open[(number * 7) % open.length], { summary: `Round ${round}, ${number}` })
    }
    storm.beat()
    storm.tell(urgent.id, { summary: `End of round ${round}.` })
    updates += UPDATES
    await page.getByText(`End of round ${round}.`).waitFor({ timeout: 60_000 })
    if (round >= STEADY_FROM && round % 10 === 0) samples.push({ round, ...(await sample(devtools)) })
  }

  assert.ok(updates >= 100_000)
  for (const { round, heap, nodes, listeners } of samples) {
    t.diagnostic(`after ${round * UPDATES} updates: heap ${(heap / 1e6).toFixed(2)} MB, ${nodes} nodes, ${listeners} listeners`)
  }
  const [first, last] = [samples[0], samples.at(-1)]
  assert.ok(last.heap <= first.heap * 1.05 + 500_000, `the heap grew from ${first.heap} to ${last.heap} bytes`)
  assert.ok(last.nodes <= first.nodes + 50, `from ${first.nodes} to ${last.nodes} nodes`)
  assert.ok(last.listeners <= first.listeners + 5, `from ${first.listeners} to ${last.listeners} listeners`)
})

/** What lives after everything that can go has gone. */
async function sample(devtools) {
  await devtools.send('HeapProfiler.collectGarbage')
  await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const read = (name) => metrics.find((one) => one.name === name).value
  return { heap: read('JSHeapUsedSize'), nodes: read('Nodes'), listeners: read('JSEventListeners') }
}
