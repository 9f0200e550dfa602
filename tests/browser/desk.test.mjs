/** The operator's desk beyond a single alert: the best units, two desks, keys, map, hand-over. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at } from './lib/browser.mjs'
import { adoptShortLimits, SCHOOLS, UNITS } from './lib/district.mjs'
import { Scene } from './lib/scene.mjs'
import { PASSWORD } from './lib/server.mjs'
import { Detail, rowOf } from './lib/screen.mjs'
import { story } from './lib/story.mjs'
import { eventually } from './lib/wait.mjs'

const { first, second, third } = SCHOOLS
/** Invented places, a few hundred metres apart. */
const PLACES = {
  [first.id]: { longitude: 116.4, latitude: 39.9 },
  [second.id]: { longitude: 116.42, latitude: 39.9 },
}

/** Schools get places and the units say where they are: the patrol near, the traffic unit far. */
async function spread(scene) {
  for (const school of [first, second]) {
    const { id, ...said } = school
    await scene.admin.put(`/schools/${id}`, { ...said, position: PLACES[id] })
  }
  await scene.admin.command('/accounts', { name: 'traffic', role: 'unit', unit: UNITS.traffic.id, password: PASSWORD })
  const reports = [['patrol', UNITS.patrol, 116.401], ['traffic', UNITS.traffic, 116.43]]
  for (const [account, unit, longitude] of reports) {
    const phone = await scene.api(account)
    await phone.command(`/units/${unit.id}/position`, { longitude, latitude: 39.9, system: 'wgs84' })
  }
}

test('two desks on one alert', async (t) => {
  const then = story(t)
  const scene = await Scene.open(t)
  await spread(scene)
  await scene.admin.command('/accounts', { name: 'operator-2', role: 'supervisor', password: PASSWORD })
  const one = await scene.loggedIn('operator')
  const other = await scene.loggedIn('operator-2')
  const alert = await scene.operator.raise({ source: 'phone110', category: 'FIGHT', school: first.id })
  for (const { page } of [one, other]) await page.goto(`/desk/${alert}`)
  const details = [one, other].map(({ page }) => new Detail(page, alert))
  for (const { root } of details) await root.waitFor()

  await then('U15 tells beside each unit state, distance, expected time and the clock it would meet', async () => {
    const near = details[0].root.locator('.candidate').filter({ hasText: UNITS.patrol.name })
    await near.getByText(/^\d+ m$/).waitFor()
    await near.getByText(/^about \d+ s$/).waitFor()
    await near.getByText(/in time, spare/).first().waitFor()
    await near.getByText('Available').waitFor()
    const far = details[0].root.locator('.candidate').filter({ hasText: UNITS.traffic.name })
    await far.getByText(/too late/).first().waitFor()
  })

  await then('U15 tells which schools lose their cover', async () => {
    const near = details[0].root.locator('.candidate').filter({ hasText: UNITS.patrol.name })
    await near.getByText(`leaves ${first.name} without cover`).waitFor()
  })

  await then('S13 tells whom to call at the school when it is asked, and records it', async () => {
    const { id, ...said } = await scene.admin.get(`/schools/${first.id}`)
    await scene.admin.put(`/schools/${id}`, { ...said, contact: { name: '示例传达室', phone: '13800000001' } })
    await details[0].root.getByRole('button', { name: 'Whom to call at the school' }).click()
    await details[0].root.getByText('示例传达室 13800000001').waitFor()
    assert.equal(await details[1].root.getByText('13800000001').count(), 0, 'the other desk did not ask')
  })

  await then('U14 a choice half made stays, and what the other desk changed is told', async () => {
    await details[0].choose('Reclassify')
    await details[0].field('New severity').selectOption('L1')
    await details[1].choose('Reclassify')
    await details[1].field('New category').selectOption('DISTURBANCE')
    await details[1].submit('Reclassify').click()
    await details[0].root.getByText(/^While you chose, the alert became Disturbance/).waitFor()
    assert.equal(await details[0].field('New severity').inputValue(), 'L1')
    // What was not touched here is not taken back there.
    assert.equal(await details[0].field('New category').inputValue(), 'DISTURBANCE')
    await details[0].submit('Reclassify').click()
    await eventually(async () => (await scene.operator.alert(alert)).severity === 'L1')
    assert.equal((await scene.operator.alert(alert)).category, 'DISTURBANCE')
  })

  await then('U14 each desk sees what the other has just done', async () => {
    await details[0].root.getByRole('note').getByText(/operator-2/).waitFor()
    await details[1].root.getByRole('note').getByText(/^operator /).first().waitFor()
  })

  await then('U15 one key sends the best', async () => {
    await one.page.keyboard.press('F9')
    const sent = await eventually(async () => {
      const { assignments } = await scene.operator.alert(alert)
      return assignments.length > 0 && assignments
    })
    assert.equal(sent[0].unit, UNITS.patrol.id)
    await details[1].root.getByRole('note').getByText(/^operator Dispatched/).first().waitFor()
  })

  await then('U14 a reason half typed survives a look at another alert', async () => {
    const another = await scene.operator.raise({ source: 'phone110', category: 'CROWD', school: second.id })
    await details[0].root.getByRole('button', { name: 'Withdraw' }).first().click()
    await details[0].root.getByPlaceholder('Why withdrawn').fill('Called back by ra')
    await rowOf(one.page, second).click()
    await new Detail(one.page, another).root.waitFor()
    await rowOf(one.page, first).click()
    assert.equal(await details[0].root.getByPlaceholder('Why withdrawn').inputValue(), 'Called back by ra')
  })
})

