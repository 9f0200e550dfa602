/** A board that cannot be trusted says so, and tells the truth again afterwards. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at } from './lib/browser.mjs'
import { SCHOOLS } from './lib/district.mjs'
import { Scene } from './lib/scene.mjs'
import { digitsOf, rowOf } from './lib/screen.mjs'
import { story } from './lib/story.mjs'
import { eventually } from './lib/wait.mjs'

const { first, second, third } = SCHOOLS
const raised = (school) => ({ source: 'one_key_alarm', category: 'DISPUTE', school: school.id })

test('a desk whose server falls silent', async (t) => {
  const then = story(t)
  const scene = await Scene.open(t)
  const operator = await scene.loggedIn('operator')
  const { page } = operator
  await page.waitForURL(at('/desk'))
  await scene.gateway.raise(raised(first))
  await rowOf(page, first).waitFor()
  const stays = await operator.staysLoaded()
  const banner = page.getByRole('alert').filter({ hasText: 'Connection lost' })
  const isHatched = () =>
    digitsOf(rowOf(page, first)).evaluate((digits) => {
      const drawn = [digits, digits.parentElement].map((one) => getComputedStyle(one).backgroundImage)
      return drawn.some((image) => image.includes('gradient'))
    })

  await then('shows no banner and plain countdowns while all is well', async () => {
    assert.equal(await banner.count(), 0)
    assert.equal(await isHatched(), false)
  })

  await then('U11 shows a red banner and hatched countdowns within 20 s of silence', async () => {
    scene.server.pause()
    await banner.waitFor({ timeout: 20_000 })
    const red = await banner.evaluate((element) => {
      const [r, g, b] = getComputedStyle(element).backgroundColor.match(/[\d.]+/g).map(Number)
      return r > 1.5 * g && r > 1.5 * b
    })
    assert.ok(red, 'the banner is not red')
    assert.ok(await isHatched(), 'countdowns are not hatched')
  })

  await then('U11 resumes by itself when the server is there again', async () => {
    operator.witness.expect(/ERR_CONNECTION_(REFUSED|RESET|CLOSED)|ERR_EMPTY_RESPONSE|WebSocket connection .* failed/)
    await scene.server.kill()
    await scene.server.start()
    await scene.gateway.raise(raised(second))
    await rowOf(page, second).waitFor({ timeout: 20_000 })
    await banner.waitFor({ state: 'detached' })
    assert.equal(await isHatched(), false)
    assert.ok(await stays(), 'the page was reloaded')
  })

  await then('has missed nothing and doubled nothing', async () => {
    await scene.gateway.raise(raised(third))
    await rowOf(page, third).waitFor()
    for (const school of [first, second, third]) assert.equal(await rowOf(page, school).count(), 1)
    const count = page.locator('section').filter({ has: page.getByRole('heading', { name: 'To dispatch' }) }).locator('.count')
    await eventually(async () => (await count.innerText()) === '3')
    assert.equal((await scene.operator.alerts()).length, 3)
  })
})

test('a wall whose server falls silent', async (t) => {
  const scene = await Scene.open(t)
  const { page } = await scene.loggedIn('screen', { viewport: { width: 1920, height: 1080 } })
  await page.waitForURL(at('/wall'))
  await scene.gateway.raise(raised(first))
  await rowOf(page, first).waitFor()

  await t.test('U11 cannot be mistaken for the present', async () => {
    scene.server.pause()
    const banner = page.getByRole('alert').filter({ hasText: 'Connection lost' })
    await banner.waitFor({ timeout: 20_000 })
    const { height, width } = await banner.boundingBox()
    assert.ok(height >= 100 && width >= 1_900, `the banner is ${width} × ${height} px`)
    await banner.getByText(/No update for 00:1\d/).waitFor()
    const wall = page.locator('.wall')
    assert.match(await wall.evaluate((one) => getComputedStyle(one).outlineStyle), /solid/)
    assert.match(await page.locator('main').evaluate((one) => getComputedStyle(one).backgroundImage), /gradient/)
  })
})
