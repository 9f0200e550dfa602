/** Text is shown as text (S17): a corpus of hostile strings through every field, on every page, printed and exported. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FIELDS, fieldsUnsaid, IDS, STRINGS, textFieldsOf } from './lib/hostile.mjs'
import { HostileWorld } from './lib/hostile_world.mjs'
import { run } from './lib/program.mjs'
import { Scene } from './lib/scene.mjs'

/** Some two hundred pages, each waited for. */
const PATIENCE = { timeout: 900_000 }

const of = (route, ...names) => names.map((name) => `${route} ${name}`)
const PLACE = of('POST /alerts', 'place.text')
const SUMMARY = of('POST /alerts', 'summary')
const PHONE = of('POST /alerts', 'caller_phone')
const NOTE = of('POST /alerts/{id}/note', 'text')
const STATION = of('PUT /stations/{id}', 'name')
const LEADER = of('PUT /stations/{id}', 'leader.name', 'leader.phone')
const LIAISON = of('PUT /stations/{id}', 'liaison.name', 'liaison.phone')
const SCHOOL = of('PUT /schools/{id}', 'name')
const CONTACT = of('PUT /schools/{id}', 'contact.name', 'contact.phone')
const UNIT = of('PUT /units/{id}', 'name')
const POLICY = of('PUT /policy', 'id', 'name')
const RULE = of('PUT /policy', 'rules[].id')
/** What was said while an alert was handled, and stands in its record. */
const RECORD = [
  ...SCHOOL, ...UNIT, ...PLACE, ...SUMMARY, ...NOTE, ...of('PUT /policy', 'id'),
  ...of('POST /alerts/{id}/feedback', 'text'),
  ...of('POST /alerts/{id}/reclassify', 'reason'),
  ...of('POST /alerts/{id}/resolve', 'result'),
  ...of('POST /alerts/{id}/close', 'result', 'no_arrival_reason'),
  ...of('POST /alerts/{id}/reopen', 'reason'),
  ...of('POST /alerts/{id}/turn-actual', 'reason'),
  ...of('POST /alerts/{id}/excuse', 'reason'),
  ...of('POST /alerts/{id}/correct', 'reason'),
  ...of('POST /alerts/{id}/defer-hazard', 'measure', 'informed'),
  ...of('POST /alerts/{id}/fix-hazard', 'text'),
  ...of('POST /assignments/{id}/decline', 'reason'),
  ...of('POST /assignments/{id}/cancel', 'reason'),
  ...of('POST /assignments/{id}/reinforce', 'text'),
]
const CALL = [...PLACE, ...SUMMARY, ...PHONE, ...of('POST /alerts/{id}/cancel', 'reason')]

const ZH = { locale: 'zh-CN' }
const EN = { locale: 'en-US' }
const DAY_MS = 86_400_000
const dayOf = (ms) => new Date(ms + DAY_MS / 3).toISOString().slice(0, 10)
/** What was written just now is in it. */
const TO_TODAY = new URLSearchParams({ from: dayOf(Date.now() - DAY_MS), to: dayOf(Date.now() + DAY_MS) })
const TABLE = '.list tbody td'
const row = (column) => `tbody td:nth-child(${column})`

/**
 * Who is shown which pages, what is there when they are, and where on them which fields are read. A page an
 * alert, where it is said whose; else every string of the field is on the one page.
 */