test('U14 neither an alarm nor another desk moves a form under a press', async (t) => {
  const scene = await Scene.open(t)
  await scene.admin.command('/accounts', { name: 'operator-2', role: 'supervisor', password: PASSWORD })
  await adoptShortLimits(scene.admin, { warn_at_ms: 10_000, limit_ms: 60_000 })
  const another = await scene.api('operator-2')
  const { page } = await scene.loggedIn('operator')
  const alert = await scene.operator.raise({ source: 'phone110', category: 'FIGHT', school: first.id })
  await page.goto(`/desk/${alert}`)
  const detail = new Detail(page, alert)
  const alarms = detail.root.getByRole('region', { name: 'Needs action' })
  await detail.choose('Reclassify')
  await detail.field('New severity').selectOption('L1')
  const places = () => Promise.all([detail.submit('Reclassify'), detail.root.getByRole('toolbar')].map((one) => one.boundingBox()))
  const before = await places()
  assert.equal(await alarms.count(), 0)

  await another.command(`/alerts/${alert}/reclassify`, { category: 'DISTURBANCE' })
  await detail.root.getByText(/^While you chose, the alert became Disturbance/).waitFor()
  await detail.root.getByRole('note').getByText(/operator-2/).waitFor()
  await alarms.waitFor({ timeout: 20_000 })
  assert.deepEqual(await places(), before)
})

