/** The other tests trust that a page's misbehaviour is noticed: it is. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { launch, Person } from './lib/browser.mjs'
import { Server } from './lib/server.mjs'
import { eventually } from './lib/wait.mjs'

test('a page that misbehaves', async (t) => {
  const server = await Server.prepare()
  let browser
  t.after(async () => {
    await browser?.close()
    await server.discard()
  })
  await server.start()
  browser = await launch()
  const { page, witness } = await Person.seated(browser, server.origin)
  await page.goto('/login')
  await page.locator('h1').waitFor()
  const noticed = (pattern) => eventually(() => witness.complaints.some((text) => pattern.test(text)))

  await t.test('is no page that behaves', () => assert.deepEqual(witness.complaints, []))

  await t.test('is noticed asking another host', async () => {
    await page.evaluate(() => fetch('http://127.0.0.2:9/').catch(() => undefined))
    await noticed(/connect-src http:\/\/127\.0\.0\.2:9/)
  })

  await t.test('is noticed running a script of its own', async () => {
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.ran = true'
      document.body.append(script)
    })
    await noticed(/script-src/)
    assert.equal(await page.evaluate(() => window.ran), undefined)
  })

  await t.test('is noticed writing errors to the console', async () => {
    await page.evaluate(() => console.error('an example of an error'))
    await noticed(/an example of an error/)
  })

  await t.test('is noticed throwing', async () => {
    await page.evaluate(() => setTimeout(() => { throw new Error('an example of a throw') }))
    await noticed(/uncaught .*an example of a throw/)
  })

  await t.test('is noticed leaving for another host', async () => {
    await page.goto('http://127.0.0.2:9/').catch(() => undefined)
    await noticed(/request to another place: http:\/\/127\.0\.0\.2:9/)
  })
})
