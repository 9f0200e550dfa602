/** Administration: editing, importing, accounts, the record of access. */

import type { ManageMessages } from './manage-zh'

export const manage: ManageMessages = {
  add: { schools: 'Add a school', stations: 'Add a station', units: 'Add a unit' },
  edit: 'Edit', remove: 'Remove', save: 'Save', saved: 'Saved.', confirmRemove: (name) => `Remove ${name}?`,
  longitude: 'Longitude (WGS-84)', latitude: 'Latitude (WGS-84)', contactName: 'Contact', contactPhone: 'Telephone',
  leaderName: 'Leader', leaderPhone: "Leader's telephone", liaisonName: 'Liaison', liaisonPhone: "Liaison's telephone",
  idHint: 'cannot be changed later', addWindow: 'Add a time', removeWindow: 'Remove this time', from: 'From', to: 'To', timeHint: '24 hours, as 07:20', endHint: '24 hours, as 08:00; 24:00 for the end of the day', posts: 'Posts',
  noStation: 'None',
  import: {
    title: 'Import from a file',
    hint: 'CSV (UTF-8, GBK) and XLSX. It is checked first and nothing is written; all rows must be right. Of a file that is too large, the check tells how much is taken.',
    check: 'Check', take: 'Import', checking: 'Checking…', taking: 'Importing…',
    clean: (added, changed, unchanged) => `In order: ${added} new, ${changed} changed, ${unchanged} as they were. Nothing is written yet.`,
    done: (added, changed, unchanged) => `Imported: ${added} new, ${changed} changed, ${unchanged} as they were.`,
    faulty: (n) => `${n === 1 ? '1 row keeps' : `${n} rows keep`} the file out; nothing was written. Mend the file and choose it again.`,
    line: 'Row', reason: 'What is wrong', more: (n) => `${n} more are not listed.`,
  },
  account: {
    credential: 'Logs in with', password: 'Password', token: 'Token', factor: 'Second factor', state: 'State', on: 'set up', off: 'none',
    mustChange: 'password to be changed', manage: 'Manage', role: 'Role and place', change: 'Change',
    changeHint: 'Its logins end at once; it logs in again as what it is then.', setPassword: 'Set a password',
    setPasswordHint: 'Its owner changes it at the next login, and sets up the second factor anew.', newPassword: 'New first password',
    renew: 'New token', renewHint: 'The old token, and every login made with it, ends at once.', reset: 'Reset the second factor',
    resetHint: 'For a lost phone; another is set up at the next login.', enable: 'Enable', done: 'Done.',
    passwordOrToken: 'First password (leave empty for a device token)',
  },
  record: {
    title: 'Record of access', account: 'Account', kind: 'What', any: 'All', more: 'More', none: 'Nothing recorded fits.', at: 'Time',
    by: 'By', detail: 'Detail', newest: 'The newest first. Nobody can change or remove a line.',
    kinds: {
      session_opened: 'Logged in', session_closed: 'Login ended', access_refused: 'Refused',
      personal_data_viewed: 'Number viewed', data_exported: 'Exported', account_added: 'Account added',
      account_disabled: 'Account disabled', account_enabled: 'Account enabled', account_changed: 'Account changed',
      credential_changed: 'Password or token changed', second_factor_enrolled: 'Second factor set up',
      second_factor_reset: 'Second factor reset', school_defined: 'School changed', school_removed: 'School removed',
      station_defined: 'Station changed', station_removed: 'Station removed', unit_defined: 'Unit changed',
      unit_removed: 'Unit removed', policy_adopted: 'Policy put in force', policy_filed: 'Policy filed',
      journal_repaired: 'Journal repaired', server_configured: 'Server configuration',
    },
    refused: (what, times) => `${what}, ${times === 1 ? 'once' : `${times} times`}`,
    refusals: { login: 'Login', credentials: 'Credentials', permission: 'Permission', locked: 'Locked desk', too_often: 'Too many requests' },
    configured: (version, changed) => `Release ${version} · ${changed ? 'other than by default:' : 'every setting by default'}`,
    exports: {
      journal: 'The whole journal', alerts: 'Table of alerts', backup: 'Backup', alert_proof: 'Proof of an alert', alert_report: 'Report of an alert',
      handover_list: 'Hand-over list', response_statistics: 'Statistics', bulletin_report: 'Bulletin', campaign_report: 'Campaign report',
      sampling_report: 'Sample',
    },
    print: 'print',
    takenAt: (when) => `on the server at ${when}`,
    alert: (id) => `Alert ${id}`, other: 'Other',
  },

}
