/** The wall: the most urgent that fit, without scrolling. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at } from './lib/browser.mjs'
import { SCHOOLS, UNITS } from './lib/district.mjs'
import { Scene } from './lib/scene.mjs'

const COUNT = 30
const SUMMARY = 'Example: two pupils known by name'

test('a wall with more alerts than fit', async (t) => {
  const scene = await Scene.open(t)
  const { page } = await scene.loggedIn('screen', { viewport: { width: 1920, height: 1080 } })
  await page.waitForURL(at('/wall'))
  const raise = (school, severity) =>
    scene.operator.raise({ source: 'phone110', category: 'FIGHT', school: school.id, severity, caller_phone: '13800000000', summary: SUMMARY })
  for (let number = 1; number < COUNT; number += 1) await raise(SCHOOLS.third, 'L3')
  await raise(SCHOOLS.first, 'L1')
  const rows = page.locator('.wall li')
  await page.getByText(/^and \d+ more$/).waitFor()

  await t.test('U10 does not scroll', async () => {
    const [scrolled, seen] = await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight])
    assert.ok(scrolled <= seen, `${scrolled} px on a screen of ${seen}`)
  })

  await t.test('U10 says how many it does not show', async () => {
    const shown = await rows.count()
    assert.ok(shown >= 5, `only ${shown} rows`)
    await page.getByText(`and ${COUNT - shown} more`, { exact: true }).waitFor()
  })

  await t.test('U10 shows the most urgent first', async () => {
    await rows.first().getByText(SCHOOLS.first.name).waitFor()
  })

  await t.test('shows nobody’s phone number', async () => {
    assert.doesNotMatch(await page.content(), /13800000000/)
  })

  await t.test('shows no free text on a wall display', async () => {
    assert.equal(await page.getByText(SUMMARY).count(), 0)
  })

  await t.test('U10 shows fewer rows in larger type where it is read from further away', async () => {
    const usual = await rows.count()
    const typeOf = () => rows.first().evaluate((row) => parseFloat(getComputedStyle(row).fontSize))
    const usualType = await typeOf()
    await page.goto('/wall?distance=4&diagonal=55')
    await rows.first().waitFor()
    assert.ok((await typeOf()) >= 44, `${await typeOf()} px for 4 m and 55 inches`)
    assert.ok((await typeOf()) > usualType)
    assert.ok((await rows.count()) < usual)
    await page.getByText(`and ${COUNT - (await rows.count())} more`, { exact: true }).waitFor()
    const [scrolled, seen] = await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight])
    assert.ok(scrolled <= seen, `${scrolled} px on a screen of ${seen}`)
  })

  await t.test('U10 counts the day and names the units', async () => {
    await page.goto('/wall')
    const day = page.locator('.day')
    await day.filter({ hasText: new RegExp(`Received today\\s*${COUNT}\\D`) }).waitFor()
    await day.getByText('On time').waitFor()
    await page.locator('.strip').getByText(UNITS.patrol.name).waitFor()
  })

  await t.test('says while an exercise is under way', async () => {
    await scene.operator.raise({ source: 'video', category: 'FIRE', school: SCHOOLS.second.id, mode: 'exercise' })
    await page.getByText('Exercise under way: 1 exercise alert').waitFor()
    await page.locator('.day').filter({ hasText: new RegExp(`Received today\\s*${COUNT}\\D`) }).waitFor()
  })

  await t.test('offers nothing to command with', async () => {
    assert.equal(await page.locator('main').getByRole('button').count(), 0)
  })
})
