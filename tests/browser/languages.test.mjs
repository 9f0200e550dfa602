/** Every page in both languages: complete, and behaving. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at } from './lib/browser.mjs'
import { SCHOOLS, STATION, UNITS } from './lib/district.mjs'
import { Scene } from './lib/scene.mjs'
import { PASSWORD } from './lib/server.mjs'
import { rawAmong, textsOf } from './lib/texts.mjs'

const HAN = /\p{Script=Han}/u
const CHINESE = /[\p{Script=Han}，。；：？！、（）“”]/u
/** Names in the other language's letters, so that what is left in a wrong language is the screens' own. */
const LATIN = {
  [STATION.id]: 'Example Station',
  [SCHOOLS.first.id]: 'Example First Primary',
  [SCHOOLS.second.id]: 'Example Second Secondary',
  [SCHOOLS.third.id]: 'Example Third Kindergarten',
  [UNITS.patrol.id]: 'Example Patrol 1',
  [UNITS.traffic.id]: 'Example Traffic 1',
}
/** What may stand in Latin letters on a Chinese screen: codes, ids, accounts, formats, the switch. */
const LATIN_ON_CHINESE =
  /^(English|Example.*|admin|auditor|console|operator|screen|manager|gateway|patrol|campus-dispatch.*|CSV|Enter|Space|Shift|Ctrl|F\d+|UTC|example)$/i

/** Words in Latin letters; what a hash has of them is none. */
const wordsOf = (text) => text.replace(/\b[0-9a-f]{32,}\b/g, '').match(/[A-Za-z]{4,}/g) ?? []

const LANGUAGES = [
  {
    name: 'English', locale: 'en-US', lang: 'en', names: LATIN,
    foreign: (text) => CHINESE.test(text) && text !== '中文',
  },
  {
    name: 'Chinese', locale: 'zh-CN', lang: 'zh-CN', names: {},
    foreign: (text) => !HAN.test(text) && wordsOf(text).some((word) => !LATIN_ON_CHINESE.test(word)),
  },
]

for (const language of LANGUAGES) {
  test(`in ${language.name}`, async (t) => {
    const scene = await Scene.open(t, { names: language.names })
    const options = { locale: language.locale }
    await aDayBehind(scene)
    const rules = await ruleNames(scene.admin)
    const isForeign = (text) => !rules.has(text) && language.foreign(text)

    async function complete({ page, witness }) {
      assert.equal(await page.evaluate(() => document.documentElement.lang), language.lang)
      const texts = await textsOf(page)
      assert.ok(texts.length > 3, `nothing on the page but ${texts}`)
      assert.deepEqual(rawAmong(texts), [], 'names of the code on the page')
      assert.deepEqual(texts.filter(isForeign), [], 'another language on the page')
      assert.deepEqual(witness.complaints, [])
    }

    await t.test('the pages before a session', async () => {
      const visitor = await scene.person(options)
      for (const path of ['/login', '/setup', '/setup#not-the-token', '/help', '/help/operator', '/help/unit', '/help/manager', '/help/admin', '/help/protection', '/no-such-page']) {
        await visitor.page.goto(path)
        await visitor.page.locator('h1').waitFor()
        await complete(visitor)
      }
    })

    await t.test('the desk with an alert at every stage', async () => {
      const person = await scene.loggedIn('operator', options)
      for (const id of scene.alerts) {
        await person.page.goto(`/desk/${id}`)
        await person.page.locator('article').waitFor()
        // Every act's form is a text of its own.
        const acts = person.page.locator('article').getByRole('toolbar').getByRole('button')
        for (const act of await acts.all()) {
          await act.click()
          await complete(person)
        }
        await complete(person)
      }
    })

    await t.test('the hand-over list, the map and the keys', async () => {
      const person = await scene.loggedIn('operator', options)
      await person.page.goto('/handover')
      await person.page.locator('[data-handover]').first().waitFor()
      await complete(person)
      await person.page.goto('/desk')
      await person.page.locator('[data-row]').first().waitFor()
      await person.page.keyboard.press('F10')
      await person.page.locator('.leaflet-container').waitFor()
      await complete(person)
      await person.page.keyboard.press('F1')
      await person.page.locator('dialog[open]').waitFor()
      await complete(person)
    })

    await t.test('the wall', async () => {
      const person = await scene.loggedIn('screen', options)
      await person.page.locator('.wall li').first().waitFor()
      await complete(person)
    })

    await t.test('the phone', async () => {
      const person = await scene.loggedIn('patrol', { ...options, viewport: { width: 390, height: 844 } })
      await person.page.locator('article').waitFor()
      await complete(person)
    })

    await t.test('the statistics', async () => {
      const person = await scene.loggedIn('manager', options)
      await person.page.waitForURL(at('/stats'))
      await person.page.getByRole('table').first().waitFor()
      await complete(person)
    })

    await t.test('the report of an alert at every stage, and the replay', async () => {
      const person = await scene.loggedIn('manager', options)
      for (const id of scene.alerts) {
        await person.page.goto(`/alerts/${id}/report`)
        await person.page.locator('footer code').first().waitFor()
        await complete(person)
      }
      await person.page.goto(`/replay?at=${new Date().toISOString()}&alert=${scene.alerts[3]}`)
      await person.page.locator('article').waitFor()
      await complete(person)
    })

    await t.test('the reports, with this week’s alerts', async () => {
      const person = await scene.loggedIn('manager', options)
      await person.page.goto('/reports/bulletin')
      await person.page.getByRole('button', { name: /^(下一周|Week after)$/ }).click()
      await person.page.locator('[data-section=stations] a.figure').first().waitFor()
      await complete(person)
      for (const which of ['campaign', 'sampling']) {
        await person.page.goto(`/reports/${which}`)
        await person.page.getByRole('table').first().waitFor()
        await complete(person)
      }
    })

    await t.test('the record of access and the own account', async () => {
      await scene.admin.command('/accounts', { name: 'auditor', role: 'auditor', password: PASSWORD })
      await scene.operator.command('/statistics/response/export?format=print')
      const person = await scene.loggedIn('auditor', options)
      for (const path of ['/record', '/account']) {
        await person.page.goto(path)
        await person.page.locator('tbody tr').first().waitFor()
        await complete(person)
      }
    })

    await t.test('the administration, every tab', async () => {
      const person = await scene.loggedIn('admin', options)
      await person.page.waitForURL(at('/admin'))
      const tabs = person.page.getByRole('tab')
      await tabs.first().waitFor()
      for (const tab of await tabs.all()) {
        await tab.click()
        await complete(person)
      }
      await tabs.getByText(/^(账号|Accounts)$/).click()
      await person.page.locator('td.act button').first().click()
      await person.page.locator('section.acts').waitFor()
      await complete(person)
    })
  })
}

