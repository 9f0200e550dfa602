/** The main job on one alert, as everybody sees it without a reload. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at } from './lib/browser.mjs'
import { adoptShortLimits, SCHOOLS, UNITS } from './lib/district.mjs'
import { Scene } from './lib/scene.mjs'
import { Detail, digitsOf, figuresOf, rowOf } from './lib/screen.mjs'
import { story } from './lib/story.mjs'
import { eventually } from './lib/wait.mjs'

const { first, second } = SCHOOLS

test('an alert from intake to statistics', async (t) => {
  const then = story(t)
  const scene = await Scene.open(t)
  const operator = await scene.loggedIn('operator')
  const wall = await scene.loggedIn('screen')
  const unit = await scene.loggedIn('patrol', { viewport: { width: 390, height: 844 } })
  await operator.page.waitForURL(at('/desk'))
  await wall.page.waitForURL(at('/wall'))
  await unit.page.waitForURL(at('/unit'))
  const stayed = await Promise.all([operator, wall, unit].map((person) => person.staysLoaded()))
  const desk = operator.page
  const row = rowOf(desk, second)
  const detail = (id) => new Detail(desk, id)
  const button = (name) => unit.page.getByRole('button', { name, exact: true })
  let alert

  await then('an alert raised elsewhere appears on the open desk', async () => {
    await scene.gateway.raise({ source: 'one_key_alarm', category: 'FIGHT', school: first.id })
    await rowOf(desk, first).getByText('To dispatch').waitFor()
  })

  await then('its clock counts down', async () => {
    const digits = digitsOf(rowOf(desk, first))
    const before = await digits.innerText()
    assert.match(before, /^\d\d:\d\d$/)
    const after = await eventually(async () => {
      const now = await digits.innerText()
      return now !== before && now
    })
    assert.ok(after < before, `${before} became ${after}`)
  })

  await then('past its limit it is overdue on desk and wall', async () => {
    await adoptShortLimits(scene.admin)
    alert = await scene.gateway.raise({ source: 'phone110', category: 'DISTURBANCE', school: second.id })
    await Promise.all([row, rowOf(wall.page, second)].map((one) => one.getByText('Overdue').waitFor({ state: 'attached' })))
    for (const one of [row, rowOf(wall.page, second)]) assert.match(await digitsOf(one).innerText(), /^\+\d\d:\d\d$/)
  })

  await then('the desk dispatches it and the phone in the field has it', async () => {
    await row.click()
    await detail(alert).choose('Dispatch')
    await detail(alert).root.getByRole('checkbox', { name: UNITS.patrol.name }).check()
    await detail(alert).submit('Send').click()
    await unit.page.getByRole('heading', { name: second.name }).waitFor()
  })

  await then('the unit acknowledges and the desk shows it', async () => {
    await button('Acknowledge').click()
    await row.getByText('Acknowledged').waitFor()
  })

  await then('the unit goes en route and the desk and the wall show it', async () => {
    await button('En route').click()
    await row.getByText('En route').waitFor()
    await rowOf(wall.page, second).getByText('En route').waitFor()
  })

  await then('the unit arrives and the verdict falls', async () => {
    await button('Arrived').click()
    await row.getByText('On scene').waitFor()
    await detail(alert).clock().getByText('Late').waitFor()
  })

  await then('the unit reports from the scene and clears', async () => {
    await button('Feedback').click()
    await unit.page.getByLabel('What happens here').fill('Two groups kept apart (example)')
    await button('Send').click()
    await detail(alert).root.getByText('Two groups kept apart (example)').first().waitFor()
    await button('Cleared').click()
    await unit.page.getByText('No assignment').waitFor()
    await eventually(async () => (await scene.operator.alert(alert)).assignments[0].state === 'cleared')
  })

  await then('the operator resolves and closes it at the desk', async () => {
    await detail(alert).choose('Resolve')
    await detail(alert).field('Disposition').selectOption('mediated')
    await detail(alert).field('Result').fill('Settled between the two (example)')
    await detail(alert).submit('Resolve').click()
    await detail(alert).root.getByText('Resolved', { exact: true }).first().waitFor()
    await detail(alert).choose('Close')
    await detail(alert).field('Validity').selectOption('valid')
    await detail(alert).field('Police').fill('2')
    await detail(alert).field('Injured').fill('0')
    await detail(alert).submit('Close').click()
    await row.getByText('Closed').waitFor()
    await rowOf(wall.page, second).waitFor({ state: 'detached' })
  })

  await then('the closed alert keeps its verdict in sight', async () => {
    await detail(alert).clock().getByText('Late').waitFor()
    assert.equal((await scene.operator.alert(alert)).first_verdict, 'late')
  })

  await then('the statistics count it, with their n', async () => {
    await desk.getByRole('link', { name: 'Statistics' }).click()
    const table = desk.getByRole('table').filter({ has: desk.getByRole('heading', { name: 'On-time rate' }) })
    const figures = await figuresOf(table, /^T1/)
    assert.deepEqual(
      { alerts: figures.Alerts, n: figures.n, met: figures['On time'], late: figures.Late },
      { alerts: '1', n: '1', met: '0', late: '1' },
    )
  })

  await then('nobody has reloaded meanwhile', async () => {
    for (const untouched of stayed) assert.ok(await untouched())
  })
})