const SEEN = [
  { account: 'operator', each: 'handled', path: (id) => `/desk/${id}`, ready: 'article ol li', reads: { article: [...RECORD, ...PHONE] }, options: ZH },
  { account: 'operator', each: 'cancelled', path: (id) => `/desk/${id}`, ready: 'article ol li', reads: { article: CALL }, options: EN },
  { account: 'manager', each: 'handled', path: (id) => `/alerts/${id}/report`, ready: '.report td time', reads: { '.report': RECORD }, options: ZH, printed: true },
  {
    account: 'manager', each: 'handled', path: (id) => `/replay?alert=${id}&at=${new Date().toISOString()}`, ready: 'article ol li',
    reads: { article: RECORD }, options: EN,
  },
  { account: 'operator', path: '/desk', ready: '[data-row]', reads: { '.row .where': PLACE, '.row .summary': SUMMARY, '.units .name': UNIT }, options: EN },
  { account: 'operator', path: '/desk', ready: '[data-row]', act: raises, reads: { '[data-read]': SCHOOL }, options: EN },
  { account: 'operator', path: '/desk', ready: '[data-row]', act: pointsAtTheMap, options: EN },
  {
    account: 'operator', path: '/handover', ready: '[data-handover]', printed: true, options: EN,
    reads: { '[data-handover] strong': PLACE, '[data-handover] td:nth-child(3)': SUMMARY, '[data-handover] td:nth-child(6)': NOTE },
  },
  { account: 'screen', path: '/wall?scale=0.5', ready: '.wall li', act: hangs, options: ZH },
  { account: 'patrol', path: '/unit', ready: 'article', reads: { 'article h1, .duty strong': PLACE }, options: { viewport: { width: 390, height: 844 } } },
  { account: 'manager', path: '/stats?group=school&list=alerts', ready: 'section.list td', reads: { 'section.list td.words': [...SCHOOL, ...PLACE], main: SCHOOL }, options: EN },
  { account: 'manager', path: '/stats?group=station', ready: 'table', reads: { main: STATION }, options: ZH },
  { account: 'manager', path: '/stats?group=unit', ready: 'table', reads: { main: UNIT }, options: ZH },
  {
    account: 'manager', path: `/reports/bulletin?${TO_TODAY}`, ready: '[data-section=open] td time, [data-section=open] td:nth-child(9)', printed: true, options: EN,
    reads: { '[data-section=stations] tbody': [...STATION, 'PUT /stations/{id} leader.name'], '[data-section=open] tbody': PLACE },
  },
  { account: 'manager', path: (world) => world.bulletinOfAStation(), ready: 'footer.basis', reads: { 'footer.basis': of('GET /reports/bulletin', '?station') }, options: ZH },
  {
    account: 'manager', path: '/reports/campaign', ready: '[data-section=hazard_list] td', printed: true, options: ZH,
    reads: {
      '[data-section=schools] tbody': SCHOOL,
      '[data-section=hazard_list] tbody': [...PLACE, ...of('POST /alerts/{id}/defer-hazard', 'measure', 'informed')],
    },
  },
  { account: 'manager', path: '/reports/sampling', ready: 'tbody th button', options: EN, printed: true },
  {
    account: 'manager', path: '/reports/sampling?sample=1', ready: '.sampled', printed: true, options: ZH,
    reads: { '.sampled .line': [...SCHOOL, ...STATION], '.sampled .result': of('POST /alerts/{id}/close', 'result'), '.sampled .marked': of('POST /samples/{id}/score', 'remark') },
  },
  { account: 'manager', path: '/account', ready: '.sessions td', options: EN },
  { account: 'auditor', path: '/record', ready: TABLE, act: readsOn, reads: { [row(4)]: [...POLICY, ...SCHOOL, ...STATION, ...UNIT, ...of('POST /accounts', 'name')] }, options: ZH },
  ...IDS.map((_, index) => ({
    account: 'admin', before: (world) => world.adopts(index), path: '/admin?tab=policy', ready: '.rules td', of: index, options: EN,
    reads: { '.head': POLICY, [`.rules ${row(2)}`]: RULE },
  })),
  {
    account: 'admin', path: '/admin?tab=schools', ready: TABLE, options: ZH,
    reads: { [row(1)]: of('PUT /schools/{id}', '{id}'), [row(2)]: SCHOOL, [row(5)]: STATION, [row(8)]: CONTACT },
  },
  {
    account: 'admin', path: '/admin?tab=stations', ready: TABLE, options: EN,
    reads: { [row(1)]: of('PUT /stations/{id}', '{id}'), [row(2)]: STATION, [row(3)]: LEADER, [row(4)]: LIAISON },
  },
  { account: 'admin', path: '/admin?tab=units', ready: TABLE, reads: { [row(1)]: of('PUT /units/{id}', '{id}'), [row(2)]: UNIT, [row(4)]: STATION }, options: ZH },
  { account: 'admin', path: '/admin?tab=accounts', ready: TABLE, reads: { [row(1)]: of('POST /accounts', 'name') }, options: EN },
  { account: 'admin', path: '/admin?tab=sessions', ready: '.sessions td', options: ZH },
  { account: 'admin', path: '/admin?tab=schools', ready: TABLE, act: imports, reads: { '.faults td': of('POST /imports/schools', 'file') }, options: EN },
]

