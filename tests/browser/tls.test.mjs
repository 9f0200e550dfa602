/** The screens over TLS: the login is kept to it, and the board comes alive (S1, S15). */

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { launch, Person } from './lib/browser.mjs'
import { Program, run } from './lib/program.mjs'
import { PASSWORD } from './lib/server.mjs'
import { eventually } from './lib/wait.mjs'

test('S1 a person works at the desk over TLS', async (t) => {
  const data = await mkdtemp(join(tmpdir(), 'campus-dispatch-tls-'))
  const at = ['--data', data]
  await run(['account', 'add', 'operator', '--role', 'operator', '--password-stdin', ...at], { input: PASSWORD })
  await run(['cert', 'localhost', ...at])
  const env = {
    CAMPUS_DISPATCH_TLS_CERTIFICATE: join(data, 'tls', 'server.crt'),
    CAMPUS_DISPATCH_TLS_KEY: join(data, 'tls', 'server.key'),
  }
  const program = new Program(['serve', '--listen', '127.0.0.1:0', ...at], { env })
  const browser = await launch()
  t.after(async () => {
    await browser.close()
    await program.stop()
    await rm(data, { recursive: true, force: true })
  })
  const [, origin] = await program.says(/ serves (https:\/\/\S+)/)
  // This browser was not told of the authority; ours are told by hand.
  const person = await Person.seated(browser, origin, { ignoreHTTPSErrors: true })
  const frames = []
  const sockets = []
  person.page.on('websocket', (socket) => {
    sockets.push(socket.url())
    socket.on('framereceived', ({ payload }) => frames.push(JSON.parse(payload.toString())))
  })
  await person.login('operator', PASSWORD)

  await t.test('whose session is this host’s alone and travels encrypted only', async () => {
    const [cookie] = await person.context.cookies(origin)
    assert.equal(cookie.name, '__Host-campus_session')
    assert.deepEqual([cookie.secure, cookie.httpOnly, cookie.sameSite, cookie.path], [true, true, 'Strict', '/'])
  })

  await t.test('and whose board comes alive', async () => {
    await person.page.getByRole('heading', { name: 'New alert' }).waitFor()
    await eventually(() => frames.length >= 2, { within: 10_000, what: 'the first frames' })
    assert.deepEqual(frames.slice(0, 2).map(({ frame }) => frame), ['hello', 'snapshot'])
    assert.ok(sockets.every((url) => url.startsWith('wss://')), sockets.join())
    assert.equal(await person.page.evaluate(() => window.isSecureContext), true)
    assert.deepEqual(person.witness.complaints, [])
  })
})
