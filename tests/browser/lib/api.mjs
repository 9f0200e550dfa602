/** The API as one actor uses it: logged in, commands with a key, refusals as errors. */

import { randomUUID } from 'node:crypto'

export class Refused extends Error {
  constructor(method, path, status, problem) {
    super(`${method} ${path}: ${status} ${problem?.code ?? ''} ${problem?.detail ?? ''}`)
    this.status = status
    this.code = problem?.code
  }
}

export class Api {
  constructor(origin, credentials) {
    this.origin = origin
    /** Headers that say who calls; a live socket needs them too. */
    this.credentials = credentials
  }

  static withToken(origin, token) {
    return new Api(origin, { Authorization: `Bearer ${token}` })
  }

  static async login(origin, account, password) {
    const response = await fetch(`${origin}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: origin },
      body: JSON.stringify({ account, password }),
    })
    if (!response.ok) {
      throw new Refused('POST', '/session', response.status, await response.json().catch(() => null))
    }
    return Api.withCookie(origin, response)
  }

  /** As one of a demonstration's roles. */
  static async throughDemo(origin, role) {
    return Api.withCookie(origin, await fetch(`${origin}/demo/${role}`, { redirect: 'manual' }))
  }

  static withCookie(origin, response) {
    const [cookie] = response.headers.getSetCookie()[0].split(';')
    return new Api(origin, { Cookie: cookie, Origin: origin })
  }

  async request(method, path, { body, key, query } = {}) {
    const text = query ? `?${new URLSearchParams(query)}` : ''
    const response = await fetch(`${this.origin}/api/v1${path}${text}`, {
      method,
      headers: {
        ...this.credentials,
        'Accept-Language': 'en',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const value = await response.json().catch(() => null)
    if (!response.ok) throw new Refused(method, path, response.status, value)
    return value
  }

  get(path, query) {
    return this.request('GET', path, { query })
  }

  command(path, body = {}, method = 'POST') {
    return this.request(method, path, { body, key: randomUUID() })
  }

  /** What is handed over as a file, as text. */
  async file(path) {
    const response = await fetch(`${this.origin}/api/v1${path}`, { method: 'POST', headers: { ...this.credentials, 'Accept-Language': 'en' } })
    if (!response.ok) throw new Refused('POST', path, response.status, await response.json().catch(() => null))
    return response.text()
  }

  put(path, body) {
    return this.command(path, body, 'PUT')
  }

  /** Raises an alert and gives its id. */
  async raise(alert) {
    return (await this.command('/alerts', alert)).alert
  }

  /** Sends units and gives the assignments' ids. */
  async dispatch(alert, ...units) {
    const body = { units: units.map((unit) => ({ unit })), confirm_stacking: false }
    return (await this.command(`/alerts/${alert}/dispatch`, body)).assignments
  }

  async alert(id) {
    return (await this.get(`/alerts/${id}`)).alert
  }

  /** Every alert there is, page by page. */
  async alerts(query = {}) {
    const all = []
    let cursor = null
    do {
      const page = await this.get('/alerts', cursor ? { ...query, cursor } : query)
      all.push(...page.alerts)
      cursor = page.next_cursor
    } while (cursor !== null)
    return all
  }
}
