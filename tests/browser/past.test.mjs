/** The replay of the board: the past as it stood, said to be the past, with nothing to be pressed in it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SCHOOLS, UNITS } from './lib/district.mjs'
import { Scene } from './lib/scene.mjs'
import { PASSWORD } from './lib/server.mjs'
import { eventually } from './lib/wait.mjs'

const SECOND = 1000

test('the replay', async (t) => {
  const scene = await Scene.open(t)
  const { admin, operator } = scene
  await admin.command('/accounts', { name: 'supervisor', role: 'supervisor', password: PASSWORD })
  const before = Date.now()
  // A board as it stood needs a second that lies between.
  await new Promise((done) => setTimeout(done, 1_200))
  const alert = await operator.raise({ source: 'phone110', category: 'FIGHT', school: SCHOOLS.first.id, summary: '示例' })
  await operator.dispatch(alert, UNITS.patrol.id)
  const { received_at } = await operator.alert(alert)
  const received = Date.parse(received_at)
  const opened = (ms) => `/replay?at=${new Date(ms).toISOString()}`

  await t.test('U11 says on every part of the page that this is the past', async () => {
    const { page } = await scene.loggedIn('supervisor')
    await page.goto(opened(received + 1))
    await page.getByText('Replay: as it stood at').waitFor()
    await page.getByText('This is the past, not the live board').waitFor()
    assert.equal(await page.locator('.link-state').count(), 0, 'nothing says that it is live')
  })

  await t.test('U9 shows the alerts of then, in the same rows as the live board', async () => {
    const { page } = await scene.loggedIn('supervisor')
    await page.goto(opened(received + 1))
    await page.locator(`[data-row="${alert}"]`).waitFor()
    await page.goto(opened(before))
    await page.getByText('No alert waits for a unit').waitFor()
    assert.equal(await page.locator('[data-row]').count(), 0)
  })

  await t.test('U16 lets nothing be done, and plays and stops by keyboard', async () => {
    const { page } = await scene.loggedIn('supervisor')
    await page.goto(`${opened(before)}&alert=${alert}`)
    await page.getByText('No alert waits for a unit').waitFor()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    await page.locator(`[data-row="${alert}"]`).waitFor()
    await page.locator('article').waitFor()
    assert.equal(await page.locator('article').getByRole('toolbar').count(), 0)
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Play' }).waitFor()
  })

  await t.test('U8 runs at sixty times the speed to the present, and stands there', async () => {
    const { page } = await scene.loggedIn('supervisor')
    await page.goto(opened(before - 30 * SECOND))
    await page.getByRole('button', { name: '60×' }).click()
    await page.getByRole('button', { name: 'Play' }).click()
    await page.locator(`[data-row="${alert}"]`).waitFor()
    await page.getByText('The present is reached').waitFor()
  })

  await t.test('U16 goes to a mark and to a time that is typed', async () => {
    const { page } = await scene.loggedIn('supervisor')
    await page.goto(opened(before))
    await page.getByText('No alert waits for a unit').waitFor()
    // Before the marks are there the path is empty, and the key finds none.
    await eventually(async () => (await page.locator('path.raised').getAttribute('d')) || null, { what: 'marks' })
    await page.keyboard.press('n')
    await page.locator(`[data-row="${alert}"]`).waitFor()
    const field = page.getByLabel('Replay from')
    const atCentre = new Date(before + 8 * 3_600_000).toISOString().slice(0, 19)
    await field.fill(atCentre)
    await page.getByRole('button', { name: 'Go', exact: true }).click()
    await page.getByText('No alert waits for a unit').waitFor()
  })

  await t.test('U20 is no page of an operator’s', async () => {
    const { page } = await scene.loggedIn('operator')
    await page.goto('/replay')
    await page.waitForURL((url) => url.pathname.startsWith('/desk'))
    await assert.rejects(operator.get('/replay/board', { at: new Date(before).toISOString() }), { status: 403 })
  })
})