/** Takes a call at each school in turn; what its picker offers is kept on the page, to be read. */
async function raises(page, world) {
  await page.keyboard.press('F2')
  const school = page.getByRole('combobox', { name: 'School' })
  for (const name of world.written.texts(SCHOOL)) {
    await school.fill(name)
    const option = page.getByRole('option').filter({ hasText: name }).first()
    await option.waitFor()
    await option.evaluate((one) => {
      const kept = document.createElement('p')
      kept.dataset.read = ''
      kept.textContent = one.innerText
      document.querySelector('main').append(kept)
    })
  }
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Category' }).fill('hazard')
  await page.keyboard.press('Enter')
  await page.locator('.duplicates li').first().waitFor()
}

/** The only mark of the map is in its middle. */
async function pointsAtTheMap(page, world) {
  await page.keyboard.press('F10')
  const map = page.locator('.leaflet-container')
  await map.locator('canvas').first().waitFor()
  const { x, y, width, height } = await map.boundingBox()
  await page.mouse.move(x + width / 2 + 1, y + height / 2 + 1)
  await page.mouse.move(x + width / 2, y + height / 2)
  const [name] = world.written.texts(SCHOOL, 0)
  await page.locator('.leaflet-tooltip').filter({ hasText: name }).waitFor()
}

/** The wall shows as many as fit: each is a place as it was typed. */
async function hangs(page, world) {
  const shown = (await page.locator('.wall li strong').allInnerTexts()).map(plain)
  const places = world.written.texts(PLACE).map(plain)
  assert.ok(shown.length >= 10, `only ${shown.length} rows`)
  assert.deepEqual(shown.filter((one) => !places.includes(one)), [])
}

/** Reads the record to its beginning. */
async function readsOn(page) {
  const more = page.locator('.record .actions button')
  while ((await more.count()) > 0) {
    const rows = await page.locator('tbody tr').count()
    await more.click()
    await page.locator('tbody tr').nth(rows).waitFor()
  }
}

/** Checks a file of schools in which nothing is right. */
async function imports(page, world) {
  await page.getByRole('button', { name: 'Import from a file' }).click()
  await page.locator('input[type=file]').setInputFiles({ name: STRINGS[0], mimeType: 'text/csv', buffer: Buffer.from(world.file()) })
  await page.getByRole('button', { name: 'Check' }).click()
  await page.locator('.faults td').first().waitFor()
}

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

const plain = (text) => text.replace(/\s+/g, ' ').trim()

/** The page shows each text as it was typed, in its place. */
async function showsWhole(page, reads, textsOf, what) {
  for (const [place, fields] of Object.entries(reads)) {
    const shown = plain((await page.locator(place).allInnerTexts()).join(' '))
    for (const field of fields) {
      const texts = textsOf([field])
      assert.ok(texts.length > 0, `nothing was written into ${field}`)
      assert.deepEqual(texts.filter((text) => !shown.includes(plain(text))), [], `of ${field} not in ${place} of ${what}`)
    }
  }
}

/** On paper too there is nothing but text: no link, and no script for the reader of the file. */
async function isOnlyTextOnPaper(page, what) {
  const file = (await page.pdf({ format: 'A4' })).toString('latin1')
  assert.ok(file.startsWith('%PDF'))
  assert.doesNotMatch(file, /evil\.example|\/JavaScript|\/Launch/, what)
}

