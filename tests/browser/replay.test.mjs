/** Real dispatch records through the live path: no frame missed, none twice, the desk tells the truth. */

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Api } from './lib/api.mjs'
import { ROOT } from './lib/binary.mjs'
import { at } from './lib/browser.mjs'
import { LiveFeed } from './lib/live.mjs'
import { Program } from './lib/program.mjs'
import { Scene } from './lib/scene.mjs'
import { STAGES } from './lib/screen.mjs'
import { story } from './lib/story.mjs'
import { eventually } from './lib/wait.mjs'

const DATA = process.env.CAMPUS_SHARED_DATA ?? join(ROOT, '..', 'shared', 'data')
const RECORDS = join(DATA, 'sf-fire-calls-2017-01-02_04.csv')
const MAPPING = join(ROOT, 'tests', 'data', 'mappings', 'sf-fire-calls.toml')
/** An evening hour of calls; with long silences shortened it is over after some 70 s. */
const PART = ['--from', '2017-01-02T17:00:00', '--to', '2017-01-02T18:00:00', '--longest-gap', '1m']
/** How often one of the readers loses its line. */
const CUTS = 5
const RECORDS_BETWEEN_CUTS = 40

test('real records at sixty times their speed', async (t) => {
  const then = story(t)
  assert.ok(existsSync(RECORDS), `${RECORDS} is missing; name its directory in CAMPUS_SHARED_DATA`)
  const scene = await Scene.empty(t)
  const { server } = scene
  await server.addAccount('operator', 'operator')
  await server.addAccount('screen', 'screen')
  const tokens = {
    CAMPUS_REPLAY_OPERATOR_TOKEN: await server.addToken('replay-operator', 'operator'),
    CAMPUS_REPLAY_ADMIN_TOKEN: await server.addToken('replay-admin', 'admin'),
    CAMPUS_REPLAY_GATEWAY_TOKEN: await server.addToken('replay-gateway', 'gateway'),
  }
  await server.start()
  const operator = Api.withToken(server.origin, tokens.CAMPUS_REPLAY_OPERATOR_TOKEN)
  const { page } = await scene.loggedIn('operator')
  await page.waitForURL(at('/desk'))
  await page.getByText('No alert waits for a unit').waitFor()
  const feeds = {
    operator: await LiveFeed.open(operator),
    screen: await LiveFeed.open(await scene.api('screen')),
    'reader on a bad line': await LiveFeed.open(operator),
  }

  await then('are played to their end', async (chapter) => {
    const args = ['replay', RECORDS, '--map', MAPPING, '--server', server.origin, '--speed', '60', ...PART]
    const replay = new Program(args, { env: tokens })
    chapter.after(() => replay.stop())
    await page.locator('[data-row]').first().waitFor({ timeout: 60_000 })
    const flaky = feeds['reader on a bad line']
    for (let cuts = 1; cuts <= CUTS; cuts += 1) {
      await eventually(() => flaky.counts.change >= cuts * RECORDS_BETWEEN_CUTS, { within: 60_000, what: 'more records' })
      flaky.reconnect()
    }
    assert.equal(await replay.exited, 0, replay.output)
    chapter.diagnostic(replay.stdout.trim())
    assert.doesNotMatch(replay.stdout, /refused/)
  })

  await then('reach every reader without a gap and without a double', async (chapter) => {
    const { seq } = await operator.get('/alerts')
    for (const [name, feed] of Object.entries(feeds)) {
      await eventually(() => feed.position >= seq, { what: `position ${seq} at the ${name}` })
      assert.deepEqual(feed.faults, [])
      assert.equal(feed.closed, null)
      assert.equal(feed.counts.snapshot, 1, 'a reader that comes back resumes')
      assert.equal(feed.counts.change, feed.position - feed.begun, 'one frame for each record')
      chapter.diagnostic(`${name}: ${feed.counts.change} records, ${feed.counts.heartbeat} heartbeats`)
    }
  })

  await then('make a board of every kind of step', () => {
    const kinds = ['alert_raised', 'unit_dispatched', 'assignment_went_en_route', 'assignment_arrived', 'assignment_cleared', 'alert_closed']
    for (const kind of kinds) assert.ok(feeds.operator.kinds.get(kind) > 0, `no ${kind}`)
  })

  await then('leave every reader with what the server knows', async () => {
    const known = await operator.alerts()
    assert.ok(known.length > 10)
    for (const feed of Object.values(feeds)) assert.equal(feed.alerts.size, known.length)
    for (const feed of [feeds.operator, feeds['reader on a bad line']]) {
      for (const alert of known) assert.deepEqual(settled(feed.alerts.get(alert.id)), settled(alert))
    }
  })

  await then('leave the desk with what the server knows', async () => {
    const known = await operator.alerts()
    const wanted = known.map(({ id, stage }) => `${id} ${STAGES[stage]}`).sort()
    const shown = () =>
      page.locator('[data-row]').evaluateAll((rows) =>
        rows.map((row) => `${row.dataset.row} ${row.querySelector('.stage').innerText}`).sort(),
      )
    await eventually(async () => assert.deepEqual(await shown(), wanted) ?? true, { what: 'the desk' })
  })
})

/** Whether a running clock is past its limit depends on when it was asked. */
function settled(alert) {
  const clocks = alert.clocks.map((clock) => ({ ...clock, verdict: clock.verdict === 'breaching' ? 'pending' : clock.verdict }))
  return { ...alert, clocks }
}
