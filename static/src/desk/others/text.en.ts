/** Several desks at one alert, in English. */

import type { OtherTexts } from './text.zh'

export const otherTexts: OtherTexts = {
  none: (minutes) => `No other desk has acted here in the last ${minutes} minutes`,
  reclassified: (what) => `While you chose, the alert became ${what}. Your choice is still here; sending it replaces that.`,
}