test('S17 every field of the API that takes text is in the table', async (t) => {
  const scene = await Scene.open(t)
  const document = await (await fetch(`${scene.server.origin}/api/v1/openapi.json`)).json()
  assert.deepEqual(fieldsUnsaid(document), [], 'put them into FIELDS, or say why nobody reads them')
  const known = new Set(textFieldsOf(document))
  const made = Object.keys(FIELDS).filter((field) => !known.has(field))
  assert.deepEqual(made.filter((field) => !/\{id\}$|User-Agent$| file$/.test(field)), [], 'no longer in the document')
})

test('S17 hostile strings are shown as they are and make nothing of the page', PATIENCE, async (t) => {
  const scene = await Scene.open(t)
  const world = await HostileWorld.in(scene)
  const people = new Map()
  async function seated(account, options) {
    const key = JSON.stringify([account, options])
    if (!people.has(key)) {
      const person = await scene.loggedIn(account, options)
      person.page.on('dialog', (dialog) => {
        person.witness.note(`a dialog: ${dialog.message()}`)
        dialog.dismiss()
      })
      people.set(key, person)
    }
    return people.get(key)
  }

  for (const { account, options, each, path, ready, before, act, reads = {}, printed, ...one } of SEEN) {
    await t.test(`to ${account}: ${named(path)}`, async () => {
      const { page, witness } = await seated(account, options)
      const of = (index) => (each === 'cancelled' ? `cancelled ${index}` : index)
      const pages = each
        ? world[each].map((alert, index) => ({ path: path(alert), of: of(index) }))
        : [{ path: typeof path === 'string' ? path : path(world), of: one.of }]
      await before?.(world)
      for (const { path, of } of pages) {
        await page.goto(path)
        await page.locator(ready).first().waitFor()
        await act?.(page, world)
        const textsOf = (fields) => world.written.texts(fields, of)
        await showsWhole(page, reads, textsOf, path)
        assert.deepEqual(await madeOf(page), [], path)
        if (!printed) continue
        await page.emulateMedia({ media: 'print' })
        await showsWhole(page, reads, textsOf, `${path} printed`)
        assert.deepEqual(await madeOf(page), [], `${path} printed`)
        await isOnlyTextOnPaper(page, path)
        await page.emulateMedia({ media: 'screen' })
      }
      assert.deepEqual(witness.complaints, [])
    })
  }

  await t.test('and all of it was written, and read somewhere', () => {
    world.written.isWhole()
    const read = SEEN.flatMap(({ reads = {} }) => Object.values(reads).flat())
    const unread = Object.keys(FIELDS).filter((field) => !FIELDS[field].unseen && !read.includes(field))
    assert.deepEqual(unread, [], 'no page is read for them')
  })

  await t.test('no cell of an export is a formula', async () => {
    const files = [await run(['export', 'alerts', '--data', scene.server.data])]
    for (const what of ['reports/bulletin', 'reports/campaign', 'samples/1']) {
      files.push(await world.manager.file(`/${what}/export?format=csv`))
    }
    for (const file of files) {
      const cells = cellsOf(file.replace(/^\uFEFF/, ''))
      assert.ok(cells.length > STRINGS.length * 10, 'nothing was exported')
      // A negative figure is a number, not a formula.
      assert.deepEqual(cells.filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell) && Number.isNaN(Number(cell))), [])
    }
  })

  await t.test('and what one would make is found, on the screen and on paper', async () => {
    const { page } = await seated('manager', EN)
    await page.evaluate((text) => {
      document.querySelector('main').insertAdjacentHTML('beforeend', text)
    }, `${STRINGS[3]}<a href="http://evil.example/">x</a>`)
    assert.equal((await madeOf(page)).length, 1)
    await assert.rejects(isOnlyTextOnPaper(page, 'a page with a link'))
  })
})

/** A page's address for a test's name, without what is only known when it is opened. */
const named = (path) => (typeof path === 'string' ? path : String(path).replace(/^.*=> /, '')).replaceAll(/[`'"]/g, '')

/** The cells of a CSV table. */
function cellsOf(text) {
  const cells = []
  for (const [, quoted, plain] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r?\n|$)/g)) {
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
  }
  return cells
}
