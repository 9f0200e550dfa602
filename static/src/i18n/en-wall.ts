/** The wall's texts. */

import type { Messages } from './zh'

export const wall: Messages['wall'] = {
  more: (n) => `and ${n} more`, none: 'No open alerts', waiting: 'To dispatch',
  active: 'In progress', overdue: 'Overdue', warning: 'Near limit', available: 'Units free',
  unitsNone: 'No unit yet',
}
