/** The phone's texts. */

import type { Messages } from './zh'

export const unit: Messages['unit'] = {
  noUnit: 'This account has no unit.', none: 'No assignment',
  noneHint: 'A new assignment is announced here, with a vibration.', others: 'Other assignments',
  allSent: 'All sent', toSend: (n) => `${n} to send`, offline: 'Offline', duty: 'Duty',
  dutyPost: 'Post', choosePost: 'Choose a school',
  primary: {
    acknowledge: 'Acknowledge', en_route: 'En route', arrive: 'Arrived', feedback: 'Feedback',
    clear: 'Cleared',
  },
  arriving: (seconds) => `Arrival is sent in ${seconds} s`, undo: 'Undo arrival',
  decline: 'Decline', declineReason: 'Why declined', reinforce: 'Ask reinforcement',
  reinforceText: 'What is needed', feedback: 'Feedback', feedbackText: 'What happens here',
  feedbackKind: 'Kind of feedback', moreFeedback: 'More feedback', refused: 'Not accepted',
  withdrawn: 'This assignment was withdrawn', dismiss: 'Understood',
  newAssignment: (where) => `New assignment: ${where}`, caller: 'Caller', steps: 'Progress',
  checkIn: 'Check in',
  checkInHint: 'When a patrol reaches a school', checkInDone: 'Check-in sent',
  recent: 'Recent', mine: 'This unit', since: 'Received',
  tooLate: (what, why) => `“${what}” was not accepted: ${why}`,
  lateNote: (what, at, text) => `Told after the assignment was withdrawn: ${what} (device time ${at})${text && `: ${text}`}`,
  noted: (what, at) => `The assignment was withdrawn. “${what}”, pressed at ${at}, was filed as a supplementary report.`,
  gone: 'This assignment is no longer this unit’s. Asking why.',
  notKept: 'This browser does not let the page keep anything: closing it loses what is not sent yet.',
  raise: {
    button: 'Report an alert', what: 'Choosing a category reports it at once', where: 'Where',
    done: (id) => `Reported as alert ${id}`, post: 'Post', nearest: 'Nearest school', visited: 'Last check-in',
    own: 'Where this unit is', other: 'Another school', ownText: (name) => `Where ${name} is`,
    waiting: 'Noted, reporting it now', summary: 'Details (optional)',
  },
  location: {
    title: 'Report position', hint: 'Only on duty; can be turned off at any time',
    state: {
      off: 'Off', off_duty: 'Not on duty: nothing is reported', searching: 'Finding the position',
      reporting: 'Position is being reported',
      denied: 'The browser does not allow it: allow the position in its settings',
      unavailable: 'This device cannot tell its position',
    },
  },
  leave: {
    ask: (n) => `${n} not sent yet. After leaving they stay on this device and are sent at this account’s next login.`,
    confirm: 'Leave all the same', stay: 'Stay',
    left: 'You have left. The server will be told once there is a network.',
    offline: 'There is no network and nobody is logged in here. Log in once there is a network.',
  },
}