test('the desk’s aids', async (t) => {
  const scene = await Scene.open(t)
  await spread(scene)
  const { page } = await scene.loggedIn('operator')
  await page.waitForURL(at('/desk'))
  const alert = await scene.operator.raise({ source: 'phone110', category: 'FIGHT', school: first.id, summary: 'Example' })
  await rowOf(page, first).waitFor()

  await t.test('U9 the list stands still under the pointer, and is in order again without it', async () => {
    const order = () => page.locator('.lists [data-row]').evaluateAll((rows) => rows.map((row) => Number(row.dataset.row)))
    const calm = await scene.operator.raise({ source: 'phone110', category: 'DISPUTE', school: third.id })
    await rowOf(page, third).hover()
    const urgent = await scene.operator.raise({ source: 'phone110', category: 'ATTACK', school: second.id })
    await rowOf(page, second).waitFor()
    assert.deepEqual(await order(), [alert, calm, urgent])
    await page.mouse.move(5, 5)
    await eventually(async () => (await order())[1] === urgent)
    for (const one of [calm, urgent]) await scene.operator.command(`/alerts/${one}/cancel`, { reason: 'example' })
  })

  await t.test('U16 the keys are listed at a key, and gone at the same', async () => {
    await page.keyboard.press('F1')
    const dialog = page.getByRole('dialog', { name: 'Keys' })
    for (const key of ['F2', 'F4', 'F6', 'F8', 'F9', 'F10']) await dialog.getByText(key, { exact: true }).waitFor()
    await page.keyboard.press('F1')
    await dialog.waitFor({ state: 'hidden' })
  })

  await t.test('the map comes at a key, after the rest, and draws the district without any tile', async () => {
    const pane = page.getByRole('region', { name: 'Map' })
    await page.keyboard.press('F10')
    const canvas = pane.locator('canvas')
    await canvas.waitFor()
    const inked = await eventually(() =>
      canvas.evaluate((element) => {
        const { data } = element.getContext('2d').getImageData(0, 0, element.width, element.height)
        return data.filter((_value, at) => at % 4 === 3).some((alpha) => alpha > 200)
      }),
    )
    assert.ok(inked, 'nothing is drawn')
    assert.equal(await pane.locator('img').count(), 0)
  })

  await t.test('the map opens the alert that is pressed on it', async () => {
    const canvas = page.getByRole('region', { name: 'Map' }).locator('canvas')
    await rowOf(page, first).click()
    await new Detail(page, alert).root.waitFor()
    await page.goto('/desk')
    await canvas.waitFor()
    // Chosen or not, the alert is the topmost mark: find its ink and press there.
    const spot = await eventually(() =>
      canvas.evaluate((element) => {
        const ink = element.getContext('2d').getImageData(0, 0, element.width, element.height).data
        const box = element.getBoundingClientRect()
        // The filled triangle is the largest run of its one colour in a row.
        let best = { run: 0 }
        for (let y = 0; y < element.height; y += 1) {
          let run = 0
          for (let x = 0; x < element.width; x += 1) {
            const o = (y * element.width + x) * 4
            run = ink[o] === 232 && ink[o + 1] === 234 && ink[o + 2] === 237 ? run + 1 : 0
            if (run > best.run) best = { run, x: x - run / 2, y }
          }
        }
        if (best.run < 8) return null
        const scale = box.width / element.width
        return { x: box.left + best.x * scale, y: box.top + best.y * scale }
      }),
    )
    await page.mouse.click(spot.x, spot.y)
    await page.waitForURL(at(`/desk/${alert}`))
  })
})

test('the hand-over list', async (t) => {
  const scene = await Scene.open(t)
  const open = await scene.operator.raise({ source: 'phone110', category: 'FIGHT', school: first.id, summary: 'Example of an open alert' })
  await scene.operator.command(`/alerts/${open}/note`, { text: 'Parents are on their way (example)' })
  const closed = await scene.operator.raise({ source: 'phone110', category: 'CROWD', school: second.id })
  await scene.operator.command(`/alerts/${closed}/cancel`, { reason: 'example' })
  const { page } = await scene.loggedIn('operator')
  await page.waitForURL(at('/desk'))
  await page.getByRole('link', { name: 'Hand-over' }).click()

  await t.test('has every open alert with what was said last, and no other', async () => {
    const rows = page.locator('[data-handover]')
    await rows.filter({ hasText: first.name }).getByText(/Parents are on their way/).waitFor()
    assert.equal(await rows.count(), 1)
  })

  await t.test('U3 keeps the alarms in sight while it is read', async () => {
    await page.getByRole('region', { name: 'Alarms' }).waitFor()
  })

  await t.test('fits an A4 page in print, in ink on white, without the screen’s chrome', async () => {
    await page.emulateMedia({ media: 'print' })
    // 210 mm less the margins, at 96 dots an inch.
    await page.setViewportSize({ width: 688, height: 1000 })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(wide <= 688, `${wide} px on a page of 688`)
    assert.equal(await page.locator('.bar').isVisible(), false)
    const [ink, ground] = await page.locator('.page').evaluate((element) => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor])
    assert.deepEqual([ink, ground], ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
    const sheets = await page.pdf({ format: 'A4' })
    assert.equal(sheets.subarray(0, 4).toString(), '%PDF')
  })
})
