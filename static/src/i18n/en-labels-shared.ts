/** Values' names that every page shows, the phone too. */

import type { shared as zh } from './zh-labels-shared'

export const shared: typeof zh = {
  category: {
    INTRUSION: 'Intrusion', WEAPON: 'Weapon', ATTACK: 'Attack', THREAT: 'Threat', FIGHT: 'Fight',
    BULLYING: 'Bullying', DISTURBANCE: 'Disturbance', SUSPICIOUS: 'Suspicious', FIRE: 'Fire',
    MEDICAL: 'Medical', MISSING: 'Missing person', WATER: 'Drowning', TRAFFIC: 'Traffic',
    THEFT: 'Theft, fraud', DISPUTE: 'Dispute', CROWD: 'Crowd', SURROUNDINGS: 'Surroundings',
    HAZARD: 'Hazard', DEVICE: 'Device fault', OTHER: 'Other',
  },
  severity: { L0: 'Inquiry', L1: 'Emergency', L2: 'Urgent', L3: 'Routine' },
  tier: { T1: '1 min', T3: '3 min', T5: '5 min' },
  mode: { actual: 'Actual', exercise: 'Exercise', test: 'Test' },
  assignment: {
    assigned: 'Assigned', delivered: 'Delivered', acknowledged: 'Acknowledged',
    en_route: 'En route', on_scene: 'On scene', cleared: 'Cleared', declined: 'Declined',
    cancelled: 'Withdrawn',
  },
  step: {
    deliver: 'Delivered', acknowledge: 'Acknowledge', en_route: 'En route', arrive: 'Arrived',
    clear: 'Cleared',
  },
  feedback: {
    arrival: 'Arrival', progress: 'Progress', result: 'Result', supplement: 'Supplement',
  },
  duty: {
    off_duty: 'Off duty', available: 'Available', on_post: 'On post', committed: 'Committed',
    out_of_service: 'Out of service',
  },
}
