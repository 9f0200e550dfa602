/** What a page must never do, noted while it is used. */

/** Before anybody is logged in, asking who this is answers 401; the browser counts it an error. */
const ALWAYS_EXPECTED = [/\b401\b.*\/api\/v1\/session$/]

export class Witness {
  #complaints = []
  #expected = [...ALWAYS_EXPECTED]
  #hosts = new Set()
  /** How many requests were looked at. */
  requests = 0

  /** Watches every page of a context whose own server is `origin`. */
  async watch(context, origin) {
    const { host } = new URL(origin)
    await context.exposeBinding('noteViolation', (_source, text) => this.note(text))
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        window.noteViolation(`content security policy: ${event.violatedDirective} ${event.blockedURI}`)
      })
    })
    context.on('request', (request) => this.#checkHost(request.url(), host))
    context.on('page', (page) => {
      page.on('websocket', (socket) => this.#checkHost(socket.url(), host))
      page.on('pageerror', (error) => this.note(`uncaught ${error.stack ?? error}`))
      page.on('console', (message) => {
        if (message.type() === 'error') this.note(`${message.text()} ${message.location().url}`.trim())
      })
    })
  }

  #checkHost(text, host) {
    this.requests += 1
    const url = new URL(text)
    const isOwn = url.host === host || this.#hosts.has(url.host) || ['blob:', 'about:'].includes(url.protocol)
    if (!isOwn) this.note(`request to another place: ${text.slice(0, 200)}`)
  }

  note(text) {
    this.#complaints.push(text)
  }

  /** Another address of the same server's, which a test has put in front of it. */
  allow(host) {
    this.#hosts.add(host)
  }

  /** What this test brings about on purpose. */
  expect(...patterns) {
    this.#expected.push(...patterns)
  }

  get complaints() {
    return this.#complaints.filter((text) => !this.#expected.some((pattern) => pattern.test(text)))
  }
}
