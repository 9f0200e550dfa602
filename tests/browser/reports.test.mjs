/** The reports of an invented district: each opens, and its figures lead to as many alerts as they say. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingsIn } from './lib/axe.mjs'
import { at, launch, Person } from './lib/browser.mjs'
import { Demo } from './lib/demo.mjs'

for (const locale of ['zh-CN', 'en-US']) {
  test(`the reports in ${locale}`, async (t) => {
    const browser = await launch()
    const demo = await Demo.start().catch(async (error) => {
      await browser.close()
      throw error
    })
    t.after(async () => {
      await browser.close()
      await demo.stop()
    })
    const { page, witness } = await Person.seated(browser, demo.origin, { locale })
    await page.goto('/demo/manager')
    await page.waitForURL(at('/stats'))

    async function isInOrder() {
      assert.deepEqual(await findingsIn(page), [], 'serious or critical to axe-core')
      assert.deepEqual(witness.complaints, [], 'other hosts, policy violations, console errors')
    }

    /** Follows the first figure of a column of a section and gives what it said and what the list says. */
    async function followed(section, column) {
      const table = page.locator(`[data-section=${section}] table`)
      await table.locator('a.figure').first().waitFor()
      const heads = await table.locator('thead th').allInnerTexts()
      const index = heads.findIndex((head) => column.test(head))
      assert.ok(index >= 0, `${section} has no column ${column}, only ${heads}`)
      const figure = table.locator(`tbody td:nth-child(${index + 1}) a.figure`).first()
      const said = await figure.innerText()
      await figure.click()
      await page.waitForURL(at('/stats'))
      const list = page.locator('section.list')
      const total = await list.getByRole('status').innerText()
      const rows = await list.locator('tbody tr').count()
      await page.goBack()
      await page.waitForURL((url) => url.pathname.startsWith('/reports/'))
      return { said: Number(said), total: Number(/\d+/.exec(total)[0]), rows }
    }

    await t.test('the bulletin, and U20 what is behind its figures', async () => {
      await page.goto('/reports/bulletin')
      for (const [section, column] of [
        ['stations', /^(警情数|Alerts)$/], ['stations', /^(迟到|Late)$/], ['acknowledgement', /^(30 秒内|Within 30 s)$/],
        ['arrival', /^(3 分钟内|Within 3 min)$/],
      ]) {
        const { said, total, rows } = await followed(section, column)
        assert.ok(said > 0)
        assert.deepEqual([total, rows], [said, said], `${section}, ${column}`)
      }
      await page.locator('[data-section=stations] table').waitFor()
      await isInOrder()
    })

    await t.test('the campaign report, and U20 what is behind its figures', async () => {
      await page.goto('/reports/campaign')
      // Of days that are over nothing changes any more while it is read.
      const dayOf = (ms) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10)
      await page.locator('input[name=to]').fill(dayOf(Date.now() - 86_400_000))
      await page.locator('footer.basis').getByText(`${dayOf(Date.now())} 00:00:00.000)`).first().waitFor()
      for (const [section, column] of [
        ['tiers', /^(迟到|Late)$/], ['categories', /^(警情数|Alerts)$/], ['schools', /^(按时|Met)$/], ['trend', /^(应计数 n|n)$/],
        ['intervals', /^(有记录数|Measured)$/], ['hazards', /^(发现|Found)$/],
      ]) {
        const { said, total, rows } = await followed(section, column)
        assert.ok(said > 0)
        // The list comes a hundred at a time.
        assert.deepEqual([total, rows], [said, Math.min(said, 100)], `${section}, ${column}`)
      }
      await page.locator('[data-section=hazard_list] tbody a.figure').first().click()
      await page.locator('footer code').first().waitFor()
      await page.goBack()
      await page.locator('[data-section=overview] table').waitFor()
      await isInOrder()
    })

    await t.test('sampling: a draw by lot, its check-list, and the pass rate', async () => {
      await page.goto('/reports/sampling')
      await page.locator('input[name=size]').fill('3')
      await page.locator('form.draw button[type=submit]').click()
      await page.locator('tbody th button').first().click()
      const sampled = page.locator('article.sampled')
      await sampled.first().waitFor()
      assert.equal(await sampled.count(), 3)
      await sampled.first().getByRole('button').click()
      for (const item of await sampled.first().locator('fieldset').all()) await item.getByRole('radio').first().check()
      await isInOrder()
      await sampled.first().locator('button[type=submit]').click()
      await page.locator('[data-figure=pass-rate]').filter({ hasText: '1/1' }).waitFor()
      await isInOrder()
    })
  })
}
