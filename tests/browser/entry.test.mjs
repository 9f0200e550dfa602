/** From an empty data directory to a session, and out of it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Api } from './lib/api.mjs'
import { at } from './lib/browser.mjs'
import { LiveFeed } from './lib/live.mjs'
import { Scene } from './lib/scene.mjs'
import { PASSWORD } from './lib/server.mjs'
import { story } from './lib/story.mjs'
import { eventually } from './lib/wait.mjs'

test('the first start', async (t) => {
  const then = story(t)
  const scene = await Scene.empty(t)
  await scene.server.start()
  const { page, witness } = await scene.person()
  const link = (await scene.server.says(/https?:\/\/\S+\/setup#\S+/))[0]

  await then('says at the login that it is not set up', async () => {
    await page.goto('/login')
    await page.getByText('The system is not set up yet').waitFor()
  })

  await then('makes the first administrator by the link it prints', async () => {
    await page.goto(link)
    await page.getByLabel('Account').fill('admin')
    await page.locator('input[name=password]').fill(PASSWORD)
    await page.locator('input[name=repeated]').fill(PASSWORD)
    await page.getByRole('button', { name: 'Create administrator' }).click()
    await page.waitForURL(at('/admin'))
  })

  await then('keeps the one-time token out of address bar and history', async () => {
    assert.equal(new URL(page.url()).hash, '')
    await page.goBack()
    assert.equal(new URL(page.url()).hash, '')
  })

  await then('lets that administrator in by the chosen password', async () => {
    await page.goto('/admin')
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.waitForURL(at('/login'))
    await page.getByLabel('Account').fill('admin')
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.waitForURL(at('/admin'))
  })

  await then('takes the link only once', async () => {
    const second = await scene.person()
    second.witness.expect(/the server responded with a status of 4\d\d .*\/api\/v1\/setup$/)
    await second.page.goto(link)
    await second.page.getByLabel('Account').fill('intruder')
    await second.page.locator('input[name=password]').fill(PASSWORD)
    await second.page.locator('input[name=repeated]').fill(PASSWORD)
    await second.page.getByRole('button', { name: 'Create administrator' }).click()
    await second.page.getByRole('alert').waitFor()
    await assert.rejects(Api.login(scene.server.origin, 'intruder', PASSWORD), { status: 401 })
  })

  await then('leaves no complaint on its pages', () => assert.deepEqual(witness.complaints, []))
})

test('logging in and out', async (t) => {
  const then = story(t)
  const scene = await Scene.open(t)
  const { page, context, witness } = await scene.person()

  await then('a wrong password is told in words and says nothing of the account', async () => {
    const told = []
    for (const account of ['operator', 'nobody-of-that-name']) {
      await page.goto('/login')
      await page.getByLabel('Account').fill(account)
      await page.getByLabel('Password').fill('not-the-password')
      await page.getByRole('button', { name: 'Log in' }).click()
      told.push(await page.getByRole('alert').innerText())
    }
    assert.match(told[0], /password/i)
    assert.equal(told[0], told[1])
  })

  await then('a page asked for before the login is opened after it', async () => {
    await page.goto('/wall')
    await page.waitForURL(at('/login'))
    await page.getByLabel('Account').fill('operator')
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.waitForURL(at('/wall'))
  })

  await then('logging out ends the session and its live connections', async () => {
    const cookies = await context.cookies()
    const stolen = new Api(scene.server.origin, {
      Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
      Origin: scene.server.origin,
    })
    const feed = await LiveFeed.open(stolen)
    await page.goto('/desk')
    await page.getByText('No alert waits for a unit').waitFor()
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.waitForURL(at('/login'))
    await eventually(() => feed.closed, { within: 5_000, what: 'the end of the other socket' })
    assert.equal(feed.closed.code, 4001)
    await assert.rejects(stolen.get('/session'), { status: 401 })
  })

  await then('a page of another role stays shut', async () => {
    await page.getByLabel('Account').fill('screen')
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.waitForURL(at('/wall'))
    await page.goto('/desk')
    await page.waitForURL(at('/wall'))
  })

  await then('leaves no complaint on its pages', () => assert.deepEqual(witness.complaints, []))
})
