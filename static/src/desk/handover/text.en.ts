/** The shift hand-over list in English. */

import type { HandoverTexts } from './text.zh'

export const handoverTexts: HandoverTexts = {
  title: 'Shift hand-over', link: 'Hand-over', asOf: (at) => `As of ${at}`, by: (account) => `Handed over by ${account}`,
  back: 'Back to the desk', print: 'Print', overdue: 'Overdue, or with an alarm', open: 'Otherwise open', hazards: 'Hazards not fixed', unseen: 'Alarms nobody has seen', bound: 'Units that cannot be counted on',
  number: 'No.', what: 'Alert', stands: 'Stands', last: 'Last said', signatures: ['Handed over', 'Taken over', 'Supervisor'],
}
