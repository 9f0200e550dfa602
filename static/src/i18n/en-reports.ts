/** Texts of the report pages; titles, definitions and figures come from the server. */

import type { reports as zh } from './zh-reports'

export const reports: typeof zh = {
  tabs: { bulletin: 'Weekly bulletin', campaign: 'Campaign report', sampling: 'Sampling' },
  tabsLabel: 'Kind of report',
  from: 'From', to: 'To', week: 'Week', mode: 'Mode', station: 'Station', allStations: 'All stations',
  weekBefore: 'Week before', weekAfter: 'Week after',
  spans: { month: 'Last 30 days', quarter: 'Last 90 days', year: 'Last year' },
  badRange: 'The first day must not come after the last; please correct it.',
  take: 'Take away', print: 'Print', xlsx: 'Export XLSX', csv: 'Export CSV',
  nothing: 'There is nothing in this part.',
  more: (n) => `${n} more ${n === 1 ? 'row' : 'rows'}; XLSX and CSV hold all of them.`,
  basis: 'What the figures rest on',
  draw: {
    title: 'Draw alerts', seed: 'Seed', dice: 'Random seed', size: 'How many', submit: 'Draw',
    hint: 'The same seed and period draw the same list, so that anybody can check it. The period must be over; only handled alerts are drawn, by station.',
    drawn: (n) => `${n} drawn.`,
  },
  list: {
    title: 'Samples', none: 'No sample yet.', number: (id) => `No. ${id}`,
    period: 'Period', seed: 'Seed', handled: 'Handled', drawn: 'Drawn', scored: 'Scored',
    rate: 'Pass rate', interval: '95 % interval', by: 'Drawn by', open: 'Open', back: 'Back to the list',
  },
  score: {
    alerts: 'Alerts drawn', result: 'Result', noResult: '(no result written)', received: 'Received',
    disposition: 'Disposition', verdict: 'Verdict',
    corrections: (n) => `${n} ${n === 1 ? 'correction or excuse' : 'corrections or excuses'}`,
    found: (mark) => `The record says: ${mark}`, person: 'For a person to judge',
    remark: 'Remark (required where an item failed)', submit: 'Submit the marks', again: 'Change the marks',
    passed: 'Passed', failed: 'Failed', open: 'Not scored', by: (who, at) => `Scored by ${who} at ${at}`,
    incomplete: 'Please mark every item.', start: 'Score',
    marks: { pass: 'Pass', fail: 'Fail', not_applicable: 'Not applicable' },
  },
}
