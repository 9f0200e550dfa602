/** What an act is called on its own button. */

import type { Messages } from '@/i18n'
import type { Act } from './queue'

export function nameOf(act: Act, { unit, labels }: Messages): string {
  switch (act) {
    case 'deliver':
      return labels.step.deliver
    case 'decline':
      return unit.decline
    case 'reinforce':
      return unit.reinforce
    case 'feedback':
      return unit.feedback
    case 'raise':
      return unit.raise.button
    case 'check_in':
      return unit.checkIn
    default:
      return unit.primary[act]
  }
}
