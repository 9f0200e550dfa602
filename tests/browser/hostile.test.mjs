/** Text is shown as text (S17): a corpus of hostile strings through every field, on every page, printed and exported. */

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from './lib/binary.mjs'
import { SCHOOLS, STATION, UNITS } from './lib/district.mjs'
import { run } from './lib/program.mjs'
import { Scene } from './lib/scene.mjs'
import { PASSWORD } from './lib/server.mjs'

const STRINGS = JSON.parse(await readFile(join(ROOT, 'tests', 'data', 'hostile-strings.json'), 'utf8'))
/** Names have fewer characters than texts. */
const NAMES = STRINGS.filter((text) => [...text].length <= 100)

/** Who is shown which pages, and what is there when they are. */
const SEEN = [
  { account: 'operator', pages: (ids) => ['/desk', ...ids.map((id) => `/desk/${id}`)], ready: 'article, [data-row]', options: { locale: 'zh-CN' } },
  { account: 'operator', pages: () => ['/handover'], ready: 'table', options: { locale: 'en-US' } },
  { account: 'screen', pages: () => ['/wall'], ready: '.wall li', options: { locale: 'zh-CN' } },
  { account: 'patrol', pages: () => ['/unit'], ready: 'article', options: { viewport: { width: 390, height: 844 } } },
  { account: 'manager', pages: () => ['/stats', '/reports/bulletin', '/reports/campaign'], ready: 'table', options: { locale: 'en-US' } },
  { account: 'manager', pages: (ids) => ids.map((id) => `/replay?alert=${id}&at=${new Date().toISOString()}`), ready: '.lists [data-row]', options: { locale: 'zh-CN' } },
  { account: 'manager', pages: (ids) => ids.map((id) => `/alerts/${id}/report`), ready: '.report h1', options: { locale: 'zh-CN' } },
  { account: 'auditor', pages: () => ['/record'], ready: 'table', options: { locale: 'zh-CN' } },
  {
    account: 'admin',
    pages: () => ['policy', 'schools', 'stations', 'units', 'accounts', 'sessions'].map((tab) => `/admin?tab=${tab}`),
    ready: 'table',
    options: { locale: 'zh-CN' },
  },
]

/** What the strings would have made of the page, if anything had been taken for more than text. */
const madeOf = (page) =>
  page.evaluate(() => {
    const made = '[data-hostile], iframe, object, embed, base, meta[http-equiv=refresh], script:not([src]), style[data-x]'
    const found = [...document.querySelectorAll(made)].map((one) => one.outerHTML.slice(0, 200))
    for (const one of document.querySelectorAll('*')) {
      for (const { name, value } of one.attributes) {
        const acts = name.startsWith('on') || (/^(href|src|action|formaction|xlink:href)$/.test(name) && /^\s*(javascript|data|vbscript):/i.test(value))
        if (acts && !value.startsWith('data:image/')) found.push(`${one.tagName} ${name}=${value.slice(0, 100)}`)
      }
    }
    if ('hostile' in window) found.push('a string was run')
    return found
  })

test('S17 hostile strings are shown as they are and make nothing of the page', async (t) => {
  const scene = await Scene.open(t)
  const alerts = await everywhere(scene)
  for (const { account, pages, ready, options } of SEEN) {
    await t.test(`to ${account}`, async () => {
      const { page, witness } = await scene.loggedIn(account, options)
      page.on('dialog', (dialog) => {
        witness.note(`a dialog: ${dialog.message()}`)
        dialog.dismiss()
      })
      for (const path of pages(alerts)) {
        await page.goto(path)
        await page.locator(ready).first().waitFor()
        assert.deepEqual(await madeOf(page), [], path)
        await page.emulateMedia({ media: 'print' })
        assert.deepEqual(await madeOf(page), [], `${path} printed`)
        await page.emulateMedia({ media: 'screen' })
        const index = alerts.findIndex((id) => path === `/desk/${id}`)
        if (index >= 0) await showsWhole(page, STRINGS[index])
      }
      assert.deepEqual(witness.complaints, [])
    })
  }

  await t.test('and what one would make is found', async () => {
    const { page } = await scene.loggedIn('manager')
    await page.evaluate((text) => {
      document.querySelector('main').insertAdjacentHTML('beforeend', text)
    }, STRINGS[3])
    assert.equal((await madeOf(page)).length, 1)
  })
})

