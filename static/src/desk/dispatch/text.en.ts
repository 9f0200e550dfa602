/** What stands beside each unit that could be sent, in English. */

import type { DispatchTexts } from './text.zh'

export const dispatchTexts: DispatchTexts = {
  atSchool: 'At this school', noPosition: 'Position unknown', about: (seconds) => `about ${seconds} s`,
  inTime: 'in time, spare', late: 'too late',
  loses: (names, count) => (count > 2 ? `leaves ${names} and ${count - 2} more without cover` : `leaves ${names} without cover`),
  best: (names) => `Send the best: ${names}`, bestKey: 'F9', noBest: 'No free unit: choose a committed one to stack',
  covered: 'The units sent serve every clock', estimate: 'Times are estimates: the straight line with the usual detour of streets, at the pace of such a unit.',
}
