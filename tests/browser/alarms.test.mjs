/** Alarms on two desks: raised, heard, seen, silenced, over. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at } from './lib/browser.mjs'
import { adoptShortLimits, SCHOOLS, UNITS } from './lib/district.mjs'
import { Onlooker } from './lib/onlooker.mjs'
import { Scene } from './lib/scene.mjs'
import { rowOf } from './lib/screen.mjs'
import { story } from './lib/story.mjs'
import { eventually } from './lib/wait.mjs'

const { first, second } = SCHOOLS
const raised = (school) => ({ source: 'one_key_alarm', category: 'ATTACK', school: school.id })

/** Counts the beeps a page makes, with when and how high. */
async function listen({ page }) {
  await page.addInitScript(() => {
    window.beeps = []
    const Oscillator = window.OscillatorNode
    window.OscillatorNode = class extends Oscillator {
      constructor(context, options) {
        super(context, options)
        window.beeps.push({ at: performance.now(), hertz: options.frequency })
      }
    }
  })
}
const beepsOf = ({ page }) => page.evaluate(() => window.beeps)

const paneOf = ({ page }) => page.getByRole('region', { name: 'Alarms' })
const alarmsOf = (person) => paneOf(person).locator('.alarm')
const breachOf = (person, school) => alarmsOf(person).filter({ hasText: 'Limit passed' }).filter({ hasText: school.name })

test('alarms on two desks', async (t) => {
  const then = story(t)
  const scene = await Scene.open(t)
  await adoptShortLimits(scene.admin)
  const one = await scene.person({ reducedMotion: 'no-preference' })
  const other = await scene.person()
  for (const person of [one, other]) {
    await listen(person)
    await person.login('operator')
    await person.page.waitForURL(at('/desk'))
  }
  let alert

  await then('U1 none stands while nothing is owed', async () => {
    await paneOf(one).getByText('No alarms').waitFor()
  })

  await then('U3 a limit that is passed is active and unseen on every desk', async () => {
    alert = await scene.gateway.raise(raised(first))
    // With a unit on its way no other alarm comes for a while.
    const [assignment] = await scene.operator.dispatch(alert, UNITS.patrol.id)
    await scene.operator.command(`/assignments/${assignment}/acknowledge`)
    for (const person of [one, other]) await breachOf(person, first).getByText('Not seen').waitFor()
  })

  await then('U4 only the symbol flashes, never a text or a row', async () => {
    const flashing = await one.page.evaluate(() =>
      [...document.querySelectorAll('*')].filter((element) => getComputedStyle(element).animationName !== 'none').map((element) => element.tagName),
    )
    assert.ok(flashing.length > 0, 'nothing flashes')
    assert.deepEqual([...new Set(flashing)], ['svg'])
    const seconds = await one.page.locator('.flashing').first().evaluate((sign) => getComputedStyle(sign).animationDuration)
    assert.equal(seconds, '1s')
  })

  await then('U4 without motion the symbol has a thick border instead', async () => {
    const sign = other.page.locator('.alarm .flashing').first()
    const { animation, outline } = await sign.evaluate((element) => {
      const { animationName, outlineWidth } = getComputedStyle(element)
      return { animation: animationName, outline: outlineWidth }
    })
    assert.deepEqual([animation, outline], ['none', '3px'])
  })

  await then('U5 the horn sounds, and again after 10 s', async () => {
    const urgent = async () => (await beepsOf(one)).filter((beep) => beep.hertz > 800)
    // Three beeps make one urgent tone.
    await eventually(async () => (await urgent()).length >= 6, { within: 15_000 })
    const beeps = await urgent()
    const gap = beeps[3].at - beeps[0].at
    assert.ok(gap >= 9_000 && gap <= 11_500, `${gap} ms between two tones`)
  })

  await then('U2 Silence stops the horn of this desk and leaves the alarm as it is', async () => {
    await one.page.keyboard.press('F6')
    await paneOf(one).getByText(/^Silent for \d+ s$/).waitFor()
    await breachOf(one, first).getByText('Not seen').waitFor()
    assert.equal((await scene.operator.alert(alert)).seen.length, 0)
    await paneOf(other).getByRole('button', { name: 'Silence', exact: true }).waitFor()
  })

  await then('U2 a new alarm sounds at once all the same', async () => {
    const before = (await beepsOf(one)).length
    await scene.gateway.raise(raised(second))
    await breachOf(one, second).waitFor()
    await eventually(async () => (await beepsOf(one)).length > before, { within: 4_000 })
  })

  await then('U16 the one polite region speaks the new alarm', async () => {
    const spoken = one.page.locator('[aria-live=polite]')
    await spoken.getByText(/^Alarm: .*示例第二中学/).waitFor({ state: 'attached' })
  })

  await then('U2 Seen at one desk is seen at the other, by its name, and stands in the record', async () => {
    await breachOf(one, first).getByRole('button', { name: /^Seen:/ }).click()
    await breachOf(other, first).getByText(/^Seen by operator at/).waitFor()
    const shown = await scene.operator.alert(alert)
    assert.deepEqual(shown.seen.map(({ by, notice }) => [by, notice]), [['operator', 'clock_breached']])
    assert.equal(shown.clocks[0].verdict, 'breaching')
    const { timeline } = await scene.operator.get(`/alerts/${alert}`)
    assert.deepEqual(timeline.filter(({ kind }) => kind === 'alarm_seen').map(({ by }) => by), ['operator'])
  })

  await then('U3 seen it stays, red and steady', async () => {
    const sign = breachOf(other, first).locator('svg').first()
    assert.doesNotMatch(await sign.getAttribute('class'), /flashing/)
    assert.match(await breachOf(other, first).locator('.mark').getAttribute('class'), /overdue/)
    assert.equal(await rowOf(one.page, first).locator('.flashing').count(), 0)
  })

  await then('U3 what is over unseen stays as an outline until it is seen, then it is history', async () => {
    const late = await scene.operator.alerts()
    const unseen = late.find((one) => one.school === second.id).id
    const [assignment] = await scene.operator.dispatch(unseen, UNITS.traffic.id)
    await scene.operator.command(`/assignments/${assignment}/arrive`)
    await breachOf(one, second).getByText('Over, not seen').waitFor()
    const border = await breachOf(one, second).locator('.mark').evaluate((mark) => getComputedStyle(mark).borderStyle)
    assert.equal(border, 'dashed')
    await breachOf(one, second).getByRole('button', { name: /^Seen:/ }).click()
    for (const person of [one, other]) await breachOf(person, second).waitFor({ state: 'detached' })
  })

  await then('U16 the list is worked by keyboard alone', async () => {
    const { keyboard, mouse } = one.page
    // Under pointer or focus the list would keep its order.
    await mouse.move(5, 5)
    await keyboard.press('F2')
    const missed = await scene.gateway.raise(raised(second))
    await breachOf(one, second).getByText('Not seen').waitFor()
    await keyboard.press('F4')
    await keyboard.press('Enter')
    await one.page.getByRole('article', { name: `Alert ${missed}` }).waitFor()
    await keyboard.press('F4')
    await keyboard.press('Space')
    await eventually(async () => (await scene.operator.alert(missed)).seen.length > 0)
  })
})

