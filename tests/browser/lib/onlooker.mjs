/** Reads a page without touching it: what Playwright evaluates counts as a press, which lets sound through. */

export class Onlooker {
  #session

  constructor(session) {
    this.#session = session
  }

  static async of(page) {
    return new Onlooker(await page.context().newCDPSession(page))
  }

  /** What the page shows, as text. */
  async text() {
    const { result } = await this.#session.send('Runtime.evaluate', {
      expression: 'document.body.innerText',
      userGesture: false,
    })
    return result.value
  }
}
