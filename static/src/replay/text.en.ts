/** The replay, in English. */

import type { ReplayTexts } from './text.zh'

export const replayTexts: ReplayTexts = {
  title: 'Replay', banner: (at) => `Replay: as it stood at ${at}`, notLive: 'This is the past, not the live board; nothing can be done here',
  toPresent: 'Back to the present', back: 'Back', when: 'Replay from', go: 'Go', play: 'Play', pause: 'Pause', speed: 'Speed', times: (n) => `${n}×`,
  step: 'Next record', earlier: (seconds) => `${seconds} s back`, later: (seconds) => `${seconds} s on`,
  previousMark: 'Previous mark', nextMark: 'Next mark', day: (day) => `All of ${day}`, previousDay: 'Day before', nextDay: 'Day after',
  position: (seq) => `Record ${seq}`, buffering: 'Reading…', ended: 'The present is reached',
  timeline: 'Timeline', raised: 'Received', breach: 'Limit passed', alarm: 'Other alarms', marksCut: 'Too many marks on this day: only the first are shown',
  rang: 'Alarms as they rang', rangNone: 'No alarm on this day so far', ofAlert: (id) => `Alert ${id}`,
  select: 'Choose an alert to see how it stood', report: 'Report', empty: 'There is no record yet.',
  keys: 'Space plays and pauses · ← → 10 s back and on · N next mark',
  watch: 'Replay this alert',
}
