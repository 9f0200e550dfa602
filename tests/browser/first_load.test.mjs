/** What each entry loads before it shows anything: its own code, not the other pages'. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { at } from './lib/browser.mjs'
import { Scene } from './lib/scene.mjs'

/** The entry, who opens it, and the most it may weigh in kB (1000 bytes) by gzip. */
const ENTRIES = [
  ['/desk', 'operator', 120],
  ['/wall', 'screen', 80],
  ['/unit', 'patrol', 60],
  ['/stats', 'manager', 100],
  ['/admin', 'admin', 100],
]
const CODE = new Set(['document', 'script', 'stylesheet'])

test('the first load', async (t) => {
  const scene = await Scene.open(t)
  for (const [path, account, most] of ENTRIES) {
    await t.test(`of ${path} is at most ${most} kB`, async (t) => {
      const { page } = await scene.loggedIn(account)
      await page.waitForURL(at(path))
      const devtools = await page.context().newCDPSession(page)
      await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
      const loaded = []
      page.on('response', (response) => {
        if (CODE.has(response.request().resourceType())) loaded.push(response.body())
      })
      await page.goto(path)
      await page.waitForURL(at(path))
      await page.locator('main').first().waitFor()
      const bodies = await Promise.all(loaded)
      assert.ok(bodies.length >= 3, `only ${bodies.length} files seen`)
      const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
      t.diagnostic(`${path}: ${(bytes / 1000).toFixed(1)} kB in ${bodies.length} files`)
      assert.ok(bytes <= most * 1000, `${path} loads ${bytes} bytes, more than ${most} kB`)
    })
  }
})
