/**
 * Pictures of every page in both languages, of a demonstration: `node screenshots.mjs [FOLDER [NAME…]]`
 * takes all of them, or those whose names begin so.
 */

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from './lib/authenticator.mjs'
import { ROOT } from './lib/binary.mjs'
import { launch, Person } from './lib/browser.mjs'
import { Demo, sendVisitorsUnit } from './lib/demo.mjs'
import { PASSWORD, Server } from './lib/server.mjs'

const [folder = join(ROOT, 'target', 'screenshots'), ...wanted] = process.argv.slice(2)
const LOCALES = { zh: 'zh-CN', en: 'en-US' }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
const WALL = { viewport: { width: 1920, height: 1080 } }
const HELP = ['operator', 'unit', 'manager', 'admin', 'protection']
const TABS = ['policy', 'schools', 'stations', 'units', 'accounts', 'sessions']

/** Whom a page is shown to, what must be there first, and what is done before the picture. */
const PAGES = {
  login: { path: '/login', ready: 'h1' },
  help: { path: '/help', ready: 'h1', whole: true },
  ...Object.fromEntries(HELP.map((which) => [`help-${which}`, { path: `/help/${which}`, ready: 'h1', whole: true }])),
  desk: { role: 'operator', ready: '[data-row]', act: openFirst },
  'desk-1280': { role: 'operator', ready: '[data-row]', act: openFirst, options: { viewport: { width: 1280, height: 720 } } },
  'desk-dispatch': { role: 'operator', ready: '[data-row]', act: openDispatch },
  'desk-map': { role: 'operator', ready: '[data-row]', act: openMap },
  'desk-keys': { role: 'operator', ready: '[data-row]', act: openKeys },
  handover: { role: 'supervisor', path: '/handover', ready: 'table', whole: true },
  wall: { role: 'screen', ready: '.wall li', options: WALL },
  phone: { role: 'unit', ready: '.phone article', options: PHONE },
  'phone-whole': { role: 'unit', ready: '.phone article', options: PHONE, whole: true },
  'phone-offline': { role: 'unit', ready: '.phone article', options: PHONE, act: pressOffline },
  stats: { role: 'manager', ready: 'table', whole: true, act: untilDrawn },
  'stats-list': { role: 'manager', path: '/stats?list=late', ready: '.list tbody tr' },
  bulletin: { role: 'manager', path: '/reports/bulletin', ready: 'table', whole: true },
  campaign: { role: 'manager', path: '/reports/campaign', ready: 'table', whole: true },
  sampling: { role: 'manager', path: '/reports/sampling', ready: 'table', whole: true, act: drawSample },
  replay: { role: 'manager', path: () => `/replay?at=${new Date(Date.now() - 5_000).toISOString()}`, ready: '[data-row]', act: openFirst },
  report: { role: 'manager', path: '/stats?list=late', ready: '.list tbody a', act: openReport, whole: true },
  record: { role: 'auditor', path: '/record', ready: 'tbody tr' },
  account: { role: 'supervisor', path: '/account', ready: 'table' },
  ...Object.fromEntries(TABS.map((tab) => [`admin-${tab}`, { role: 'admin', path: `/admin?tab=${tab}`, ready: 'table', whole: true }])),
  'admin-account': { role: 'admin', path: '/admin?tab=accounts', ready: 'table', act: manageAccount },
  'admin-school': { role: 'admin', path: '/admin?tab=schools', ready: 'table', act: editFirst },
  // Last: its clock has run out by then.
  'phone-overdue': { role: 'unit', ready: '.phone article', options: PHONE, act: untilOverdue },
}

async function openFirst(page) {
  const dispatched = page.locator('section').filter({ has: page.getByRole('heading', { name: /处置中|In progress/ }) }).locator('[data-row]')
  await dispatched.or(page.locator('[data-row]')).first().click()
  await page.locator('article').waitFor()
  await page.mouse.move(0, 0)
}

