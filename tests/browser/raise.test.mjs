/** Taking a call by keyboard. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at } from './lib/browser.mjs'
import { SCHOOLS, UNITS } from './lib/district.mjs'
import { Scene } from './lib/scene.mjs'
import { Detail, rowOf } from './lib/screen.mjs'
import { story } from './lib/story.mjs'

const { first, second } = SCHOOLS

test('the desk by keyboard', async (t) => {
  const then = story(t)
  const scene = await Scene.open(t)
  const { page } = await scene.loggedIn('operator')
  const { keyboard } = page
  await page.waitForURL(at('/desk'))
  await page.getByText('No alert waits for a unit').waitFor()
  const school = page.getByRole('combobox', { name: 'School' })
  const category = page.getByRole('combobox', { name: 'Category' })
  const summary = page.getByLabel('Summary')
  let alert

  await then('U14 raises an alert without touching the mouse', async () => {
    await keyboard.press('F2')
    // The initials of 示例第一小学's pinyin.
    await keyboard.type('sldyxx')
    await page.getByRole('option', { name: first.name }).waitFor()
    await keyboard.press('Enter')
    await keyboard.press('Tab')
    await keyboard.type('fight')
    await page.getByRole('option', { name: 'Fight' }).waitFor()
    await keyboard.press('Enter')
    await keyboard.press('Enter')
    await rowOf(page, first).getByText('Fight').waitFor()
    const raised = await scene.operator.alerts()
    assert.equal(raised.length, 1)
    alert = raised[0].id
    assert.deepEqual(
      { school: raised[0].school, category: raised[0].category, source: raised[0].source },
      { school: first.id, category: 'FIGHT', source: 'phone110' },
    )
  })

  await then('is ready for the next call at once', async () => {
    assert.equal(await school.inputValue(), '')
    assert.ok(await school.evaluate((input) => input === document.activeElement))
  })

  await then('dispatches the raised alert', async () => {
    await new Detail(page, alert).root.waitFor()
    await keyboard.press('F8')
    await keyboard.type(UNITS.patrol.id)
    await keyboard.press('Tab')
    await keyboard.press('Space')
    await keyboard.press('Enter')
    await rowOf(page, first).getByText('Dispatched').waitFor()
    const { assignments } = await scene.operator.alert(alert)
    assert.deepEqual(assignments.map((one) => one.unit), [UNITS.patrol.id])
  })

  await then('U14 shows possible duplicates while the call is being taken', async () => {
    await keyboard.press('F2')
    await keyboard.type(first.name)
    await keyboard.press('Enter')
    await keyboard.press('Tab')
    await keyboard.type('fight')
    await keyboard.press('Enter')
    const duplicates = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Possible duplicates' }) }).last()
    await duplicates.getByText(`${alert} Fight`).waitFor()
  })

  await then('U14 loses nothing of what is typed while alerts come in', async () => {
    await summary.fill('Caller is a teacher; two pupils fi')
    await scene.gateway.raise({ source: 'one_key_alarm', category: 'THREAT', school: second.id })
    await rowOf(page, second).waitFor()
    assert.ok(await summary.evaluate((input) => input === document.activeElement))
    await keyboard.type('ght (example)')
    assert.equal(await summary.inputValue(), 'Caller is a teacher; two pupils fight (example)')
    assert.equal(await school.inputValue(), first.name)
    assert.equal(await category.inputValue(), 'Fight')
  })

  await then('U14 loses nothing of it by a reload either', async () => {
    await page.reload()
    await rowOf(page, second).waitFor()
    assert.equal(await summary.inputValue(), 'Caller is a teacher; two pupils fight (example)')
    assert.equal(await school.inputValue(), first.name)
  })
})
