/** What the server documents of itself, without another host. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Scene } from './lib/scene.mjs'

test('the API’s documentation', async (t) => {
  const scene = await Scene.open(t)
  const { page } = await scene.loggedIn('operator')

  await t.test('is a page that lists its routes', async () => {
    await page.goto('/api/docs/')
    for (const path of ['/api/v1/alerts', '/api/v1/assignments/{id}/acknowledge', '/api/v1/statistics/response']) {
      await page.locator('.opblock-summary-path').filter({ hasText: path }).first().waitFor()
    }
  })

  await t.test('opens a route to read', async () => {
    const block = page.locator('.opblock').filter({ hasText: 'acknowledge' }).first()
    await block.locator('.opblock-summary-control').click()
    await block.getByText('Responses', { exact: true }).first().waitFor()
    assert.ok((await block.innerText()).length > 100)
  })
})
