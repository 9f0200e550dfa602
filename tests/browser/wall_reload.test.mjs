/** The wall renews itself, and never while somebody has to act (U13). */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SCHOOLS } from './lib/district.mjs'
import { Scene } from './lib/scene.mjs'
import { Storm } from './lib/storm.mjs'
import { story } from './lib/story.mjs'
import { eventually } from './lib/wait.mjs'

/** 03:59:58 in the centre. */
const BEFORE_FOUR = Date.parse('2026-11-24T19:59:58.000Z')

async function open(t) {
  const scene = await Scene.open(t)
  const model = await scene.operator.raise({ source: 'phone110', category: 'DISPUTE', school: SCHOOLS.first.id })
  const storm = await Storm.open(t, scene, model)
  storm.time = BEFORE_FOUR
  const alert = storm.invent(600)
  const unseen = [{ notice: 'dispatch_missed', at: new Date(BEFORE_FOUR).toISOString() }]
  storm.alerts.set(alert.id, { ...alert, stage: 'received', assignments: [], notices: unseen })
  const wall = await storm.watcher(scene, 'screen', '/wall')
  wall.witness.expect(/WebSocket connection .* failed/)
  await wall.page.locator('.wall li').first().waitFor()
  const stays = await wall.staysLoaded()
  const reloads = () => eventually(async () => (await stays().catch(() => true)) === false, { within: 20_000, what: 'a reload' })
  return { storm, alert, stays, reloads, page: wall.page }
}

/** Long enough for three of the wall's own looks. */
async function staysFor(storm, stays, seconds) {
  for (let second = 0; second < seconds; second += 1) {
    storm.time += 1_000
    storm.beat()
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    assert.ok(await stays(), 'the wall was reloaded')
  }
}

test('a wall at its hour', async (t) => {
  const then = story(t)
  const { storm, alert, stays, reloads } = await open(t)

  await then('U13 does not reload while an alarm is unseen', () => staysFor(storm, stays, 8))

  await then('U13 reloads once it was seen', async () => {
    storm.tell(alert.id, { notices: [] })
    await reloads()
  })
})

test('a wall whose server has a new build', async (t) => {
  const then = story(t)
  const { storm, alert, stays, reloads, page } = await open(t)

  await then('U13 does not reload while an alarm is unseen', async () => {
    storm.time = BEFORE_FOUR - 3_600_000
    storm.build = 'storm-2'
    storm.hangUp()
    await page.getByText('Live').waitFor()
    await staysFor(storm, stays, 6)
  })

  await then('U13 reloads once it was seen', async () => {
    storm.tell(alert.id, { notices: [] })
    await reloads()
  })
})
