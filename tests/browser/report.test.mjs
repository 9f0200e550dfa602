/** One alert's report: what it shows, how it prints, and that its proof checks out elsewhere. */

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { at } from './lib/browser.mjs'
import { adoptShortLimits, SCHOOLS, UNITS } from './lib/district.mjs'
import { run } from './lib/program.mjs'
import { Scene } from './lib/scene.mjs'
import { PASSWORD } from './lib/server.mjs'

/** A handled alert whose arrival the supervisor has corrected by a second. */
async function handled(scene) {
  const { admin, operator } = scene
  for (const role of ['supervisor', 'auditor']) await admin.command('/accounts', { name: role, role, password: PASSWORD })
  const alert = await operator.raise({
    source: 'phone110', category: 'FIGHT', school: SCHOOLS.first.id, summary: '示例', caller_phone: '13800001234',
  })
  const [assignment] = await operator.dispatch(alert, UNITS.patrol.id)
  for (const step of ['acknowledge', 'en-route', 'arrive']) await operator.command(`/assignments/${assignment}/${step}`)
  const { assignments } = await operator.alert(alert)
  const arrived = Date.parse(assignments[0].arrived_at)
  const supervisor = await scene.api('supervisor')
  await supervisor.command(`/alerts/${alert}/correct`, {
    point: 'step', step: 'arrive', assignment, new: new Date(arrived + 1).toISOString(), reason: '示例：按错',
  })
  await operator.command(`/assignments/${assignment}/clear`)
  await operator.command(`/alerts/${alert}/resolve`, { disposition: 'mediated', result: '示例：已调解' })
  await operator.command(`/alerts/${alert}/close`, { police_count: 2, injured_count: 0, validity: 'valid' })
  return alert
}

test('the report of one alert', async (t) => {
  const scene = await Scene.open(t)
  const alert = await handled(scene)
  const path = `/alerts/${alert}/report`

  await t.test('U20 tells each verdict with the records it rests on, and the original of what was corrected', async () => {
    const { page } = await scene.loggedIn('manager')
    await page.goto(path)
    const clocks = page.getByRole('region', { name: 'Clocks, and what their verdicts rest on' })
    await clocks.getByText('On time').first().waitFor()
    assert.match(await clocks.innerText(), /record \d+[\s\S]*was\s+\d{4}-\d\d-\d\d/)
    const corrections = page.getByRole('region', { name: 'Corrections and excuses' })
    assert.match(await corrections.innerText(), /示例：按错/)
    assert.equal(await corrections.locator('del').count(), 1)
    assert.equal(await page.getByText('13800001234').count(), 0, 'the number is masked')
    assert.ok((await page.locator('svg.bar rect.piece').count()) > 3)
  })

  await t.test('U22 prints light on A4, with data time, journal head and seal, and without what can be pressed', async () => {
    const { page } = await scene.loggedIn('manager')
    await page.goto(path)
    await page.locator('footer code').first().waitFor()
    await page.emulateMedia({ media: 'print' })
    const shown = await page.evaluate(() => ({
      ground: getComputedStyle(document.documentElement).backgroundColor,
      buttons: [...document.querySelectorAll('button, header')].filter((one) => one.offsetParent !== null).length,
    }))
    assert.deepEqual(shown, { ground: 'rgb(255, 255, 255)', buttons: 0 })
    const foot = await page.locator('footer').innerText()
    assert.match(foot, /Data up to record \d+ · Made at \d{4}-\d\d-\d\d/)
    assert.match(foot, /Chain head [0-9a-f]{64}[\s\S]*Seal [0-9a-f]{64}/)
    assert.ok((await page.pdf({ preferCSSPageSize: true })).length > 10_000)
  })

  await t.test('U16 is reached from the desk', async () => {
    const { page } = await scene.loggedIn('operator')
    await page.goto(`/desk/${alert}`)
    await page.getByRole('link', { name: 'Report' }).click()
    await page.waitForURL(at(path))
    await page.getByRole('heading', { name: `Report of alert ${alert}` }).waitFor()
  })

  await t.test('U20 names the rules of a former policy as it names those in force', async () => {
    const former = await scene.admin.get('/policy')
    const { clocks } = await scene.operator.alert(alert)
    await adoptShortLimits(scene.admin)
    for (const [account, shown] of [['manager', path], ['operator', `/desk/${alert}`]]) {
      const { page } = await scene.loggedIn(account)
      await page.goto(shown)
      const rule = page.locator(`[title="${clocks[0].rule}"]`)
      await rule.filter({ hasText: 'Urgent · Zone A, Zone B' }).waitFor()
      const text = await page.locator('main, .desk').first().innerText()
      for (const { id } of former.rules) assert.ok(!text.includes(id), `${shown} shows ${id}`)
    }
  })

  await t.test('U20 hands the auditor a proof that checks out under the seal it prints', async () => {
    const { page } = await scene.loggedIn('auditor')
    await page.goto(path)
    const link = page.getByRole('link', { name: 'Download the proof' })
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    const file = join(scene.server.data, 'proof.json')
    await download.saveAs(file)
    const said = await run(['journal', 'check', file])
    assert.match(said, new RegExp(`checks out[\\s\\S]*of alert ${alert}[\\s\\S]*derived again`))
  })

  await t.test('U20 hands nobody else one', async () => {
    const { page } = await scene.loggedIn('manager')
    await page.goto(path)
    await page.locator('footer code').first().waitFor()
    assert.equal(await page.getByRole('link', { name: 'Download the proof' }).count(), 0)
    await assert.rejects((await scene.api('manager')).get(`/alerts/${alert}/proof`), { status: 403 })
  })
})
