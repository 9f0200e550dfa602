/** The desk's map over tiles of another server, drawn in another coordinate system. */

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { at } from './lib/browser.mjs'
import { SCHOOLS } from './lib/district.mjs'
import { Scene } from './lib/scene.mjs'
import { rowOf } from './lib/screen.mjs'
import { eventually } from './lib/wait.mjs'

const { first } = SCHOOLS
/** One grey dot. */
const TILE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
)

/** Serves the same tile for every address, and remembers which were asked for. */
async function tileServer(t) {
  const asked = []
  const server = createServer((request, response) => {
    asked.push(request.url)
    response.writeHead(200, { 'Content-Type': 'image/png' }).end(TILE)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return { asked, origin: `http://127.0.0.1:${server.address().port}` }
}

test('a map with tiles', async (t) => {
  const tiles = await tileServer(t)
  const scene = await Scene.open(t, {
    env: {
      CAMPUS_DISPATCH_MAP_TILES: `${tiles.origin}/{z}/{x}/{y}.png`,
      CAMPUS_DISPATCH_MAP_SYSTEM: 'gcj02',
      CAMPUS_DISPATCH_MAP_ATTRIBUTION: 'Example <b>tiles</b>',
    },
  })
  const { id, ...said } = first
  await scene.admin.put(`/schools/${id}`, { ...said, position: { longitude: 116.4, latitude: 39.9 } })
  await scene.operator.raise({ source: 'phone110', category: 'FIGHT', school: id })
  const operator = await scene.loggedIn('operator')
  operator.witness.expect(new RegExp(`request to another place: ${tiles.origin}/`))
  const { page } = operator
  await page.waitForURL(at('/desk'))
  await rowOf(page, first).waitFor()
  const pane = page.getByRole('region', { name: 'Map' })

  await t.test('fetches them from the configured address, as the policy allows', async () => {
    await page.keyboard.press('F10')
    await eventually(() => tiles.asked.some((path) => /^\/\d+\/\d+\/\d+\.png$/.test(path)))
    await pane.locator('img.leaflet-tile-loaded').first().waitFor()
  })

  await t.test('says whose they are, in words and not in markup', async () => {
    await pane.getByText('Example <b>tiles</b>').waitFor()
  })

  await t.test('stands where the server has converted it to', async () => {
    const marks = await eventually(() => scene.operator.get('/map/marks'))
    const shown = marks.schools.find((mark) => mark.id === id)
    assert.equal(marks.system, 'gcj02')
    assert.ok(Math.abs(shown.longitude - 116.4) > 0.001, `${shown.longitude} is where it was`)
    const asked = await page.waitForResponse((response) => response.url().endsWith('/api/v1/map/marks'))
    assert.equal(asked.status(), 200)
  })
})
