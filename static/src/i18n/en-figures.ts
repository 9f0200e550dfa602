/** Texts of the statistics page's charts, lists, what-if and hints. */

import type { figures as zh } from './zh-figures'

export const figures: typeof zh = {
  measureOf: (name: string, which: string) => `${name}, ${which}`,
  chart: { heat: 'Weekday × hour', trend: 'Trend', groups: 'Side by side', table: 'The same as a table', hint: 'Press a cell of the chart for its alerts' },
  heatOf: { alerts: 'Alerts', rate: 'On-time rate', p90: 'p90' },
  shown: 'Show', steps: { day: 'By day', week: 'By week', month: 'By month' }, step: 'Step', hour: 'Hour',
  worst: (n: number) => `The ${n} groups with the lowest rate`, fewShort: (n: number) => `n=${n}, fewer than 10`,
  compare: {
    title: 'Against the equal period before', now: 'This period', before: 'Before', change: 'Change', points: (n: string) => `${n} points`,
    same: 'unchanged', few: 'n below 10: not compared',
  },
  list: {
    title: 'Alerts', of: (figure: string, group: string) => `${figure} · ${group}`, total: (n: number) => n === 1 ? '1 entry' : `${n} entries`,
    within: (limit: string) => `within ${limit}`, id: 'Number', received: 'Received', what: 'Category', where: 'Place', span: 'Took',
    tier: 'Tier', verdict: 'Verdict', unit: 'Unit', more: 'Show more', none: 'No alert stands behind this figure.', close: 'Close the list',
    open: (figure: string) => `${figure}: show the alerts`,
  },
  names: {
    alerts: 'Alerts', n: 'Counted in the rate', met: 'On time', late: 'Late', missed: 'Never reached', breaching: 'Overdue', excused: 'Excused',
    test: 'Left out: test', merged: 'Left out: merged', inquiry: 'Left out: inquiry', ended_early: 'Left out: ended before the limit',
    advisory: 'Left out: advisory', pending: 'Left out: still running', needed: 'Arrival needed', valid: 'Valid', false_alarm: 'False alarm',
    malicious: 'Malicious', duplicate: 'Duplicate', declined: 'Declined', reopened: 'Reopened', response: 'Response', handling: 'Handling',
    acknowledgement: 'Acknowledgement', turnout: 'Turnout', travel: 'Travel', control: 'Control', first_feedback: 'First feedback',
    result_feedback: 'Result feedback', close: 'Closing',
  },
  definitions: {
    alerts: 'Alerts received in the period that pass the filter.', n: 'Alerts with a verdict: on time, late, never reached, overdue and excused together.',
    met: 'The governing clock was reached within its limit; exactly at the limit counts.', late: 'The governing clock was reached after its limit.', missed: 'Ended after the limit without being reached.',
    breaching: 'Still open and past the limit.', excused: 'Late or never reached, with a supervisor’s reason; the raw rate still counts it.',
    test: 'Test alerts have no verdict.', merged: 'Merged into another alert.', inquiry: 'Inquiries (L0) have no limit.', ended_early: 'Ended before the limit without a unit.',
    advisory: 'The governing clock is advisory.', pending: 'Still open and within the limit.', needed: 'Alerts with a verdict that needed somebody to arrive.',
    valid: 'Found valid at closing. Share of all received.', false_alarm: 'Found a false alarm at closing. Share of all received.',
    malicious: 'Found malicious at closing. Share of all received.', duplicate: 'Found a duplicate at closing, or merged into another. Share of all received.',
    declined: 'At least one unit declined. Share of all received.', reopened: 'Reopened after closing. Share of all received.',
    response: 'First counted arrival − received', handling: 'First dispatch − received', acknowledgement: 'Acknowledged − dispatched, one entry per unit sent',
    turnout: 'En route − dispatched, one entry per unit sent', travel: 'Arrived − en route, one entry per unit sent', control: 'Last cleared − first arrival',
    first_feedback: 'First feedback − first arrival', result_feedback: 'First result − first dispatch', close: 'Closed − received',
  },
  endings: { title: 'How alerts ended (of all received)' },
  buckets: {
    title: 'Bulletin limits', acknowledgement: 'Acknowledged', turnout: 'En route', feedback: 'Result', arrival: 'Arrived',
    limit: (seconds: number) => seconds < 60 ? `≤ ${seconds} s` : seconds < 3600 ? `≤ ${seconds / 60} min` : `≤ ${seconds / 3600} h`,
    note: 'Acknowledged and en route count from the dispatch, the result from the first dispatch, arrival from receipt.',
  },
  whatIf: {
    title: 'What if another policy had applied', label: 'What-if result', note: 'Judges only the handled alerts of this period again, by the policy chosen. No record is changed.',
    policy: 'Policy', file: 'Policy file', run: 'Judge again', original: 'As judged', candidate: 'What if', none: 'No handled alert in this period.',
    newlyMet: 'Newly on time', noLonger: 'No longer on time', without: (n: number) => `${n} more had their tier set by a supervisor and this policy has no rule for it: left out.`,
    badFile: 'This file is not a policy. Choose one exported from this system.',
  },
  hints: {
    title: 'Data checks', note: 'Things that may be worth a look, each with its n. They accuse nobody: chance brings them too.',
    kinds: {
      just_under_limit: 'Arrivals just under the limit', same_second: 'Arrivals at different alerts in one second', no_arrival: 'Closed and nobody arrived',
      tier_lowered: 'Tier lowered after the start',
    },
    explain: {
      just_under_limit: 'Arrivals in the last 5 % before the limit ÷ arrivals in that stretch and one on each side; evenly spread, a third.',
      same_second: 'Arrivals that share their second with one at another alert ÷ all arrivals.', no_arrival: 'Alerts without any arrival ÷ closed alerts.',
      tier_lowered: 'Alerts with a longer limit than when first assessed ÷ alerts with a limit then.',
    },
    kind: 'What', seen: 'Seen / n', share: 'Share', interval: '95 % interval', expected: 'Reference', look: 'Worth a look',
    yes: 'worth a look', no: 'nothing unusual', alerts: 'Alerts',
  },
  exercise: 'Exercises: these figures are of exercise alerts only, apart from real ones.', testing: 'Tests: these figures are of test alerts only.',
  print: 'Print', filterLine: 'Filter', head: (seq: number) => `journal head ${seq}`,
  anySchool: 'All schools', anyStation: 'All stations', anyUnit: 'All units',
}
