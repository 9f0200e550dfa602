/** What an administrator does to an account, and what comes of it at that account's own screen. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingsIn } from './lib/axe.mjs'
import { at } from './lib/browser.mjs'
import { Scene } from './lib/scene.mjs'
import { story } from './lib/story.mjs'

const NEXT_PASSWORD = 'only-the-manager-knows-5518'

test('the acts on an account', async (t) => {
  const then = story(t)
  const scene = await Scene.open(t)
  const { page, witness } = await scene.loggedIn('admin')
  await page.goto('/admin?tab=accounts')
  const row = (name) => page.getByRole('row', { name: new RegExp(`^${name} `) })
  const panel = page.locator('section.acts')
  const open = async (name) => {
    await row(name).getByRole('button', { name: 'Manage' }).click()
    await panel.getByRole('heading', { name: `Manage: ${name}` }).waitFor()
  }
  const told = () => panel.getByRole('status').waitFor()
  const manager = await scene.loggedIn('manager')
  manager.witness.expect(/the server responded with a status of 401 /)

  await then('stand in one panel without a fault to axe-core', async () => {
    await open('manager')
    assert.deepEqual(await findingsIn(page), [])
  })

  await then('a new password ends every login made with the old one', async () => {
    await manager.page.waitForURL(at('/stats'))
    await panel.locator('input[type=password]').fill(NEXT_PASSWORD)
    await panel.getByRole('button', { name: 'Set a password' }).click()
    await told()
    await manager.page.waitForURL(at('/login'))
    await manager.login('manager', NEXT_PASSWORD)
    await manager.page.waitForURL(at('/stats'))
  })

  await then('another role changes what the account is shown', async () => {
    await panel.locator('select').first().selectOption('auditor')
    await panel.getByRole('button', { name: 'Change', exact: true }).click()
    await row('manager').getByRole('cell', { name: 'Auditor' }).waitFor()
    await manager.page.waitForURL(at('/login'))
    await manager.login('manager', NEXT_PASSWORD)
    await manager.page.goto('/record')
    await manager.page.locator('tbody tr').first().waitFor()
    await manager.page.goto('/stats')
    await manager.page.getByText('Live', { exact: true }).waitFor()
  })

  await then('a disabled account is out at once, and in again when it is enabled', async () => {
    await panel.getByRole('button', { name: 'Disable' }).click()
    await row('manager').getByText('disabled').waitFor()
    await manager.page.waitForURL(at('/login'))
    await panel.getByRole('button', { name: 'Enable' }).click()
    await row('manager').getByText('active').waitFor()
    await manager.login('manager', NEXT_PASSWORD)
  })

  await then('a new token is shown once and works', async () => {
    await open('gateway')
    await panel.getByRole('button', { name: 'New token' }).click()
    const token = await panel.locator('code').innerText()
    const answer = await fetch(`${scene.server.origin}/api/v1/session`, { headers: { Authorization: `Bearer ${token}` } })
    assert.equal((await answer.json()).account, 'gateway')
    await assert.rejects(scene.gateway.get('/session'), { status: 401 })
    await page.reload()
    await row('gateway').waitFor()
    assert.equal(await page.getByText(token).count(), 0)
  })

  await then('and each of them stands in the record of access', async () => {
    await manager.page.goto('/record')
    const entries = manager.page.locator('tbody tr')
    await entries.first().waitFor()
    const acts = await entries.filter({ has: manager.page.locator('td:nth-child(2)', { hasText: /^admin$/ }) }).allInnerTexts()
    for (const [act, account] of [
      ['Password or token changed', 'manager'], ['Account changed', 'manager'], ['Account disabled', 'manager'],
      ['Account enabled', 'manager'], ['Password or token changed', 'gateway'],
    ]) assert.ok(acts.some((line) => line.includes(act) && line.includes(account)), `${act} of ${account} in ${acts}`)
    assert.deepEqual(witness.complaints, [])
  })
})
