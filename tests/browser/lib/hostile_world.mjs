/** A centre whose every field holds hostile strings, through every verb there is. */

import { randomUUID } from 'node:crypto'
import { IDS, STRINGS, Written } from './hostile.mjs'
import { UNITS } from './district.mjs'
import { PASSWORD } from './server.mjs'

/** So soon an alert is late, and may be excused. */
const LIMIT_MS = 1500
const DAY_MS = 86_400_000
const MARKS = [
  'record_complete', 'times_complete', 'dispatch_in_time', 'feedback_in_time', 'classification_fits', 'disposition_fits',
  'result_clear', 'changes_reasoned',
]

export class HostileWorld {
  written = new Written()
  /** Alerts by what happened to them; the `index`th of each holds other strings than the next. */
  handled = []
  cancelled = []
  open = []

  /** Writes every string into every field of a scene's centre. */
  static async in(scene) {
    const world = new HostileWorld(scene)
    await world.#takesOnPeople()
    for (const index of STRINGS.keys()) await world.#definesADistrict(index)
    for (const index of STRINGS.keys()) await world.#raises(index)
    await new Promise((resolve) => setTimeout(resolve, LIMIT_MS))
    for (const index of STRINGS.keys()) await world.#handles(index)
    for (const index of STRINGS.keys()) await world.#sends(index)
    await world.#scores()
    await world.#logsIn()
    return world
  }

  constructor(scene) {
    this.scene = scene
  }

