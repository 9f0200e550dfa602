/** The phone without network: nothing pressed is lost, and nobody is told anything that is not so. */

import assert from 'node:assert/strict'
import { mkdtemp, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { at, launchKept, Person } from './lib/browser.mjs'
import { SCHOOLS, UNITS } from './lib/district.mjs'
import { Line } from './lib/line.mjs'
import { keptOnDisk, NO_NETWORK, PHONE, recordsOf, sent } from './lib/phone.mjs'
import { PASSWORD } from './lib/server.mjs'
import { story } from './lib/story.mjs'
import { eventually } from './lib/wait.mjs'

const { first, second } = SCHOOLS

test('a phone that is started without network', async (t) => {
  const then = story(t)
  const { page, lose, regain, witness, press, read, reaches, served } = await sent(t)
  await reaches('delivered')
  await served()
  witness.expect(NO_NETWORK)

  await then('U18 opens again and shows what it last knew', async () => {
    await keptOnDisk(page, first.name)
    await lose()
    await page.reload()
    await page.getByRole('heading', { name: first.name }).waitFor()
    await page.getByText('Offline').waitFor()
  })

  await then('U18 takes presses, and keeps them through another reload', async () => {
    await press('Acknowledge')
    await page.getByText('Offline · 1 to send').waitFor()
    await keptOnDisk(page, '/acknowledge')
    await page.reload()
    await page.getByText('Offline · 1 to send').waitFor()
    await page.getByRole('button', { name: 'En route', exact: true }).waitFor()
    assert.equal((await read()).acknowledged_at, null)
  })

  await then('U18 marks them as not sent, with the time they were pressed', async () => {
    const unsent = page.getByRole('list', { name: 'Progress' }).locator('li.unsent')
    assert.equal(await unsent.count(), 1)
    assert.match(await unsent.innerText(), /Acknowledge\s+\d\d:\d\d:\d\d/)
  })

  await then('speaks the other language too', async () => {
    await page.getByRole('button', { name: '中文' }).tap()
    await page.getByText('离线 · 待上传 1 条').waitFor()
    await page.getByRole('button', { name: 'English' }).tap()
    await page.getByText('Offline · 1 to send').waitFor()
  })

  await then('U18 sends them once the network is back', async () => {
    await regain()
    await reaches('acknowledged')
    await page.getByText('All sent').waitFor({ timeout: 20_000 })
    const { presses } = await recordsOf(page)
    assert.deepEqual(presses, [])
    assert.equal(await page.locator('li.unsent').count(), 0)
  })
})

test('a phone whose battery dies', async (t) => {
  const then = story(t)
  const { scene, alert, assignment } = await sent(t)
  const folder = await mkdtemp(join(tmpdir(), 'campus-dispatch-phone-'))
  let device
  t.after(async () => {
    await device?.context.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  const line = await Line.open(t, scene.server.port)
  const turnOn = async () => {
    const context = await launchKept(folder, { baseURL: line.origin, locale: 'en-US', ...PHONE })
    device = new Person(line.origin, context, context.pages()[0] ?? (await context.newPage()), null)
  }
  await turnOn()
  await device.login('patrol')
  await device.page.waitForURL(at('/unit'))
  await device.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  // A browser writes a fresh login to its disk within half a minute, or when it is closed.
  await device.context.close()
  await turnOn()
  await device.page.goto('/unit')
  await device.page.getByRole('heading', { name: first.name }).waitFor()

  await then('U18 keeps a press made without network', async () => {
    await line.cut(device.context)
    await device.page.getByRole('button', { name: 'Acknowledge', exact: true }).tap()
    await keptOnDisk(device.page, '/acknowledge')
  })

  await then('U18 has it, and the assignment, when it is turned on again without network', async () => {
    await kill(folder)
    await device.context.close().catch(() => undefined)
    await turnOn()
    await line.cut(device.context)
    await device.page.goto('/unit')
    await device.page.getByText('Offline · 1 to send').waitFor()
    await device.page.getByRole('heading', { name: first.name }).waitFor()
  })

  await then('U18 sends it when there is a network again', async () => {
    await line.mend(device.context)
    await eventually(async () => {
      const { assignments } = await scene.operator.alert(alert)
      return assignments.find((one) => one.id === assignment).state === 'acknowledged'
    }, { within: 30_000, what: 'the acknowledgement' })
  })
})

/** As a battery that is empty does: the browser of that folder ends without a word. */
async function kill(folder) {
  const owner = await readlink(join(folder, 'SingletonLock'))
  const pid = Number(owner.slice(owner.lastIndexOf('-') + 1))
  process.kill(pid, 'SIGKILL')
  await eventually(() => {
    try {
      process.kill(pid, 0)
      return false
    } catch {
      return true
    }
  })
}

test('an assignment that changes hands while its phone is offline', async (t) => {
  const then = story(t)
  const { scene, page, lose, regain, witness, press, alert, assignment, reaches, served } = await sent(t)
  await reaches('delivered')
  await served()
  witness.expect(NO_NETWORK, /409/)
  const told = page.getByRole('alert').filter({ hasText: 'A nearer unit (example)' })

  await then('U19 lets the officer go on pressing', async () => {
    await lose()
    await press('Acknowledge')
    await press('En route')
    await page.getByText('Offline · 2 to send').waitFor()
    await scene.operator.command(`/assignments/${assignment}/cancel`, { reason: 'A nearer unit (example)' })
    const other = await scene.operator.raise({ source: 'phone110', category: 'CROWD', school: second.id })
    await scene.operator.dispatch(other, UNITS.patrol.id)
  })

  await then('U19 tells the officer of the withdrawal, with its reason', async () => {
    await regain()
    await told.waitFor({ timeout: 20_000 })
    await told.getByText('This assignment was withdrawn').waitFor()
  })

  await then('U19 makes notes of the presses: none is lost', async () => {
    await page.getByText('“Acknowledge”, pressed at').waitFor()
    await page.getByText('All sent').waitFor({ timeout: 20_000 })
    const notes = (await scene.operator.alert(alert)).feedback
    assert.equal(notes.length, 2)
    assert.deepEqual(notes.map(({ kind, assignment: of }) => [kind, of]), [['supplement', assignment], ['supplement', assignment]])
    assert.match(notes[0].text, /Acknowledge/)
    assert.match(notes[1].text, /En route/)
    assert.ok(notes.every((note) => note.pressed_at !== null))
  })

  await then('U19 shows the new assignment', () => page.getByRole('heading', { name: second.name }).waitFor())

  await then('U19 goes on telling after a reload, until it is read', async () => {
    await page.reload()
    await told.getByRole('button', { name: 'Understood' }).tap()
    await told.waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('heading', { name: second.name }).waitFor()
    assert.equal(await told.count(), 0)
  })
})

test('a phone that is logged out', async (t) => {
  const then = story(t)
  const { scene, page, lose, regain, witness, press, read, reaches, served } = await sent(t)
  await reaches('delivered')
  await served()
  witness.expect(NO_NETWORK)
  const leave = () => page.getByRole('button', { name: 'Log out' }).tap()

  await then('U19 is asked first while something is unsent', async () => {
    await lose()
    await press('Acknowledge')
    await leave()
    await page.getByText('1 not sent yet').waitFor()
    await page.getByRole('button', { name: 'Stay' }).tap()
    await page.getByRole('heading', { name: first.name }).waitFor()
  })

  await then('U19 forgets everybody and everything it was shown, at once and without network', async () => {
    await leave()
    await page.getByRole('button', { name: 'Leave all the same' }).tap()
    await page.getByText('You have left').waitFor()
    const { kept, presses } = await recordsOf(page)
    assert.deepEqual(kept, [true], 'more than the wish to leave is kept')
    assert.equal(presses.length, 1)
    await page.reload()
    await page.getByText('You have left').waitFor()
    assert.doesNotMatch(await page.content(), new RegExp(first.name))
  })

  await then('U19 ends the session once there is a network', async () => {
    await regain()
    await page.waitForURL(at('/login'), { timeout: 20_000 })
    assert.equal((await read()).acknowledged_at, null)
  })

  await then('U19 gets nothing: neither an assignment nor a word of one', async () => {
    const alert = await scene.operator.raise({ source: 'phone110', category: 'CROWD', school: second.id })
    await scene.operator.dispatch(alert, UNITS.patrol.id).catch(() => undefined)
    await page.goto('/unit')
    await page.waitForURL(at('/login'))
    assert.doesNotMatch(await page.content(), new RegExp(`${first.name}|${second.name}`))
  })

  await then('U18 sends what was pressed when the same account logs in again', async () => {
    await page.locator('input[name=account]').fill('patrol')
    await page.locator('input[name=password]').fill(PASSWORD)
    await page.locator('input[name=password]').press('Enter')
    await page.waitForURL(at('/unit'))
    await reaches('acknowledged')
  })
})

test('a phone whose session is ended by the server', async (t) => {
  const { scene, page, witness, reaches } = await sent(t)
  // What the phone tells by itself is over before its account is disabled.
  await reaches('delivered')
  witness.expect(/401/)
  await t.test('U19 forgets what it was shown', async () => {
    await keptOnDisk(page, first.name)
    await scene.admin.command('/accounts/patrol/disable')
    await page.waitForURL(at('/login'), { timeout: 20_000 })
    const { kept } = await recordsOf(page)
    assert.deepEqual(kept, [])
  })
})
