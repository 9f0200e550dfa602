/** The code lists of the record standard, in its order, for pickers. */

import type {
  Category, Disposition, FeedbackKind, Mode, SchoolKind, Severity, Source, Stage, Tier, UnitKind,
  Validity, Zone,
} from '@/api/types'

export const CATEGORIES: readonly Category[] = [
  'INTRUSION', 'WEAPON', 'ATTACK', 'THREAT', 'FIGHT', 'BULLYING', 'DISTURBANCE', 'SUSPICIOUS',
  'FIRE', 'MEDICAL', 'MISSING', 'WATER', 'TRAFFIC', 'THEFT', 'DISPUTE', 'CROWD', 'SURROUNDINGS',
  'HAZARD', 'DEVICE', 'OTHER',
]
export const SEVERITIES: readonly Severity[] = ['L1', 'L2', 'L3', 'L0']
export const TIERS: readonly Tier[] = ['T1', 'T3', 'T5']
export const ZONES: readonly Zone[] = ['A', 'B', 'C']
export const SOURCES: readonly Source[] = [
  'phone110', 'one_key_alarm', 'unit_finding', 'school_staff', 'video', 'other_system',
]
export const MODES: readonly Mode[] = ['actual', 'exercise', 'test']
export const STAGES: readonly Stage[] = [
  'received', 'dispatched', 'acknowledged', 'en_route', 'on_scene', 'resolved', 'closed',
  'cancelled', 'merged',
]
export const DISPOSITIONS: readonly Disposition[] = [
  'handled_on_scene', 'mediated', 'taken_for_questioning', 'handed_to_case_unit',
  'referred_elsewhere', 'fixed_on_the_spot', 'escalated', 'gone_on_arrival', 'false_alarm',
  'malicious_report', 'duplicate', 'cancelled', 'no_police_needed', 'exercise_ended',
]
export const VALIDITIES: readonly Validity[] = ['valid', 'false_alarm', 'malicious', 'duplicate']
export const FEEDBACK_KINDS: readonly FeedbackKind[] = [
  'arrival', 'progress', 'result', 'supplement',
]
export const UNIT_KINDS: readonly UnitKind[] = [
  'post', 'patrol', 'station', 'traffic', 'swat', 'school_guard',
]
export const SCHOOL_KINDS: readonly SchoolKind[] = [
  'kindergarten', 'primary', 'secondary', 'combined', 'vocational', 'special', 'university',
]

const URGENT: readonly Category[] = ['INTRUSION', 'WEAPON', 'ATTACK', 'FIRE', 'WATER']
const PRESSING: readonly Category[] = [
  'THREAT', 'FIGHT', 'DISTURBANCE', 'MEDICAL', 'MISSING', 'TRAFFIC', 'CROWD', 'BULLYING',
]

/** The severity the server gives a category until somebody says otherwise. */
export function defaultSeverity(category: Category): Severity {
  if (URGENT.includes(category)) return 'L1'
  return PRESSING.includes(category) ? 'L2' : 'L3'
}

/** The wave a unit comes in unless the operator says otherwise. */
export function defaultEchelon(kind: UnitKind): 1 | 2 | 3 {
  if (kind === 'post' || kind === 'school_guard') return 1
  return kind === 'patrol' || kind === 'traffic' ? 2 : 3
}
