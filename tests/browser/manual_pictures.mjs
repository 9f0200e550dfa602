/** The pictures of the manuals, of an invented district, in both languages: `node manual_pictures.mjs`. */

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './lib/binary.mjs'
import { launch, Person } from './lib/browser.mjs'
import { Demo, sendVisitorsUnit } from './lib/demo.mjs'
import { webpOf } from './lib/webp.mjs'

const folder = join(ROOT, 'static/public/manual')
const LOCALES = { zh: 'zh-CN', en: 'en-US' }
const DESK = { viewport: { width: 1440, height: 900 } }
const WALL = { viewport: { width: 1920, height: 1080 } }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }

/** Who sees it, what must be there, what is done before the picture, and how wide the picture is. */
const PICTURES = {
  desk: { role: 'operator', ready: '[data-row]', act: openActive, options: DESK, width: 1200 },
  'desk-dispatch': { role: 'operator', ready: '[data-row]', act: openDispatch, options: DESK, width: 1200 },
  'desk-map': { role: 'operator', ready: '[data-row]', act: openMap, options: DESK, width: 1200 },
  'desk-alarms': { role: 'operator', ready: '[data-row]', act: showAlarms, options: DESK, width: 1200 },
  wall: { role: 'screen', ready: '.wall li', options: WALL, width: 1200 },
  phone: { role: 'unit', ready: '.phone article', options: PHONE, width: 480 },
  'phone-raise': { role: 'unit', ready: '.phone article', act: openRaise, options: PHONE, width: 480 },
  'phone-offline': { role: 'unit', ready: '.phone article', act: pressOffline, options: PHONE, width: 480 },
  handover: { role: 'supervisor', path: '/handover', ready: 'table', options: DESK, width: 1200 },
  stats: { role: 'manager', ready: 'table', options: DESK, width: 1200 },
  'stats-chart': { role: 'manager', ready: 'table', act: showCharts, options: DESK, width: 1200 },
  bulletin: { role: 'manager', path: '/reports/bulletin', ready: '[data-section] table', options: DESK, width: 1200 },
  replay: { role: 'manager', path: lately, ready: '[data-row]', act: openActive, options: DESK, width: 1200 },
  policy: { role: 'admin', ready: 'table', options: DESK, width: 1200 },
  schools: { role: 'admin', path: '/admin?tab=schools', ready: 'table', options: DESK, width: 1200 },
  accounts: { role: 'admin', path: '/admin?tab=accounts', ready: 'table', options: DESK, width: 1200 },
}

async function openActive(page) {
  const active = page.locator('section').filter({ has: page.getByRole('heading', { name: /处置中|In progress/ }) }).locator('[data-row]')
  await active.or(page.locator('[data-row]')).first().click()
  await page.locator('article').waitFor()
  await page.mouse.move(0, 0)
}

async function openDispatch(page) {
  await page.locator('[data-row]').first().click()
  await page.locator('article').waitFor()
  await page.keyboard.press('F8')
  await page.mouse.move(0, 0)
}

async function showAlarms(page) {
  await openActive(page)
  await page.keyboard.press('F4')
  await page.getByText(/未知悉|[Uu]nseen|[Nn]ot seen|to be seen/).first().waitFor({ timeout: 120_000 })
}

async function openMap(page) {
  await openActive(page)
  await page.keyboard.press('F10')
  await page.locator('.leaflet-container').waitFor()
}

/** The board as it stood a little while ago. */
function lately() {
  return `/replay?at=${new Date(Date.now() - 5_000).toISOString()}`
}

async function showCharts(page) {
  await page.locator('.chart canvas').nth(2).waitFor()
  await page.locator('.chart-pane').nth(1).evaluate((pane) => pane.scrollIntoView({ block: 'start' }))
}

async function openRaise(page) {
  await page.getByRole('button', { name: /^(上报警情|Report an alert)$/ }).tap()
  await page.locator('.choices').waitFor()
  await page.locator('.choices').evaluate((panel) => panel.scrollIntoView({ block: 'end' }))
}

async function pressOffline(page) {
  await page.context().setOffline(true)
  await page.locator('[data-primary]').tap()
  await page.getByText(/待上传 1|1 to send/).waitFor()
}

await mkdir(folder, { recursive: true })
const browser = await launch()
const demo = await Demo.start(['--speed', '4'])
let bytes = 0
try {
  await sendVisitorsUnit(demo.origin)
  for (const [name, { role, path, ready, act, options, width }] of Object.entries(PICTURES)) {
    for (const [language, locale] of Object.entries(LOCALES)) {
      const { page, context } = await Person.seated(browser, demo.origin, { locale, ...options })
      await page.goto(`/demo/${role}`)
      if (path) await page.goto(typeof path === 'function' ? path() : path)
      await page.locator(ready).first().waitFor({ timeout: 60_000 })
      await act?.(page)
      await page.evaluate(() => document.fonts.ready.then(() => undefined))
      const picture = await webpOf(browser, await page.screenshot(), width)
      await writeFile(join(folder, `${name}-${language}.webp`), picture)
      bytes += picture.length
      await context.close()
    }
  }
  console.log(`${folder}: ${(bytes / 1000).toFixed(0)} kB`)
} finally {
  await browser.close()
  await demo.stop()
}
