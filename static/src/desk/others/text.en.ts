/** Several desks at one alert, in English. */

import type { OtherTexts } from './text.zh'

export const otherTexts: OtherTexts = {
  reclassified: (what) => `While you chose, the alert became ${what}. Your choice is still here; sending it replaces that.`,
}