/** The alert on the desk shows a text as it was typed. */
async function showsWhole(page, text) {
  const plain = (one) => one.replace(/\s+/g, ' ').trim()
  const article = page.locator('article').first()
  await article.waitFor()
  const shown = plain(await article.innerText())
  assert.ok(shown.includes(plain(text)), `${text} is not in ${shown}`)
}

test('S17 no cell of an export is a formula', async (t) => {
  const scene = await Scene.open(t)
  await everywhere(scene)
  const table = await run(['export', 'alerts', '--data', scene.server.data])
  const cells = cellsOf(table.replace(/^\uFEFF/, ''))
  assert.ok(cells.length > STRINGS.length * 10, 'nothing was exported')
  assert.deepEqual(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell)), [])
})

/** The cells of a CSV table. */
function cellsOf(text) {
  const cells = []
  for (const [, quoted, plain] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r?\n|$)/g)) {
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
  }
  return cells
}

/** Puts the strings into every field there is; gives the alerts, one a string. */
async function everywhere({ admin, operator, gateway }) {
  const name = (index) => NAMES[index % NAMES.length]
  await admin.command('/accounts', { name: 'auditor', role: 'auditor', password: PASSWORD })
  const contact = (index) => ({ name: name(index), phone: name(index + 1) })
  await admin.put(`/stations/${STATION.id}`, { name: name(0), leader: contact(1), liaison: contact(3) })
  for (const [index, school] of Object.values(SCHOOLS).entries()) {
    const { id, ...said } = school
    await admin.put(`/schools/${id}`, { ...said, name: name(index + 4), station: STATION.id, contact: contact(index + 5) })
  }
  for (const [index, { id, kind }] of Object.values(UNITS).entries()) {
    await admin.put(`/units/${id}`, { name: name(index + 7), kind, station: STATION.id })
  }
  const policy = await admin.get('/policy')
  const next = { ...policy, id: 'hostile', name: name(9), version: policy.version + 1, effective_from: new Date().toISOString() }
  await admin.put('/policy', next)
  const alerts = []
  for (const text of STRINGS) {
    const place = { text: NAMES.includes(text) ? text : 'place' }
    alerts.push(await operator.raise({ source: 'phone110', category: 'FIGHT', place, summary: text, caller_phone: '13800000000' }))
    await operator.command(`/alerts/${alerts.at(-1)}/note`, { text })
  }
  await gateway.raise({ source: 'one_key_alarm', category: 'INTRUSION', school: SCHOOLS.first.id, source_alarm_id: NAMES[0] })
  // One at every end, and each verb's text.
  const [sent, declined, cancelled, resolved, downgraded] = alerts
  const [mine] = await operator.dispatch(sent, UNITS.patrol.id)
  await operator.command(`/assignments/${mine}/acknowledge`)
  await operator.command(`/assignments/${mine}/arrive`)
  await operator.command(`/alerts/${sent}/feedback`, { kind: 'progress', text: STRINGS[0], assignment: mine })
  const [other] = await operator.dispatch(declined, UNITS.traffic.id)
  await operator.command(`/assignments/${other}/decline`, { reason: NAMES[1] })
  await operator.command(`/alerts/${cancelled}/cancel`, { reason: NAMES[2] })
  await operator.command(`/alerts/${resolved}/resolve`, { disposition: 'no_police_needed', result: STRINGS[3] })
  await operator.command(`/alerts/${resolved}/close`, {
    no_arrival_reason: NAMES[3], police_count: 0, injured_count: 0, validity: 'valid',
  })
  await operator.command(`/alerts/${downgraded}/reclassify`, { severity: 'L1', reason: NAMES[4] })
  return alerts
}
