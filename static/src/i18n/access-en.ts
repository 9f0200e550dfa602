/** Logging in, one's own account, sessions. */

import type { AccessMessages } from './access-zh'

export const access: AccessMessages = {
  code: 'Code', codeHint: 'The six digits your authenticator shows now; without your phone, a recovery code.',
  device: 'Device login', deviceHint: 'Walls and terminals log in with the token the administrator gave out.',
  deviceToken: 'Device token', person: 'Account login', back: 'Back', next: 'Continue',
  change: 'Change the password',
  changeHint: 'This password was set by an administrator or has run out. Choose one that only you know.',
  newPassword: 'New password', currentPassword: 'Current password',
  changed: 'The password is changed; logins elsewhere have ended.',
  enrol: 'Set up a second factor',
  enrolHint: 'This role logs in with a code. Scan the picture with an authenticator app, then enter the six digits it shows.',
  enrolOwnHint: 'Scan the picture with an authenticator app, then enter the six digits it shows.',
  qr: 'QR code of the second factor', manual: 'Where nothing scans, type this secret:', confirm: 'Confirm',
  recovery: 'Recovery codes',
  recoveryHint: 'Each logs in once without the phone. They are shown this once: write them down or print them, and keep them safe.',
  saved: 'I have kept the recovery codes', enter: 'Go on', print: 'Print',
  mine: 'My account', second: 'Second factor',
  secondOn: 'Set up. For a new phone, have an administrator reset it.',
  secondOff: 'Not set up. With one, logging in takes a code beside the password.', start: 'Set up',
  sessions: 'Where you are logged in', sessionsAll: 'Everybody logged in', endSession: 'End', current: 'This one',
  address: 'Address', device_: 'Device', opened: 'Logged in', seen: 'Last used', expires: 'Until', lockedMark: 'Locked',
  confirmEnd: (name) => `End this login of ${name}?`, unknownDevice: 'Unknown device',
  locked: 'Desk locked', lockedHint: 'The picture goes on. Enter the password to go on working.', unlock: 'Unlock',
  lock: 'Lock the desk',
  browser: (browser, system) => `${browser} · ${system}`,
}
