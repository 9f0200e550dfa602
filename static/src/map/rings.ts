/** How far a free patrol comes within one, three and five minutes, by the desk's own estimate. */

import { DETOUR, SPEED, TURNOUT_MS } from '@/desk/dispatch/estimate'

export const REACH = [1, 3, 5].map((minutes) => ({
  minutes,
  metres: Math.round((((minutes * 60_000 - TURNOUT_MS.other) / 1000) * SPEED.patrol) / DETOUR),
}))
