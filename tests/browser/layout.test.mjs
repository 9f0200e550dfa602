/** Everything can be read on the smallest screens that are meant for it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SCHOOLS, UNITS } from './lib/district.mjs'
import { crampedIn, overlapsIn } from './lib/layout.mjs'
import { Scene } from './lib/scene.mjs'
import { PASSWORD } from './lib/server.mjs'

for (const locale of ['en-US', 'zh-CN']) {
  test(`a layout in ${locale}`, async (t) => {
    const scene = await Scene.open(t)
    const { operator } = scene
    const alert = await operator.raise({
      source: 'phone110', category: 'DISTURBANCE', severity: 'L1', school: SCHOOLS.first.id,
      summary: 'An example of a summary that is rather long, as callers are when they are afraid',
    })
    await operator.dispatch(alert, UNITS.patrol.id)

    async function readable({ page }) {
      assert.deepEqual(await overlapsIn(page.locator('body')), [], 'texts over one another')
      assert.deepEqual(await crampedIn(page), [], 'buttons too narrow for their words')
      const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
      assert.ok(wide <= seen, `${wide} px on a screen of ${seen}`)
    }

    for (const [width, height] of [[1280, 720], [1440, 900], [1920, 1080]]) {
      await t.test(`the desk at ${width} × ${height}`, async () => {
        const person = await scene.loggedIn('operator', { locale, viewport: { width, height } })
        await person.page.goto(`/desk/${alert}`)
        await person.page.locator('article').waitFor()
        await readable(person)
      })
    }

    await t.test('the wall at 1280 × 720', async () => {
      const person = await scene.loggedIn('screen', { locale, viewport: { width: 1280, height: 720 } })
      await person.page.locator('.wall li').waitFor()
      await readable(person)
    })

    await t.test('the phone at 360 × 740', async () => {
      const person = await scene.loggedIn('patrol', { locale, viewport: { width: 360, height: 740 } })
      await person.page.locator('article').waitFor()
      await readable(person)
    })

    await t.test('the statistics at 1280 × 720', async () => {
      const person = await scene.loggedIn('manager', { locale, viewport: { width: 1280, height: 720 } })
      await person.page.getByRole('table').first().waitFor()
      await readable(person)
    })

    await t.test('a report and the replay at 1280 × 720', async () => {
      const person = await scene.loggedIn('manager', { locale, viewport: { width: 1280, height: 720 } })
      await person.page.goto(`/alerts/${alert}/report`)
      await person.page.locator('footer code').first().waitFor()
      await readable(person)
      await person.page.goto(`/replay?at=${new Date().toISOString()}&alert=${alert}`)
      await person.page.locator('article').waitFor()
      await readable(person)
    })

    await t.test('the reports at 1280 × 720', async () => {
      const person = await scene.loggedIn('manager', { locale, viewport: { width: 1280, height: 720 } })
      for (const which of ['bulletin', 'campaign', 'sampling']) {
        await person.page.goto(`/reports/${which}`)
        await person.page.getByRole('table').first().waitFor()
        await readable(person)
      }
    })

    await t.test('the record of access and the own account at 1280 × 720', async () => {
      await scene.admin.command('/accounts', { name: 'auditor', role: 'auditor', password: PASSWORD })
      const person = await scene.loggedIn('auditor', { locale, viewport: { width: 1280, height: 720 } })
      for (const path of ['/record', '/account']) {
        await person.page.goto(path)
        await person.page.locator('tbody tr').first().waitFor()
        await readable(person)
      }
    })

    await t.test('the administration at 1280 × 720', async () => {
      const person = await scene.loggedIn('admin', { locale, viewport: { width: 1280, height: 720 } })
      for (const tab of ['policy', 'schools', 'stations', 'units', 'accounts', 'sessions']) {
        await person.page.goto(`/admin?tab=${tab}`)
        await person.page.getByRole('table').first().waitFor()
        await readable(person)
      }
    })
  })
}
