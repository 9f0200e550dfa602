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

  /** The chosen form's fields and its button. */
  field(label) {
    return this.root.locator('form').getByLabel(label, { exact: true })
  }

  submit(label) {
    return this.root.locator('form').getByRole('button', { name: label, exact: true })
  }

  clock() {
    return this.root.locator('header .countdown')
  }
}
