/** Debian's Chromium, and people in front of it. */

import { chromium } from 'playwright-core'
import { PASSWORD } from './server.mjs'
import { Witness } from './witness.mjs'

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS })
}

/** A device that keeps what its pages store in `folder`, through being turned off. */
export function launchKept(folder, options) {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  return chromium.launchPersistentContext(folder, { executablePath, args: FLAGS, ...options })
}

/** For `waitForURL`: the page of this path, whatever its query says. */
export const at = (path) => (url) => url.pathname === path

/** One person at one device: an own context, so an own session. */
export class Person {
  constructor(origin, context, page, witness) {
    Object.assign(this, { origin, context, page, witness })
  }

  static async seated(browser, origin, options = {}) {
    const context = await browser.newContext({
      baseURL: origin,
      locale: 'en-US',
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      ...options,
    })
    context.setDefaultTimeout(10_000)
    const witness = new Witness()
    await witness.watch(context, origin)
    return new Person(origin, context, await context.newPage(), witness)
  }

  /** Logs in as a person does, by the form. */
  async login(account, password = PASSWORD) {
    const { page } = this
    await page.goto('/login')
    await page.locator('input[name=account]').fill(account)
    await page.locator('input[name=password]').fill(password)
    await page.locator('input[name=password]').press('Enter')
    await page.waitForURL((url) => url.pathname !== '/login')
  }

  /** Remembers this very document, so that a reload would be noticed. */
  async staysLoaded() {
    await this.page.evaluate(() => (window.untouched = true))
    return () => this.page.evaluate(() => window.untouched === true)
  }
}
