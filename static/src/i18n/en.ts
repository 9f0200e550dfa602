/** English screen texts, in the order of the Chinese ones. */

import { access } from './access-en'
import { core } from './en-core'
import { alarmTexts } from '@/alarms/text.en'
import { dispatchTexts } from '@/desk/dispatch/text.en'
import { replayTexts } from '@/replay/text.en'
import { reportTexts } from '@/report/text.en'
import { figures } from './en-figures'
import { handoverTexts } from '@/desk/handover/text.en'
import { keyTexts } from '@/desk/keys/text.en'
import { otherTexts } from '@/desk/others/text.en'
import { mapTexts } from '@/map/text.en'
import { labels } from './en-labels'
import { reports } from './en-reports'
import { wall } from './en-wall'
import type { Messages } from './zh'

const many = (n: number, one: string, more = `${one}s`) => `${n} ${n === 1 ? one : more}`

export const messages: Messages = {
  ...core,
  labels,
  access,
  reports,
  figures,
  alarms: alarmTexts,
  dispatch: dispatchTexts,
  replay: replayTexts,
  report: reportTexts,
  handover: handoverTexts,
  keys: keyTexts,
  others: otherTexts,
  map: mapTexts,
  entry: {
    login: 'Log in', account: 'Account', password: 'Password', enter: 'Log in',
    wrong: 'Account or password is not right.',
    expired: 'Your login has ended. Please log in again.', demo: 'Demo logins',
    demoHint: 'These are demo accounts; all data are invented examples.',
    setupNeeded:
      'The system is not set up yet. Use the one-time link the server printed on its console to create the first administrator.',
    setup: 'First set-up', setupHint: 'Creates the first administrator. This link works once.',
    setupNoToken:
      'This page needs the one-time link from the server console (/setup#…). Copy the whole link and open it.',
    setupDone: 'The administrator was created. Please log in.',
    create: 'Create administrator',
    repeat: 'Password again', mismatch: 'The two passwords differ.', goLogin: 'Go to login',
    noPage: 'This account has no page to show.', notFound: 'There is no such page.', home: 'Home',
    passwordHint: 'Use a long password and keep it safe.',
  },
  desk: {
    raise: 'New alert', raiseHint: 'F2 new alert · Enter sends',
    raised: (id) => `Alert ${id} recorded`, schoolHint: 'Name, pinyin initials or code',
    categoryHint: 'Name, initials or code',
    placeHint: 'Elsewhere, or where in the school', summaryHint: 'One line',
    phoneHint: 'Seen by operators and supervisors only', defaultSeverity: 'By category',
    needWhere: 'Choose a school or enter a place.', needCategory: 'Choose a category.',
    submit: 'Record alert', duplicates: 'Possible duplicates', openDuplicate: 'Open',
    waiting: 'To dispatch', active: 'In progress', ended: 'Ended within 24 h',
    hazards: 'with open hazards',
    empty: {
      waiting: 'No alert waits for a unit', active: 'No alert in progress',
      ended: 'No alert ended within 24 h',
    },
    frozen: 'Order held', frozenHint: 'The list keeps its order while pointer or focus is in it',
    units: 'Units', unitsFilter: 'Filter units', free: 'Free', busy: 'Committed', away: 'Away',
    noUnits: 'No unit matches', select: 'Choose an alert to see its details', clocks: 'Clocks',
    assignments: 'Assignments', timeline: 'Timeline', feedback: 'Feedback', notes: 'Notes',
    noAssignments: 'No unit sent yet', alarms: 'Needs action',
    positionStale: 'Position is stale',
    posted: (school) => `On post: ${school}`, search: 'Find an alert',
    gone: 'There is no such alert, or you may not see it.',
    pressedAt: (at) => `device ${at}`, echelon: (n) => `Wave ${n}`, stacked: 'Stacked',
    onBehalf: 'On behalf',
  },
  act: {
    title: 'Acts', dispatch: 'Dispatch', reclassify: 'Reclassify', note: 'Note',
    feedback: 'Feedback', resolve: 'Resolve', close: 'Close', cancel: 'Cancel alert',
    reopen: 'Reopen', merge: 'Merge', unmerge: 'Unmerge', turnActual: 'Turn actual',
    excuse: 'Excuse', deferHazard: 'Defer hazard', fixHazard: 'Hazard fixed',
    chooseUnits: 'Choose units', chosen: (n) => `${n} chosen`,
    dispatchHint: 'F8 dispatches; several at once',
    dispatchSubmit: (n) => (n > 1 ? `Send ${n} units` : 'Send'), echelon: 'Wave',
    stack: 'Send all the same',
    stackHint: 'A chosen unit is on another alert. Once confirmed it serves both.',
    newCategory: 'New category', newSeverity: 'New severity', newTier: 'Tier',
    keepTier: 'As the policy says', downgradeNote: 'A downgrade needs a supervisor and a reason.',
    unchanged: 'Nothing was changed.', result: 'Disposition', resultText: 'Result',
    closeNeeds: 'The record needs',
    need: {
      disposition: 'Disposition', result: 'Result text', arrival: 'Arrival, or why there was none',
      police_count: 'Number of police', injured_count: 'Injured (0 allowed)',
      validity: 'Validity', units_cleared: 'All assignments ended',
    },
    needDone: 'there', needOpen: 'missing', noArrivalReason: 'Why nobody arrived',
    policeCount: 'Police', injuredCount: 'Injured', validity: 'Validity',
    mergeInto: 'Merge into', mergeChoose: 'Choose the main alert',
    mergeHint: 'The clocks of the main alert then start at the earlier receipt of the two.',
    feedbackKind: 'Kind', ofUnit: 'From', nobody: 'Operator', chooseClock: 'Clock',
    informed: 'Informed', measure: 'Temporary measure', dueAt: 'To be fixed by',
    done: 'Sent', withdraw: 'Withdraw',
    withdrawReason: 'Why withdrawn', acknowledgeFor: 'Acknowledge', enRouteFor: 'En route',
    arriveFor: 'Arrived', clearFor: 'Cleared', choose: 'Choose',
  },
  wall,
  stats: {
    title: 'Response times', from: 'From', to: 'To', group: 'Group by',
    groups: {
      tier: 'Tier', day: 'Day', station: 'Station', school: 'School', category: 'Category',
      severity: 'Severity', zone: 'Zone', source: 'Source', week: 'Week', month: 'Month',
      hour: 'Hour', weekday_hour: 'Hour of the week', unit: 'Unit',
    },
    peak: 'Peak time', peaks: { true: 'Inside peak', false: 'Outside peak' },
    interval: '95 % interval', before: 'Equal period before',
    weekdayHour: (day, hour) => `${day} ${hour}`,
    total: 'Total', alerts: 'Alerts', n: 'n', onTime: 'On-time rate', adjusted: 'Without excused',
    met: 'On time', late: 'Late', missed: 'Missed', breaching: 'Overdue', excused: 'Excused',
    leftOut: 'Left out',
    leftOutReasons: {
      test: 'tests', merged: 'merged', inquiry: 'inquiries', ended_early: 'ended before the limit',
      advisory: 'advisory', pending: 'running',
    },
    measures: {
      response: 'Response', handling: 'Handling', acknowledgement: 'Acknowledgement',
      turnout: 'Turnout', travel: 'Travel', control: 'Control',
      first_feedback: 'First feedback', result_feedback: 'Result feedback', close: 'Closing',
    },
    measureHints: {
      response: 'first counted arrival − received', handling: 'first dispatch − received',
      acknowledgement: 'acknowledged − dispatched, per assignment',
      turnout: 'en route − dispatched', travel: 'arrived − en route',
      control: 'last cleared − first arrived',
      first_feedback: 'first feedback − first arrival',
      result_feedback: 'first result feedback − first dispatch', close: 'closed − received',
    },
    measure: 'Measure', max: 'Max', few: 'Below n = 10 only the maximum is given, no percentiles',
    buckets: 'Arrivals within N minutes', within: (n) => `≤ ${n} min`,
    needed: 'Needed', arrived: 'Arrived',
    period: (from, to) => `Received in [${from}, ${to}), Asia/Shanghai`,
    asOf: (at) => `Open alerts judged as of ${at}`, position: (seq) => `Record ${seq}`,
    start: 'Clock start: received', policies: 'Policy', policyAlerts: (n) => many(n, 'alert'),
    csv: 'Export CSV', none: 'No alerts in this period', rate: 'Rate',
    percentiles: 'Percentiles (seconds)', unknownGroup: 'None',
    definition: 'on time ÷ (on time + late + missed + overdue + excused)', days: 'days',
    presets: { today: 'Today', week: '7 days', month: '30 days' },
    badRange: 'The last day lies before the first.',
  },
  admin: {
    tabs: {
      policy: 'Policy', schools: 'Schools', stations: 'Stations', units: 'Units',
      accounts: 'Accounts', sessions: 'Logins',
    },
    notNational: 'Locally configured, not a national standard', current: 'In force',
    version: (n) => `version ${n}`, effective: (at) => `effective from ${at}`, fromBeginning: 'in force from the beginning',
    rules: 'Clock rules', rule: 'Rule', limit: 'Limit', warn: 'Warning', when: 'For', who: 'Counts',
    point: 'From – to', goal: 'Goal', kind: 'Kind', governing: 'governing', beside: 'beside',
    advisory: 'advisory', any: 'any', anyAlert: 'any alert', anyPolice: 'any police unit',
    atLeast: (n) => `at least ${n}`, echelons: (list) => `wave ${list}`, peak: 'peak',
    offPeak: 'off peak', budgets: 'Stage budgets',
    budget: {
      dispatch_ms: 'Dispatch', acknowledge_ms: 'Acknowledge', turnout_ms: 'Turnout',
      first_feedback_ms: 'First feedback', result_ms: 'Result',
    },
    preset: 'Presets', adopt: 'Put in force',
    adoptHint:
      'Governs alerts received from now on; those received before keep the policy they were judged by.',
    preview: {
      ask: 'Preview on the last 30 days', none: 'No handled alert in the last 30 days to compare.',
      onTime: 'On time', counted: 'Counted / handled',
      before: 'As judged', after: 'Under this policy',
      changes: (gained, lost) =>
        `${gained} newly on time, ${lost} no longer on time. A preview only: no record is changed.`,
      withoutRule: (n) =>
        `Left out: ${many(n, 'alert')} whose tier a supervisor set and for which this policy has no rule.`,
    },
    inForce: 'in force',
    start: { received: 'received', reported: 'reported', dispatched: 'dispatched' },
    end: {
      acknowledged: 'acknowledged', en_route: 'en route', arrived: 'arrived', cleared: 'cleared',
    },
    presets: {
      'school-135-default': 'Slower of severity and zone', 'severity-only': 'By severity',
      'zone-only': 'By zone', 'echelon-135': 'Three waves',
      'school-mutual-135': 'School mutual aid', 'stage-135': 'By stage',
    },
    id: 'Id', name: 'Name', position: 'Position', contact: 'Contact', leader: 'Leader',
    liaison: 'Liaison', duty: 'Duty', windows: 'Peak duty', posts: (n) => many(n, 'post'),
    filter: 'Filter', count: (n) => many(n, 'entry', 'entries'), role: 'Role',
    addAccount: 'New account', password: 'First password', disable: 'Disable',
    disabled: 'disabled', active: 'active',
    confirmDisable: (name) => `Every login of ${name} ends at once.`,
    added: (name) => `Account ${name} was created`,
    token: 'Access token, shown this once; keep it now:',
    unitNeeded: 'An account for a unit needs its unit.',
  },
}
