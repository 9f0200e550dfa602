/** The unit's phone: one button, nothing pressed is lost. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NO_NETWORK, sent } from './lib/phone.mjs'
import { story } from './lib/story.mjs'

test('the phone', async (t) => {
  const then = story(t)
  const { page, primary, press, reaches, read, alert, scene } = await sent(t)

  const heightOf = async (locator) => (await locator.boundingBox()).height
  async function oneLargeButton(name) {
    await page.getByRole('button', { name, exact: true }).waitFor()
    assert.equal(await primary.count(), 1)
    assert.equal(await primary.innerText(), name)
    assert.ok((await heightOf(primary)) >= 120, `${name} is only ${await heightOf(primary)} px high`)
  }

  await then('tells by itself that the assignment has reached it', () => reaches('delivered'))

  await then('U17 shows one primary button, at least 120 px high', () => oneLargeButton('Acknowledge'))

  await then('U17 has no other button smaller than a finger', async () => {
    for (const button of await page.getByRole('button').all()) {
      const height = await heightOf(button)
      assert.ok(height >= 44, `${await button.innerText()} is ${height} px high`)
    }
  })

  await then('fits the width of the screen', async () => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(width <= 390, `the page is ${width} px wide`)
  })

  await then('U17 offers the next step after each press', async () => {
    await press('Acknowledge')
    await oneLargeButton('En route')
    await reaches('acknowledged')
    await press('En route')
    await oneLargeButton('Arrived')
    await reaches('en_route')
  })

  await then('U17 takes an arrival back within five seconds', async () => {
    await press('Arrived')
    const undo = page.getByRole('button', { name: 'Undo arrival' })
    assert.ok((await heightOf(undo)) >= 120)
    await undo.tap()
    await oneLargeButton('Arrived')
    await page.getByText('All sent').waitFor()
    assert.equal((await read()).arrived_at, null)
  })

  await then('U17 sends an arrival that is not taken back, once', async () => {
    await press('Arrived')
    await reaches('on_scene')
    const { timeline } = await scene.operator.get(`/alerts/${alert}`)
    assert.equal(timeline.filter((entry) => entry.kind === 'assignment_arrived').length, 1)
    await oneLargeButton('Feedback')
  })

  await then('asks for feedback, then clears', async () => {
    await press('Feedback')
    await page.getByLabel('What happens here').fill('Calm again (example)')
    await press('Send')
    await oneLargeButton('Cleared')
    await press('Cleared')
    await reaches('cleared')
    await page.getByText('No assignment').waitFor()
  })
})

test('a phone without network', async (t) => {
  const then = story(t)
  const { page, lose, regain, witness, press, reaches, read } = await sent(t)
  await reaches('delivered')
  witness.expect(NO_NETWORK)
  let pressedAt

  await then('U18 keeps what is pressed and says so', async () => {
    await lose()
    pressedAt = Date.now()
    await press('Acknowledge')
    await page.getByText('Offline · 1 to send').waitFor()
    await press('En route')
    await page.getByText('Offline · 2 to send').waitFor()
    assert.equal((await read()).state, 'delivered')
  })

  await then('U18 sends it in order once the network is back', async () => {
    await regain()
    await page.getByText('All sent').waitFor({ timeout: 20_000 })
    const assignment = await read()
    assert.equal(assignment.state, 'en_route')
    assert.ok(assignment.acknowledged_at < assignment.en_route_at)
  })

  await then('U18 keeps the pressed time beside the server’s', async () => {
    const press = (await read()).pressed.find((one) => one.step === 'acknowledge')
    assert.ok(Math.abs(Date.parse(press.pressed_at) - pressedAt) < 5_000)
  })
})

test('a phone that reloads with something unsent', async (t) => {
  const then = story(t)
  const { page, context, witness, press, reaches } = await sent(t)
  await reaches('delivered')
  witness.expect(/ERR_FAILED|net::ERR/)

  await then('U18 sends it after the reload', async () => {
    // Only commands are lost on their way, so that the page itself can come again.
    await context.route('**/api/v1/assignments/**', (route) => route.abort())
    await press('Acknowledge')
    await page.getByText('1 to send').waitFor()
    await page.reload()
    await page.getByText('1 to send').waitFor()
    await context.unroute('**/api/v1/assignments/**')
    await reaches('acknowledged')
    await page.getByText('All sent').waitFor()
  })
})