test('the switch of languages', async (t) => {
  const scene = await Scene.open(t)
  const { page } = await scene.loggedIn('operator', { locale: 'zh-CN' })
  const lang = () => page.evaluate(() => document.documentElement.lang)

  await t.test('turns the page over at once', async () => {
    await page.getByRole('heading', { name: '接警登记' }).waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'New alert' }).waitFor()
    assert.equal(await lang(), 'en')
  })

  await t.test('is remembered', async () => {
    await page.reload()
    await page.getByRole('heading', { name: 'New alert' }).waitFor()
    assert.equal(await lang(), 'en')
  })
})

/** Rules are called what the centre calls them, in every language. */
async function ruleNames(admin) {
  const { presets } = await admin.get('/policy/presets')
  const policies = [await admin.get('/policy'), ...presets]
  return new Set(policies.flatMap(({ rules }) => rules.map((rule) => rule.id)))
}

/** Alerts at several stages, of several kinds, with a unit on its way. */
async function aDayBehind(scene) {
  const { operator, gateway } = scene
  const raise = (school, category, more = {}) =>
    operator.raise({ source: 'school_staff', category, school: school.id, summary: '', ...more })
  const waiting = await gateway.raise({ source: 'one_key_alarm', category: 'INTRUSION', school: SCHOOLS.first.id })
  const exercise = await raise(SCHOOLS.second, 'FIRE', { mode: 'exercise' })
  const inquiry = await raise(SCHOOLS.third, 'OTHER', { severity: 'L0' })
  const going = await raise(SCHOOLS.third, 'FIGHT', { caller_phone: '13800000000' })
  const [assignment] = await operator.dispatch(going, UNITS.patrol.id)
  await operator.command(`/assignments/${assignment}/acknowledge`)
  const closed = await raise(SCHOOLS.second, 'DISPUTE')
  await operator.command(`/alerts/${closed}/resolve`, { disposition: 'no_police_needed', result: '1' })
  await operator.command(`/alerts/${closed}/close`, {
    no_arrival_reason: '1', police_count: 0, injured_count: 0, validity: 'valid',
  })
  const cancelled = await raise(SCHOOLS.first, 'CROWD')
  await operator.command(`/alerts/${cancelled}/cancel`, { reason: '1' })
  scene.alerts = [waiting, exercise, inquiry, going, closed, cancelled]
}
