/** English texts that every page shows, the phone too; the phone has no others. */

import { shared as labels } from './en-labels-shared'
import { unit } from './en-unit'
import type { core as zh } from './zh-core'

const many = (n: number, one: string, more = `${one}s`) => `${n} ${n === 1 ? one : more}`

export const core: typeof zh = {
  product: 'Campus Dispatch',
  labels,
  common: {
    send: 'Send', cancel: 'Cancel',
    close: 'Fold', more: 'More', all: 'All', none: 'None', yes: 'Yes', no: 'No',
    unknown: 'Unknown', sending: 'Sending…', loading: 'Loading…', retry: 'Try again',
    reload: 'Reload', required: 'required', optional: 'optional', reason: 'Reason', text: 'Text',
    unit: 'Unit', school: 'School', station: 'Station', category: 'Category',
    severity: 'Severity', source: 'Source', mode: 'Mode', tier: 'Tier', zone: 'Zone',
    noMatch: 'No match', language: 'Language', logout: 'Log out', help: 'Help', switchTo: '中文',
    noAnswer:
      'The server did not answer. Your entry is kept; pressing again retries it and never doubles it.',
    chooseFile: 'Choose a file', noFile: 'None chosen', console: 'Server console', system: 'System',
    requestId: (id) => `Request ${id}`,
    list: ', ',
    colon: ': ', aside: (text) => ` (${text})`,
  },
  trust: {
    lost: 'Connection lost',
    silent: (age) => `No update for ${age}: do not trust the countdowns`,
    reconnecting: 'Reconnecting', live: 'Live', loading: 'Fetching the current alerts…',
    ended: {
      session_ended: 'Your login has ended. Please log in again.',
      too_many_sockets: 'Too many windows are open for this account: this one is no longer updated.',
      message_too_big: 'The connection was refused: this window is no longer updated.',
    },
    skewed: (span) => `This device's clock is off by ${span}; server time is shown`,
    serverTime: 'Server time',
    exercise: (n) => `Exercise under way: ${many(n, 'exercise alert')}`,
    test: 'Test',
  },
  clock: {
    governing: 'Governing', advisory: 'Advisory', corrected: 'Corrected',
    seconds: (n) => `${n} s`, minutes: (n) => `${n} min`, limit: (limit) => `Limit ${limit}`, waiting: 'Starts at dispatch',
    noClock: 'Inquiry: no clock', due: (at) => `Due ${at}`, reached: (at) => `Reached ${at}`,
    overdue: 'Overdue', warning: 'Near', running: 'Running', met: 'On time', late: 'Late',
    void: 'Not counted',
    words: {
      waiting: 'Not started', running: 'Running', warning: 'Limit near', overdue: 'Overdue',
      met: 'On time', late: 'Late', void: 'Not counted',
    },
    missed: 'Missed', excused: 'Excused',
  },
  alert: {
    number: (id) => `Alert ${id}`, tierOf: (tier) => `${tier} tier`, place: 'Place',
    summary: 'Summary', phone: 'Caller', receivedAt: 'Received', reportedAt: 'Reported',
    occurredAt: 'Occurred', resolvedAt: 'Resolved', closedAt: 'Closed', policy: 'Policy',
    raisedBy: 'Taken by', unassessed: 'Not assessed', reinforcement: 'Reinforcement asked',
    mergedInto: (id) => `Merged into alert ${id}`, merged: (ids) => `Includes alert ${ids}`,
    reopened: (n) => `Reopened ${n}×`, hazard: 'Open hazard',
    hazardUntil: (at) => `To be fixed by ${at}`, noSchool: 'No school',
    units: (n) => many(n, 'unit'), firstVerdict: 'First verdict', callSchool: 'Whom to call at the school', imported: 'Imported history',
  },
  unit,
  weekdays: { Mon: 'Mon', Tue: 'Tue', Wed: 'Wed', Thu: 'Thu', Fri: 'Fri', Sat: 'Sat', Sun: 'Sun' },
  announce: {
    alert: (what, where) => `New alert: ${where}, ${what}`,
  },
}
