/** The manager's page: figures with their n, charts with their tables, lists behind figures, print. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at } from './lib/browser.mjs'
import { SCHOOLS } from './lib/district.mjs'
import { Scene } from './lib/scene.mjs'

/** So many alerts and one more, all of them waiting. */
async function withAlerts(t, count) {
  const scene = await Scene.open(t)
  for (let n = 0; n <= count; n += 1) {
    await scene.operator.raise({
      source: 'phone110', category: 'DISTURBANCE', severity: 'L2', school: SCHOOLS.first.id, summary: 'An example',
    })
  }
  return scene
}

async function managersPage(scene, options) {
  const person = await scene.loggedIn('manager', { locale: 'en-US', ...options })
  await person.page.waitForURL(at('/stats'))
  await person.page.locator('table').first().waitFor()
  return person.page
}

test('U20 a figure opens its definition and as many alerts as it says, and the list is in the address', async (t) => {
  const scene = await withAlerts(t, 2)
  const page = await managersPage(scene)
  await page.getByRole('button', { name: /^3, Alerts/ }).first().click()
  const list = page.getByRole('region', { name: 'Alerts', exact: true })
  await list.getByText('3 entries').waitFor()
  await list.getByText('Alerts received in the period that pass the filter.').waitFor()
  assert.equal(await list.locator('tbody tr').count(), 3)
  assert.match(page.url(), /list=alerts/)
  await page.reload()
  await list.getByText('3 entries').waitFor()
  await page.keyboard.press('Escape')
  await list.waitFor({ state: 'detached' })
})

test('U20 below ten there is no percentage, and a filter is kept in the address', async (t) => {
  const scene = await withAlerts(t, 1)
  const page = await managersPage(scene)
  await page.locator('select[name=station]').selectOption({ index: 1 })
  await page.waitForURL(/station=/)
  await page.locator('table').first().waitFor()
  await page.getByText('n below 10: not compared').first().waitFor()
  assert.doesNotMatch(await page.locator('main').innerText(), /\d%\s*\(\d\/\d\)/)
})

test('U21 heat map, trend and groups are drawn after the first paint, each with its table', async (t) => {
  const scene = await withAlerts(t, 11)
  const page = await managersPage(scene)
  for (const name of ['Weekday × hour', 'Trend']) {
    const pane = page.getByRole('region', { name, exact: true })
    // A chart is drawn in layers, each a canvas of its own.
    await pane.locator('canvas').first().waitFor()
    await pane.getByText('The same as a table').click()
    await pane.locator('tbody tr').first().waitFor()
  }
  const cell = page.getByRole('region', { name: 'Weekday × hour', exact: true }).locator('tbody button').first()
  assert.equal((await cell.innerText()).trim(), '12')
  await page.getByRole('region', { name: 'Side by side', exact: true }).waitFor()
  await page.getByRole('region', { name: 'Against the equal period before', exact: true }).waitFor()
})

test('U21 another policy is judged beside the original, and data checks come with their n', async (t) => {
  const scene = await withAlerts(t, 1)
  const page = await managersPage(scene)
  await page.getByRole('region', { name: 'Data checks', exact: true }).getByText('nothing unusual').first().waitFor()
  await page.getByRole('button', { name: 'Judge again' }).click()
  await page.getByText('No handled alert in this period.').waitFor()
})

test('U22 a print is light, has no controls, and its foot has filter, data time and journal head', async (t) => {
  const scene = await withAlerts(t, 1)
  const page = await managersPage(scene)
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), 'rgb(255, 255, 255)')
  assert.equal(await page.locator('form.filter').isVisible(), false)
  const foot = await page.locator('main footer').innerText()
  assert.match(foot, /Filter: Mode/)
  assert.match(foot, /journal head \d+/)
  await page.emulateMedia({ media: 'screen' })
})

test('U22 prints on upright paper, and reports on paper turned, whatever was looked at before', async (t) => {
  const scene = await withAlerts(t, 1)
  const page = await managersPage(scene)
  /** Width and height of the first page in points. */
  async function paper() {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    return /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(pdf).slice(1).map(Number)
  }
  for (const [link, ready, isUpright] of [['Reports', '[data-section]', false], ['Statistics', 'main.stats table', true], ['Reports', '[data-section]', false]]) {
    await page.getByRole('link', { name: link, exact: true }).click()
    await page.locator(ready).first().waitFor()
    const [width, height] = await paper()
    assert.equal(width < height, isUpright, `${link} on ${width} × ${height}`)
  }
})
