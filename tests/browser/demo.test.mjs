/** What a newcomer sees after one command. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, launch, Person } from './lib/browser.mjs'
import { Demo } from './lib/demo.mjs'
import { story } from './lib/story.mjs'
import { eventually } from './lib/wait.mjs'

const ROLES = { operator: '/desk', unit: '/unit', screen: '/wall', manager: '/stats', admin: '/admin' }

test('the demonstration', async (t) => {
  const then = story(t)
  const demo = await Demo.start()
  let browser
  const people = []
  t.after(async () => {
    await browser?.close()
    await demo.stop()
    for (const { witness } of people) assert.deepEqual(witness.complaints, [])
  })
  browser = await launch()
  const newcomer = async () => {
    const person = await Person.seated(browser, demo.origin)
    people.push(person)
    return person
  }

  await then('prints a login of one click for every role with a page', () => {
    for (const role of Object.keys(ROLES)) assert.match(demo.output, new RegExp(`${demo.origin}/demo/${role}\\b`))
  })

  await then('leads each of them to its page', async () => {
    for (const [role, path] of Object.entries(ROLES)) {
      const { page } = await newcomer()
      await page.goto(`/demo/${role}`)
      await page.waitForURL(at(path))
    }
  })

  await then('offers the same from its login page', async () => {
    const { page } = await newcomer()
    await page.goto('/')
    await page.getByRole('link', { name: 'Operator' }).click()
    await page.waitForURL(at('/desk'))
  })

  await then('shows alerts on the live desk within 20 s, and their clocks run', async () => {
    const { page } = await newcomer()
    await page.goto('/demo/operator')
    const running = page.locator('[data-row] .countdown.counts .digits').first()
    await running.waitFor({ timeout: 20_000 })
    const before = await running.innerText()
    await eventually(async () => (await running.innerText()) !== before)
  })

  await then('goes on by itself', async () => {
    const { page } = await newcomer()
    await page.goto('/demo/operator')
    await page.locator('[data-row]').first().waitFor({ timeout: 20_000 })
    const texts = () => page.locator('[data-row] .state').allInnerTexts()
    const before = (await texts()).join()
    await eventually(async () => (await texts()).join() !== before, { within: 30_000, what: 'a change on the board' })
  })
})
