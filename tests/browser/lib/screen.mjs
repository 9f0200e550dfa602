/** Where things are on the screens, in English. */

/** An alert's row on desk or wall, by the name of its school. */
export const rowOf = (page, school) => page.locator('[data-row], .wall li').filter({ hasText: school.name })

export const digitsOf = (row) => row.locator('.countdown .digits')

/** The open alert in the desk's detail. */
export class Detail {
  constructor(page, alert) {
    this.root = page.getByRole('article', { name: `Alert ${alert}` })
  }

  /** Chooses an act's form. */
  async choose(act) {
    await this.root.getByRole('toolbar').getByRole('button', { name: act, exact: true }).click()
  }

  /** A field of the chosen form: by its label's own text, for a choice's options are text of it too. */
  field(label) {
    const named = this.root.page().getByText(label, { exact: true })
    return this.root.locator('form label').filter({ has: named }).locator('input, select, textarea')
  }

  /** The chosen form's button. */
  submit(label) {
    return this.root.locator('form').getByRole('button', { name: label, exact: true })
  }

  clock() {
    return this.root.locator('header .countdown')
  }
}

/** One row of a table of figures: its cells' texts by their columns' names. */
export async function figuresOf(table, rowName) {
  const row = table.getByRole('row', { name: rowName })
  await row.waitFor()
  const columns = await table.getByRole('columnheader').evaluateAll((heads) =>
    heads.flatMap((head) => Array(head.colSpan).fill(head.innerText.trim())),
  )
  const texts = await row.locator('th, td').allInnerTexts()
  // Of a name that spans several cells the last one is the figure in words.
  return Object.fromEntries(columns.map((name, at) => [name, texts[at].trim()]))
}

/** What a row says of its alert's stage. */
export const STAGES = {
  received: 'To dispatch',
  dispatched: 'Dispatched',
  acknowledged: 'Acknowledged',
  en_route: 'En route',
  on_scene: 'On scene',
  resolved: 'Resolved',
  closed: 'Closed',
  cancelled: 'Cancelled',
  merged: 'Merged',
}
