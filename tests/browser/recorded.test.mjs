/** What a page prints or saves is in the record of access first (S22). */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at } from './lib/browser.mjs'
import { SCHOOLS } from './lib/district.mjs'
import { Scene } from './lib/scene.mjs'
import { PASSWORD } from './lib/server.mjs'
import { eventually } from './lib/wait.mjs'

const prints = (page) => page.evaluate(() => globalThis.printed)

/** Somebody whose printer only counts. */
async function atAPrinter(scene, account, path) {
  const { page, witness } = await scene.loggedIn(account, { locale: 'en-US' })
  witness.expect(/the server responded with a status of (429|507) .*\/export$/)
  await page.addInitScript(() => {
    globalThis.printed = 0
    globalThis.print = () => { globalThis.printed += 1 }
  })
  await page.goto(path)
  return page
}

test('what a page prints or saves', async (t) => {
  const scene = await Scene.open(t)
  await scene.admin.command('/accounts', { name: 'auditor', role: 'auditor', password: PASSWORD })
  const alert = await scene.operator.raise({ source: 'phone110', category: 'FIGHT', school: SCHOOLS.first.id, summary: 'An example' })
  const auditor = await scene.api('auditor')
  const newest = async () => {
    const { records } = await auditor.get('/access-record', { kind: 'data_exported', limit: 1 })
    return [records[0]?.by, records[0]?.detail.export.what, records[0]?.detail.export.format]
  }

  await t.test('S22 figures, printed and saved', async () => {
    const page = await atAPrinter(scene, 'manager', '/stats')
    await page.getByRole('button', { name: 'Print' }).click()
    await eventually(async () => (await prints(page)) === 1, { what: 'a print' })
    assert.deepEqual(await newest(), ['manager', 'response_statistics', 'print'])
    const save = page.getByRole('button', { name: /CSV/ })
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()])
    assert.match(download.suggestedFilename(), /^response-.*\.csv$/)
    assert.deepEqual(await newest(), ['manager', 'response_statistics', 'csv'])
  })

  await t.test('S22 an alert’s report', async () => {
    const page = await atAPrinter(scene, 'operator', `/alerts/${alert}/report`)
    await page.getByRole('button', { name: 'Print' }).click()
    await eventually(async () => (await prints(page)) === 1, { what: 'a print' })
    assert.deepEqual(await newest(), ['operator', 'alert_report', 'print'])
  })

  await t.test('S22 the hand-over list, which is printed also while nothing can be recorded', async () => {
    const page = await atAPrinter(scene, 'operator', '/desk')
    await page.waitForURL(at('/desk'))
    await page.getByRole('link', { name: 'Hand-over' }).click()
    const print = page.getByRole('button', { name: 'Print' })
    await print.click()
    await eventually(async () => (await prints(page)) === 1, { what: 'a print' })
    assert.deepEqual(await newest(), ['operator', 'handover_list', 'print'])
    const full = { status: 507, contentType: 'application/problem+json', body: JSON.stringify({ status: 507, code: 'disk_almost_full', detail: 'example' }) }
    await page.route('**/handover/export', (route) => route.fulfill(full))
    await print.click()
    await eventually(async () => (await prints(page)) === 2, { what: 'a print all the same' })
    await page.unroute('**/handover/export')
  })

  await t.test('S22 nothing, where it is refused', async () => {
    const page = await atAPrinter(scene, 'operator', `/alerts/${alert}/report`)
    const busy = { status: 429, contentType: 'application/problem+json', body: JSON.stringify({ status: 429, code: 'too_many_requests', detail: 'One at a time (example)' }) }
    await page.route('**/report/export', (route) => route.fulfill(busy))
    await page.getByRole('button', { name: 'Print' }).click()
    await page.getByText('One at a time (example)').waitFor()
    assert.equal(await prints(page), 0)
  })
})
