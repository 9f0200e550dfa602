/** The alarm list in English. */

import type { AlarmTexts } from './text.zh'

const many = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`}`

export const alarmTexts: AlarmTexts = {
  title: 'Alarms', none: 'No alarms', count: (n) => many(n, 'alarm'), unseenCount: (n) => `${n} not seen`,
  kind: {
    clock_breached: 'Limit passed', dispatch_missed: 'Not dispatched in time', acknowledge_missed: 'Not acknowledged in time', clock_warned: 'Limit near',
    unit_lost: 'Unit not heard from', first_feedback_missed: 'First feedback overdue', result_missed: 'Result overdue', hazard_overdue: 'Hazard not fixed in time',
  },
  state: { active_unseen: 'Not seen', active_seen: 'Seen', cleared_unseen: 'Over, not seen' },
  see: 'Seen', seeOf: (what) => `Seen: ${what}`, seeGroup: (n) => `Seen: all ${n} of this group`, seeCleared: (n) => `Seen: all ${n} that are over`,
  seenBy: (who, at) => `Seen by ${who} at ${at}`, raisedAt: (at) => `Alarm at ${at}`,
  hint: 'F4 to the alarms · Space marks as seen · F6 silences',
  silence: 'Silence', silent: (seconds) => `Silent for ${seconds} s`, silenceHint: 'This desk only, for 60 s; a new alarm sounds at once',
  test: 'Test sound', testHint: 'Plays the two alarm tones one after the other',
  tone: { high: 'urgent', low: 'usual' },
  blocked: 'The browser does not allow sound yet: click the page or press Enter, or alarms stay silent.', noSound: 'This browser cannot make sound: alarms flash but stay silent.', allow: 'Allow sound',
  flood: (n) => `${n} alarms within 10 minutes: grouped by unit and school, the horn sounds at most every 30 s, none is dropped`,
  noPlace: 'Unknown place', ofAlert: (id) => `Alert ${id}`,
  announce: (what, where) => `Alarm: ${where}, ${what}`,
  more: (n) => `and ${n} more`,
}
