/** The door: second factors, given passwords, devices, the lock of the desk, imports, the record. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf } from './lib/authenticator.mjs'
import { at } from './lib/browser.mjs'
import { Scene } from './lib/scene.mjs'
import { PASSWORD } from './lib/server.mjs'
import { story } from './lib/story.mjs'
import { eventually } from './lib/wait.mjs'

test('S9 the first administrator sets up a second factor', async (t) => {
  const then = story(t)
  const scene = await Scene.empty(t)
  scene.server.strict = true
  await scene.server.start()
  const { page, witness } = await scene.person()
  witness.expect(/the server responded with a status of 4\d\d .*\/api\/v1\/session/)
  const link = (await scene.server.says(/https?:\/\/\S+\/setup#\S+/))[0]
  let secret
  let recovery

  await then('by a picture drawn on the page, and a first code', async () => {
    await page.goto(link)
    await page.locator('input[name=password]').fill(PASSWORD)
    await page.locator('input[name=repeated]').fill(PASSWORD)
    await page.getByRole('button', { name: 'Create administrator' }).click()
    await page.getByRole('img', { name: 'QR code of the second factor' }).waitFor()
    secret = await page.locator('code').innerText()
    await page.locator('input[name=code]').fill(codeOf(secret))
    await page.getByRole('button', { name: 'Confirm' }).click()
  })

  await then('keeps recovery codes before going on', async () => {
    await page.getByRole('heading', { name: 'Recovery codes' }).waitFor()
    recovery = await page.locator('li code').allInnerTexts()
    assert.equal(recovery.length, 10)
    assert.equal(await page.getByRole('button', { name: 'Go on' }).isDisabled(), true)
    await page.getByLabel('I have kept the recovery codes').check()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.waitForURL(at('/admin'))
  })

  await then('and is asked for a code at the next login', async () => {
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.waitForURL(at('/login'))
    await page.locator('input[name=account]').fill('admin')
    await page.locator('input[name=password]').fill(PASSWORD)
    await page.getByRole('button', { name: 'Log in', exact: true }).click()
    await page.locator('input[name=code]').fill('000000')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('alert').filter({ hasText: 'wrong' }).waitFor()
    await page.locator('input[name=code]').fill(recovery[0])
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL(at('/admin'))
  })
})

test('S8 a password that was given is changed at the first login', async (t) => {
  const scene = await Scene.open(t)
  await scene.server.stop()
  scene.server.strict = true
  await scene.server.start()
  const { page, witness } = await scene.person()
  witness.expect(/the server responded with a status of 403 .*\/api\/v1\/session$/)
  await page.goto('/login')
  await page.locator('input[name=account]').fill('screen')
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.locator('input[name=new-password]').fill('only-the-wall-knows-4402')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL(at('/wall'))
})

test('S6 a locked desk shows the board and takes no command', async (t) => {
  const then = story(t)
  const scene = await Scene.open(t)
  const { page, witness } = await scene.loggedIn('operator')
  witness.expect(/the server responded with a status of (401|423) /)
  await page.waitForURL(at('/desk'))

  await then('locked elsewhere, it is locked with the next command', async () => {
    await page.evaluate(() => fetch('/api/v1/session/lock', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }))
    await page.reload()
    await page.getByText('Desk locked').waitFor()
  })
  await then('goes on showing what comes in', async () => {
    await scene.gateway.raise({ source: 'one_key_alarm', category: 'INTRUSION', school: '9900000001' })
    await page.getByText('Intrusion').filter({ visible: true }).first().waitFor()
    assert.equal(await page.locator('[inert]').count(), 1)
  })
  await then('refuses another password and takes the right one', async () => {
    await page.locator('input[name=unlock-password]').fill('not-the-password')
    await page.getByRole('button', { name: 'Unlock' }).click()
    await page.getByRole('alert').filter({ hasText: 'wrong' }).waitFor()
    await page.locator('input[name=unlock-password]').fill(PASSWORD)
    await page.getByRole('button', { name: 'Unlock' }).click()
    await page.getByText('Desk locked').waitFor({ state: 'detached' })
    assert.equal(await page.locator('[inert]').count(), 0)
  })
})

test('S7 a wall logs in with its token', async (t) => {
  const scene = await Scene.open(t)
  const { token } = await scene.admin.command('/accounts', { name: 'wall-1', role: 'screen' })
  const { page } = await scene.person()
  await page.goto('/login')
  await page.getByRole('button', { name: 'Device login' }).click()
  await page.locator('input[name=token]').fill(token)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.waitForURL(at('/wall'))
})

test('an administrator', async (t) => {
  const then = story(t)
  const env = { CAMPUS_DISPATCH_LIMITS_IMPORT_MAX: `${3 << 20}`, CAMPUS_DISPATCH_LIMITS_IMPORT_ROWS_MAX: '3' }
  const scene = await Scene.open(t, { env })
  const { page, witness } = await scene.loggedIn('admin')
  witness.expect(/the server responded with a status of 413 .*\/api\/v1\/imports\/schools/)
  await page.goto('/admin?tab=schools')

  await then('sees every fault of a file before anything is written', async () => {
    await page.getByRole('button', { name: 'Import from a file' }).click()
    const text = 'id,name,kind,zone,station\nX1,示例,primary,B,S01\nX2,示例,castle,B,S01\nX3,示例,primary,B,S99\n'
    await page.locator('input[type=file]').setInputFiles({ name: 'schools.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByRole('alert').filter({ hasText: '2 rows keep the file out' }).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Import', exact: true }).isDisabled(), true)
    assert.match(await page.locator('.faults').innerText(), /S99 is not known/)
  })

  await then('S21 is told how much of a file this site takes', async () => {
    const told = (text) => page.getByText(text).waitFor()
    const checks = async (text) => {
      await page.locator('input[type=file]').setInputFiles({ name: 'schools.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
      await page.getByRole('button', { name: 'Check' }).click()
    }
    await checks('x'.repeat(9 << 20))
    await told('The body is too large; send less at once: ≤ 3 MiB')
    const row = (n) => `X${n},示例,primary,B,S01\n`
    await checks('id,name,kind,zone,station\n' + [1, 2, 3, 4].map(row).join(''))
    await told('more than 3 rows; split the file')
  })

  await then('takes over a clean one', async () => {
    const text = 'id,name,kind,zone,station\nX1,示例新校,primary,B,S01\n'
    await page.locator('input[type=file]').setInputFiles({ name: 'schools.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByText('In order: 1 new').waitFor()
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByText('Imported: 1 new').waitFor()
    await page.getByRole('cell', { name: '示例新校' }).waitFor()
  })

  await then('edits a school with its peak duty', async () => {
    await page.getByRole('row', { name: /示例新校/ }).getByRole('button', { name: 'Edit' }).click()
    await page.locator('form input[name=name]').fill('示例改名')
    await page.getByRole('button', { name: 'Add a time' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('cell', { name: '示例改名' }).waitFor()
    const school = await scene.admin.get('/schools/X1')
    assert.deepEqual(school.duty_windows, [{ weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], from_minute: 440, to_minute: 480, posts: 1 }])
  })

  await then('U8 reads and writes times of day in 24 hours, the end of the day as 24:00', async () => {
    const edit = async () => {
      await page.getByRole('row', { name: /示例改名/ }).getByRole('button', { name: 'Edit' }).click()
      await page.getByRole('heading', { name: 'Edit: 示例改名' }).waitFor()
    }
    const [from, to] = ['From', 'To'].map((name) => page.getByLabel(name, { exact: true }))
    await edit()
    assert.deepEqual([await from.inputValue(), await to.inputValue()], ['07:20', '08:00'])
    await from.fill('16:30')
    await to.fill('24:01')
    await page.getByRole('button', { name: 'Save' }).click()
    assert.equal(await to.evaluate((field) => field.validity.patternMismatch), true)
    await to.fill('24:00')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('cell', { name: '16:30–24:00' }).waitFor()
    const { duty_windows: [window] } = await scene.admin.get('/schools/X1')
    assert.deepEqual([window.from_minute, window.to_minute], [990, 1440])
    await edit()
    assert.equal(await to.inputValue(), '24:00')
    await page.getByRole('button', { name: 'Cancel' }).click()
  })

  await then('S13 reads a contact’s number whole in the form, masked in the list', async () => {
    const contact = { name: '示例传达室', phone: '13800000001' }
    const { id, ...said } = await scene.admin.get('/schools/X1')
    await scene.admin.put(`/schools/${id}`, { ...said, contact })
    await page.goto('/admin?tab=schools')
    const cell = page.getByRole('cell', { name: '示例传达室 138****0001' })
    await cell.waitFor()
    await page.getByRole('row', { name: /示例改名/ }).getByRole('button', { name: 'Edit' }).click()
    const phone = page.locator('form input[name=phone]')
    await phone.waitFor()
    assert.equal(await phone.inputValue(), contact.phone)
    await page.getByRole('button', { name: 'Save' }).click()
    await phone.waitFor({ state: 'detached' })
    await cell.waitFor()
    assert.deepEqual((await scene.admin.get('/schools/X1')).contact, contact)
  })

  await then('ends somebody else’s login', async () => {
    const other = await scene.loggedIn('operator')
    await other.page.waitForURL(at('/desk'))
    await page.goto('/admin?tab=sessions')
    const rows = page.getByRole('row', { name: /^operator / })
    const row = rows.first()
    await row.waitFor()
    const before = await rows.count()
    await row.getByRole('button', { name: 'End' }).click()
    await row.getByRole('button', { name: 'End' }).first().click()
    await eventually(async () => (await rows.count()) === before - 1, { what: 'one login less' })
  })
})
