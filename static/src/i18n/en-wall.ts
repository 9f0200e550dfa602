/** The wall's texts. */

import type { Messages } from './zh'

export const wall: Messages['wall'] = {
  more: (n) => `and ${n} more`, none: 'No open alerts', waiting: 'To dispatch',
  active: 'In progress', overdue: 'Overdue', warning: 'Near limit', available: 'Units free',
  unitsNone: 'No unit yet', unitsLeft: 'Units cleared',
  day: {
    title: 'Today', received: 'Received today', ended: 'Ended', onTime: 'On time', of: (met, n) => `${met} of ${n}`,
    few: (n) => `n = ${n}: no rate below 10`,
  },
  strip: 'Units', staleFor: (age) => `No update for ${age}`,
  staleHint: 'What follows is an old picture: ask by telephone or radio.',
}