  #say(field, index, of) {
    return this.written.say(field, index, of)
  }

  async #takesOnPeople() {
    const { admin } = this.scene
    for (const role of ['supervisor', 'auditor']) await admin.command('/accounts', { name: role, role, password: PASSWORD })
    for (const index of IDS.keys()) {
      await admin.command('/accounts', { name: this.#say('POST /accounts name', index), role: 'operator', password: PASSWORD })
    }
    this.supervisor = await this.scene.api('supervisor')
    this.patrol = await this.scene.api('patrol')
    this.manager = await this.scene.api('manager')
  }

  /** The `index`th station, school or unit. */
  #idOf(noun, index) {
    return index < IDS.length ? this.#say(`PUT /${noun}/{id} {id}`, index, index) : `H${index}`
  }

  async #definesADistrict(index) {
    const { admin, operator } = this.scene
    const station = this.#idOf('stations', index)
    const contact = (route, who) => ({ name: this.#say(`${route} ${who}.name`, index), phone: this.#say(`${route} ${who}.phone`, index) })
    await admin.put(`/stations/${station}`, {
      name: this.#say('PUT /stations/{id} name', index),
      leader: contact('PUT /stations/{id}', 'leader'),
      liaison: contact('PUT /stations/{id}', 'liaison'),
    })
    await admin.put(`/schools/${this.#idOf('schools', index)}`, {
      name: this.#say('PUT /schools/{id} name', index, index),
      kind: 'primary',
      zone: 'A',
      station,
      contact: contact('PUT /schools/{id}', 'contact'),
      // One alone, in the middle of the map.
      ...(index === 0 && { position: { longitude: 116.4, latitude: 39.9 } }),
    })
    const unit = this.#idOf('units', index)
    await admin.put(`/units/${unit}`, { name: this.#say('PUT /units/{id} name', index, index), kind: 'patrol', station })
    await operator.command(`/units/${unit}/duty`, { duty: 'available' })
  }

  /** From now on alerts are judged by the `index`th policy. */
  async adopts(index) {
    const { admin } = this.scene
    const { rules: [rule], ...policy } = await admin.get('/policy')
    const soon = { ...rule, tier: 'T1', limit_ms: LIMIT_MS, warn_at_ms: LIMIT_MS / 2, when: {}, who: {}, required: true }
    await admin.put('/policy', {
      ...policy,
      id: this.#say('PUT /policy id', index, index),
      name: this.#say('PUT /policy name', index, index),
      version: policy.version + 1,
      effective_from: new Date().toISOString(),
      rules: [{ ...soon, id: this.#say('PUT /policy rules[].id', index, index), governing: true }],
    })
  }

  /** Under a policy of its own: an exercise that turns out to be none, a hazard, and one that stays open. */
  async #raises(index) {
    await this.adopts(index)
    const { operator } = this.scene
    const report = (of, rest) => ({
      source: 'phone110',
      category: 'HAZARD',
      place: { text: this.#say('POST /alerts place.text', index, of) },
      summary: this.#say('POST /alerts summary', index, of),
      caller_phone: this.#say('POST /alerts caller_phone', index, of),
      source_alarm_id: randomUUID(),
      ...rest,
    })
    this.handled[index] = await operator.raise(report(index, { mode: 'exercise', school: this.#idOf('schools', index) }))
    this.cancelled[index] = await operator.raise(report(`cancelled ${index}`, {}))
    const source_alarm_id = this.#say('POST /alerts source_alarm_id', index)
    this.open[index] = await operator.raise(report(`open ${index}`, { source_alarm_id }))
  }

  async #handles(index) {
    const { operator } = this.scene
    const say = (field) => this.#say(field, index, index)
    const alert = this.handled[index]
    const on = (verb, body, by = operator) => by.command(`/alerts/${alert}/${verb}`, body)
    await on('turn-actual', { reason: say('POST /alerts/{id}/turn-actual reason') })
    await on('note', { text: say('POST /alerts/{id}/note text') })
    await on('feedback', { kind: 'progress', text: say('POST /alerts/{id}/feedback text') })
    const [asked] = await operator.dispatch(alert, UNITS.patrol.id)
    await this.patrol.command(`/assignments/${asked}/reinforce`, { text: say('POST /assignments/{id}/reinforce text') })
    await this.patrol.command(`/assignments/${asked}/decline`, { reason: say('POST /assignments/{id}/decline reason') })
    const [called] = await operator.dispatch(alert, this.#idOf('units', index))
    await operator.command(`/assignments/${called}/cancel`, { reason: say('POST /assignments/{id}/cancel reason') })
    await on('reclassify', { severity: 'L1', reason: say('POST /alerts/{id}/reclassify reason') })
    await on('defer-hazard', {
      measure: say('POST /alerts/{id}/defer-hazard measure'),
      informed: say('POST /alerts/{id}/defer-hazard informed'),
      due_at: new Date(Date.now() + DAY_MS).toISOString(),
    })
    await on('fix-hazard', { text: say('POST /alerts/{id}/fix-hazard text') })
    await on('correct', {
      point: 'occurred', new: new Date(Date.now() - DAY_MS).toISOString(), reason: say('POST /alerts/{id}/correct reason'),
    }, this.supervisor)
    const close = async () => {
      await on('resolve', { disposition: 'no_police_needed', result: say('POST /alerts/{id}/resolve result') })
      await on('close', {
        result: say('POST /alerts/{id}/close result'), no_arrival_reason: say('POST /alerts/{id}/close no_arrival_reason'),
        police_count: 0, injured_count: 0, validity: 'valid',
      })
    }
    await close()
    const [rule] = this.written.texts(['PUT /policy rules[].id'], index)
    await on('excuse', { rule, reason: say('POST /alerts/{id}/excuse reason') }, this.supervisor)
    await on('reopen', { reason: say('POST /alerts/{id}/reopen reason') }, this.supervisor)
    await close()

    const hazard = this.cancelled[index]
    const of = `cancelled ${index}`
    await operator.command(`/alerts/${hazard}/defer-hazard`, {
      measure: this.#say('POST /alerts/{id}/defer-hazard measure', index, of),
      informed: this.#say('POST /alerts/{id}/defer-hazard informed', index, of),
      due_at: new Date(Date.now() + DAY_MS).toISOString(),
    })
    await operator.command(`/alerts/${hazard}/cancel`, { reason: this.#say('POST /alerts/{id}/cancel reason', index, of) })
  }

  /** The patrol is sent to everything that is open. */
  async #sends(index) {
    const { operator } = this.scene
    const alert = this.open[index]
    await operator.command(`/alerts/${alert}/note`, { text: this.#say('POST /alerts/{id}/note text', index, `open ${index}`) })
    await operator.command(`/alerts/${alert}/dispatch`, { units: [{ unit: UNITS.patrol.id }], confirm_stacking: true })
  }

  async #scores() {
    const from = new Date(Date.now() - DAY_MS).toISOString()
    await this.manager.command('/samples', { seed: 1, from, to: new Date().toISOString(), size: 100 })
    const { alerts } = await this.manager.get('/samples/1')
    for (const [index, { alert }] of alerts.entries()) {
      const marks = Object.fromEntries(MARKS.map((item) => [item, 'pass']))
      await this.manager.command('/samples/1/score', { alert, marks, remark: this.#say('POST /samples/{id}/score remark', index) })
    }
  }

  /** A browser says what it is; all the strings at once are one browser. */
  async #logsIn() {
    const { origin } = this.scene.server
    const said = STRINGS.map((_, index) => this.#say('POST /session User-Agent', index))
    const agent = said.filter((text) => /^[ -~]*$/.test(text)).join(' ')
    const login = await fetch(`${origin}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: origin, 'User-Agent': agent },
      body: JSON.stringify({ account: 'manager', password: PASSWORD }),
    })
    if (!login.ok) throw new Error(`a login was refused: ${login.status}`)
  }

  /** A file of schools none of whose kinds there is. */
  file() {
    const quoted = (text) => `"${text.replaceAll('"', '""')}"`
    const row = (_, index) => `I${index},示例,${quoted(this.#say('POST /imports/schools file', index))},B`
    return ['id,name,kind,zone', ...STRINGS.map(row)].join('\n')
  }

  /** The bulletin of a station whose id is all the strings. */
  bulletinOfAStation() {
    const said = STRINGS.map((_, index) => this.#say('GET /reports/bulletin ?station', index))
    return `/reports/bulletin?${new URLSearchParams({ station: said.join(' ') })}`
  }
}