test('a desk that may not sound', async (t) => {
  const scene = await Scene.open(t)
  const { context } = await scene.loggedIn('operator')
  // A window nobody has pressed anything in.
  const page = await context.newPage()
  const operator = { page }
  await listen(operator)
  await page.goto('/desk')
  const onlooker = await Onlooker.of(page)
  const saysSilent = async () => (await onlooker.text()).includes('does not allow sound yet')

  await t.test('U5 says that alarms would be silent, and goes on saying it', async () => {
    const clock = async () => (await onlooker.text()).match(/\d\d:\d\d:\d\d/)?.[0]
    const atFirst = await eventually(clock)
    // Where sound is allowed the note goes within the first moments.
    await eventually(async () => (await clock()) > atFirst)
    await eventually(async () => (await onlooker.text()).includes('No alarms'))
    assert.ok(await saysSilent())
  })

  await t.test('U5 is heard after one press, and says no more', async () => {
    await page.keyboard.press('Enter')
    await eventually(async () => !(await saysSilent()))
  })

  await t.test('U5 plays both tones when it is tested', async () => {
    await paneOf(operator).getByRole('button', { name: 'Test sound' }).click()
    await eventually(async () => (await beepsOf(operator)).length === 5, { within: 5_000 })
    const hertz = (await beepsOf(operator)).map((beep) => beep.hertz)
    assert.ok(Math.min(...hertz.slice(0, 3)) > Math.max(...hertz.slice(3)), `${hertz}`)
  })
})

test('a flood of alarms', async (t) => {
  const scene = await Scene.open(t)
  await adoptShortLimits(scene.admin)
  const operator = await scene.loggedIn('operator')
  const pane = paneOf(operator)
  await operator.page.waitForURL(at('/desk'))
  const COUNT = 12
  for (let number = 0; number < COUNT; number += 1) {
    await scene.gateway.raise({ ...raised(number % 2 ? first : second), source_alarm_id: `flood-${number}` })
  }

  await t.test('U6 has a banner and is grouped by school', async () => {
    await pane.getByText(/alarms within 10 minutes: grouped by unit and school/).waitFor()
    for (const school of [first, second]) await pane.getByRole('button', { name: school.name, expanded: false }).waitFor()
  })

  await t.test('U6 drops nothing: unfolded, every alarm is there', async () => {
    const alarmCount = async () => (await scene.operator.alerts()).flatMap((one) => one.notices).filter((one) => one.notice === 'clock_breached').length
    await eventually(async () => (await alarmCount()) === COUNT, { within: 10_000 })
    for (const school of [first, second]) await pane.getByRole('button', { name: school.name, expanded: false }).click()
    await eventually(async () => (await alarmsOf(operator).filter({ hasText: 'Limit passed' }).count()) === COUNT)
  })

  await t.test('U6 is seen a group at a time', async () => {
    await pane.getByRole('button', { name: /^Seen: all \d+ of this group$/ }).first().click()
    await eventually(async () => (await pane.getByRole('button', { name: /of this group$/ }).count()) === 1)
  })
})