async function openDispatch(page) {
  await page.locator('[data-row]').first().click()
  await page.locator('article').waitFor()
  await page.keyboard.press('F8')
  await page.mouse.move(0, 0)
}

async function openMap(page) {
  await openFirst(page)
  await page.keyboard.press('F10')
  await page.locator('.leaflet-container').waitFor()
}

async function openKeys(page) {
  await page.keyboard.press('F1')
  await page.locator('dialog[open]').waitFor()
}

async function pressOffline(page) {
  await page.context().setOffline(true)
  await page.locator('[data-primary]').tap()
  await page.getByText(/待上传 1|1 to send/).waitFor()
}

async function untilOverdue(page) {
  await page.locator('.countdown .digits').filter({ hasText: '+' }).first().waitFor({ timeout: 320_000 })
}

async function untilDrawn(page) {
  await page.locator('.chart canvas').nth(2).waitFor()
}

async function drawSample(page) {
  await page.locator('form.draw button[type=submit]').click()
  await page.locator('tbody th button').first().click()
  await page.locator('article button').first().click()
  await page.locator('fieldset').first().waitFor()
}

async function openReport(page) {
  await page.locator('.list tbody a').first().click()
  await page.locator('footer code').first().waitFor()
}

async function manageAccount(page) {
  await page.locator('td.act button').first().click()
  await page.locator('.acts').waitFor()
}

async function editFirst(page) {
  await page.locator('tbody tr').first().getByRole('button').first().click()
  await page.locator('form input[name=name]').waitFor()
}

const isWanted = (name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start))

async function takePages(browser, origin) {
  for (const [name, { path, role, ready, act, options, whole = false }] of Object.entries(PAGES)) {
    if (!isWanted(name)) continue
    for (const [language, locale] of Object.entries(LOCALES)) {
      const { page, context } = await Person.seated(browser, origin, { locale, ...options })
      try {
        if (role) await page.goto(`/demo/${role}`)
        if (path) await page.goto(typeof path === 'function' ? path() : path)
        await page.locator(ready).first().waitFor({ timeout: 30_000 })
        await act?.(page)
        await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined)
        await page.screenshot({ path: join(folder, `${name}-${language}.png`), fullPage: whole })
      } catch (error) {
        throw new Error(`no picture of ${name} in ${language}`, { cause: error })
      } finally {
        await context.close()
      }
    }
  }
}

/** The first administrator: the one-time link, the second factor, the recovery codes. */
async function takeSetup(browser, language, locale) {
  const server = await Server.prepare()
  server.strict = true
  try {
    await server.start()
    const [link] = await server.says(/https?:\/\/\S+\/setup#\S+/)
    const { page } = await Person.seated(browser, server.origin, { locale })
    const take = (name) => page.screenshot({ path: join(folder, `${name}-${language}.png`) })
    await page.goto(link)
    await page.locator('form').waitFor()
    await take('setup')
    await page.locator('input[name=password]').fill(PASSWORD)
    await page.locator('input[name=repeated]').fill(PASSWORD)
    await page.locator('form button.primary').click()
    await page.locator('.qr').waitFor()
    await take('setup-factor')
    await page.locator('input[name=code]').fill(codeOf(await page.locator('code').innerText()))
    await page.locator('form button.primary').click()
    await page.locator('li code').first().waitFor()
    await take('setup-recovery')
  } finally {
    await server.discard()
  }
}

await mkdir(folder, { recursive: true })
const browser = await launch()
const demo = await Demo.start(['--speed', '4'])
try {
  await sendVisitorsUnit(demo.origin)
  for (const [language, locale] of Object.entries(LOCALES)) {
    if (isWanted('setup')) await takeSetup(browser, language, locale)
  }
  await takePages(browser, demo.origin)
  console.log(folder)
} finally {
  await browser.close()
  await demo.stop()
}
