/** Every page in both languages: it asks no other host, breaks no policy, and axe-core finds nothing serious. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingsIn } from './lib/axe.mjs'
import { SCHOOLS, UNITS } from './lib/district.mjs'
import { Scene } from './lib/scene.mjs'
import { PASSWORD } from './lib/server.mjs'

/** Who is shown which pages, and what is there when they are. */
const SEEN = [
  { pages: ['/login', '/help', '/help/operator', '/help/unit', '/help/manager', '/help/admin', '/help/protection', '/no-such-page'], ready: 'h1' },
  { account: 'operator', pages: ['/desk', '/desk/1'], ready: '[data-row]' },
  { account: 'operator', pages: ['/handover'], ready: 'table' },
  { account: 'screen', pages: ['/wall'], ready: '.wall li' },
  { account: 'patrol', pages: ['/unit'], ready: 'article', options: { viewport: { width: 360, height: 740 } } },
  { account: 'manager', pages: ['/stats'], ready: 'table' },
  { account: 'manager', pages: ['/alerts/1/report'], ready: 'footer code' },
  { account: 'manager', pages: ['/replay'], ready: '.past' },
  { account: 'manager', pages: ['bulletin', 'campaign', 'sampling'].map((which) => `/reports/${which}`), ready: 'table' },
  { account: 'auditor', pages: ['/record'], ready: 'tbody tr' },
  { account: 'operator', pages: ['/account'], ready: 'table' },
  {
    account: 'admin',
    pages: ['policy', 'schools', 'stations', 'units', 'accounts', 'sessions'].map((tab) => `/admin?tab=${tab}`),
    ready: 'table',
  },
]

for (const locale of ['en-US', 'zh-CN']) {
  test(`all pages in ${locale}`, async (t) => {
    const scene = await Scene.open(t)
    const alert = await scene.operator.raise({
      source: 'phone110', category: 'DISTURBANCE', severity: 'L1', school: SCHOOLS.first.id, summary: 'An example',
    })
    await scene.operator.dispatch(alert, UNITS.patrol.id)
    await scene.admin.command('/accounts', { name: 'auditor', role: 'auditor', password: PASSWORD })
    let requests = 0
    let shown = 0
    for (const { account, pages, ready, options } of SEEN) {
      const person = await scene[account ? 'loggedIn' : 'person'](...[account, { locale, ...options }].filter(Boolean))
      for (const path of pages) {
        await t.test(path, async () => {
          await person.page.goto(path)
          await person.page.locator(ready).first().waitFor()
          assert.deepEqual(await findingsIn(person.page), [], 'serious or critical to axe-core')
          assert.deepEqual(person.witness.complaints, [], 'other hosts, policy violations, console errors')
        })
      }
      requests += person.witness.requests
      shown += pages.length
    }
    t.diagnostic(`${shown} pages, ${requests} requests: none to another host, no policy violation, no console error`)
    assert.ok(requests > shown, `only ${requests} requests seen`)
  })
}

test('what axe-core finds serious is noticed, and a policy is previewed before it is put in force', async (t) => {
  const scene = await Scene.open(t)
  const { page } = await scene.loggedIn('admin')
  await page.goto('/admin?tab=policy')

  await t.test('a preview answers and is open to everybody', async () => {
    await page.getByRole('button', { name: 'By severity' }).click()
    await page.getByRole('button', { name: 'Preview on the last 30 days' }).click()
    await page.getByText('No handled alert in the last 30 days to compare.').waitFor()
    assert.deepEqual(await findingsIn(page), [])
  })

  await t.test('a picture without words is found', async () => {
    await page.evaluate(() => {
      const picture = document.createElement('img')
      picture.src = '/favicon.svg'
      document.querySelector('main').append(picture)
    })
    assert.match((await findingsIn(page)).join(), /image-alt \(1\)/)
  })
})
