/** Real dispatch records: the statistics page shows what an independent calculation comes to. */

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { ROOT } from './lib/binary.mjs'
import { run } from './lib/program.mjs'
import { Scene } from './lib/scene.mjs'

const RECORDS = [
  { kind: 'fire', file: 'sf-fire-calls-2017-01-02_04.csv', mapping: 'sf-fire-calls.toml' },
  { kind: 'police', file: 'sf-police-calls-2026-01-15.csv', mapping: 'sf-police-calls.toml' },
]
/** Longer than both, in days of the centre. */
const PERIOD = { from: '2010-01-01', to: '2026-05-31' }
const TIERS = { T1: /^T1\b/, T3: /^T3\b/, T5: /^T5\b/ }

for (const { kind, file, mapping } of RECORDS) {
  test(`the page and the command line show the independent figures of the ${kind} calls`, async (t) => {
    const calls = join(ROOT, '..', 'shared', 'data', file)
    const expected = await independent(kind, calls)
    const scene = await Scene.empty(t)
    const { server } = scene
    await run(['import', 'history', calls, '--map', join(ROOT, 'tests', 'data', 'mappings', mapping), '--data', server.data])
    await server.addAccount('manager', 'manager')
    await server.start()

    const { page } = await scene.loggedIn('manager', { locale: 'en-US' })
    await page.goto(`/stats?${new URLSearchParams(PERIOD)}`)
    const panel = (name) => page.getByRole('region', { name, exact: true })
    const verdicts = await rowsOf(panel('On-time rate'))
    const percentiles = await rowsOf(panel('Percentiles (seconds)'))
    const told = JSON.parse(await run(['statistics', '--json', '--from', PERIOD.from, '--to', '2026-06-01', '--data', server.data]))

    const groups = Object.entries(expected.tiers).map(([tier, figures]) => [TIERS[tier], tier, figures])
    for (const [name, tier, figures] of [...groups, [/^Total$/, null, expected.all]]) {
      await t.test(tier ?? 'in total', () => {
        assert.deepEqual(shown(rowNamed(verdicts, name), rowNamed(percentiles, name)), wanted(figures))
        const row = tier === null ? told.total : told.rows.find((row) => row.group === tier)
        assert.deepEqual(printed(row), wanted(figures))
      })
    }
  })
}

async function independent(kind, calls) {
  const script = join(ROOT, 'tests', 'data', 'independent.py')
  const { stdout } = await promisify(execFile)('python3', [script, kind, calls])
  return JSON.parse(stdout)
}

/** A table's rows as people read them, cell by cell. */
async function rowsOf(panel) {
  await panel.locator('tbody tr').first().waitFor()
  return panel.locator('tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim())))
}

function rowNamed(rows, name) {
  const found = rows.find(([first]) => name.test(first))
  assert.ok(found, `no row ${name} in ${JSON.stringify(rows.map(([first]) => first))}`)
  return found
}

/** What the page tells of one group. */
function shown(verdict, percentile) {
  const [, alerts, n, , rate, , , met, late, missed, breaching] = verdict
  const [, measured, ...spans] = percentile
  const counts = [alerts, n, met, late, missed, breaching, measured].map(Number)
  return { counts, rate: rate.split(' ')[0], spans: spans.map(inSeconds) }
}

/** What the command line tells of it. */
function printed(row) {
  const counts = [row.alerts, row.n, row.met, row.late, row.missed, row.breaching, row.response.n]
  const { p50_ms, p90_ms, p95_ms, p99_ms, max_ms } = row.response
  return { counts, rate: percent(row.on_time_rate), spans: [p50_ms, p90_ms, p95_ms, p99_ms, max_ms].map((ms) => ms / 1000) }
}

/** What both must tell. */
function wanted({ calls, n, met, late, missed, breaching, on_time_rate, response }) {
  const counts = [calls, n, met, late, missed, breaching, response.n]
  const { p50, p90, p95, p99, max } = response
  return { counts, rate: percent(on_time_rate), spans: [p50, p90, p95, p99, max] }
}

/** Rounded down to a tenth, so that 89.96 % never reads as 90. */
const percent = (share) => `${(Math.floor(share * 1000 + 1e-9) / 10).toFixed(1)}%`

/** `1256.0 s` in seconds. */
const inSeconds = (text) => Number(/^([\d.]+) s$/.exec(text)[1])
