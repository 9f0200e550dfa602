/** The report of one alert, in English. */

import type { ReportTexts } from './text.zh'

export const reportTexts: ReportTexts = {
  title: (id) => `Report of alert ${id}`, open: 'Report', back: 'Back to the desk', print: 'Print', proof: 'Download the proof',
  proofHint: 'Holds the records as they are, the caller’s number included; can be checked offline on any machine',
  facts: 'The alert', verdict: 'Verdict', noVerdict: 'Inquiry: no clock', unit: 'Station',
  way: 'Where the time went', wayHint: 'Along the unit that arrived first; a missing point stays missing', toArrival: 'Received to on scene', whole: 'Received to closed',
  leg: 'Leg', from: 'From', to: 'To', lasted: 'Lasted', share: 'Share', going: 'Going on', limitMark: 'Limit',
  waypoint: {
    received: 'Received', dispatched: 'Dispatched', acknowledged: 'Acknowledged', en_route: 'En route', arrived: 'On scene', cleared: 'Unit cleared',
    resolved: 'Resolved', closed: 'Closed', cancelled: 'Cancelled',
  },
  clocks: 'Clocks, and what their verdicts rest on', rule: 'Rule', promise: 'Promise', started: 'Started', ended: 'Ended', elapsed: 'Took / limit', outcome: 'Verdict',
  startPoint: { received: 'from receipt', reported: 'from the report', dispatched: 'from the first dispatch' },
  endPoint: { acknowledged: 'to acknowledged', en_route: 'to en route', arrived: 'to on scene', cleared: 'to cleared' },
  anyPolice: 'any police unit', kinds: (kinds) => `only ${kinds}`, waves: (waves) => `wave ${waves}`, atLeast: (n) => `at least ${n} units`,
  record: (seq) => `record ${seq}`, goal: (percent) => `goal ${percent}%`,
  notStarted: 'Not started', notReached: 'Not reached', endedBy: 'Alert ended', ofChild: (id) => `from alert ${id}, merged in`,
  was: 'was', empty: 'empty', excusedBy: (seq) => `Excused in record ${seq}`, rests: 'Rests on a corrected time point',
  corrections: 'Corrections and excuses', noCorrections: 'Nothing was corrected or excused.', point: 'Time point', original: 'Original', corrected: 'Corrected to',
  points: { occurred: 'Occurred', reported: 'Reported', received: 'Received', resolved: 'Resolved', dispatched: 'Dispatched' },
  excuse: (rule) => `Clock excused (${rule})`, by: 'By', at: 'At', reason: 'Reason',
  timeline: 'Full record', seq: 'Record', what: 'What', who: 'Who',
  sealed: (seq) => `Data up to record ${seq}`, made: (at) => `Made at ${at}`, head: 'Chain head', seal: 'Seal',
  check: 'Whoever receives a proof compares it with this seal: ',
  gone: 'There is no such alert, or you may not see it.',
}
