/** Pictures of every page in both languages, of a demonstration: `node screenshots.mjs [FOLDER]`. */

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './lib/binary.mjs'
import { launch, Person } from './lib/browser.mjs'
import { Demo, sendVisitorsUnit } from './lib/demo.mjs'
import { Server } from './lib/server.mjs'

const folder = process.argv[2] ?? join(ROOT, 'target', 'screenshots')
const LOCALES = { zh: 'zh-CN', en: 'en-US' }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
const WALL = { viewport: { width: 1920, height: 1080 } }

/** Whom a page is shown to, what must be there first, and what is done before the picture. */
const PAGES = {
  login: { path: '/login', ready: 'h1' },
  help: { path: '/help', ready: 'h1' },
  desk: { role: 'operator', ready: '[data-row]', act: openFirst },
  'desk-1280': { role: 'operator', ready: '[data-row]', act: openFirst, options: { viewport: { width: 1280, height: 720 } } },
  wall: { role: 'screen', ready: '.wall li', options: WALL },
  phone: { role: 'unit', ready: '.phone article', options: PHONE },
  stats: { role: 'manager', ready: 'table' },
  'admin-policy': { role: 'admin', ready: 'table' },
  'admin-schools': { role: 'admin', ready: 'h1, [role=tab]', path: '/admin?tab=schools' },
  'admin-units': { role: 'admin', ready: 'h1, [role=tab]', path: '/admin?tab=units' },
  'admin-accounts': { role: 'admin', ready: 'h1, [role=tab]', path: '/admin?tab=accounts' },
}

async function openFirst(page) {
  const dispatched = page.locator('section').filter({ has: page.getByRole('heading', { name: /处置中|In progress/ }) }).locator('[data-row]')
  await dispatched.or(page.locator('[data-row]')).first().click()
  await page.locator('article').waitFor()
  await page.mouse.move(0, 0)
}

async function takePages(browser, origin) {
  for (const [name, { path, role, ready, act, options }] of Object.entries(PAGES)) {
    for (const [language, locale] of Object.entries(LOCALES)) {
      const { page, context } = await Person.seated(browser, origin, { locale, ...options })
      if (role) await page.goto(`/demo/${role}`)
      if (path) await page.goto(path)
      await page.locator(ready).first().waitFor({ timeout: 30_000 })
      await act?.(page)
      await page.waitForLoadState('networkidle').catch(() => undefined)
      await page.screenshot({ path: join(folder, `${name}-${language}.png`), fullPage: name.startsWith('stats') || name.startsWith('admin') })
      await context.close()
    }
  }
}

async function takeSetup(browser) {
  const server = await Server.prepare()
  try {
    await server.start()
    const [link] = await server.says(/https?:\/\/\S+\/setup#\S+/)
    for (const [language, locale] of Object.entries(LOCALES)) {
      const { page, context } = await Person.seated(browser, server.origin, { locale })
      await page.goto(link)
      await page.locator('form').waitFor()
      await page.screenshot({ path: join(folder, `setup-${language}.png`) })
      await context.close()
    }
  } finally {
    await server.discard()
  }
}

await mkdir(folder, { recursive: true })
const browser = await launch()
const demo = await Demo.start(['--speed', '4'])
try {
  await takeSetup(browser)
  await sendVisitorsUnit(demo.origin)
  await takePages(browser, demo.origin)
  console.log(folder)
} finally {
  await browser.close()
  await demo.stop()
}
