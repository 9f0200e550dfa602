/** The names of the journal's events, as a timeline may carry them. */
export const EVENT_KINDS = [
  'alert_raised', 'alert_imported', 'alert_reclassified', 'alert_noted', 'feedback_filed',
  'alert_resolved', 'alert_closed', 'alert_reopened', 'alert_cancelled', 'alert_merged',
  'alert_joined', 'alert_unmerged', 'alert_separated', 'exercise_turned_actual',
  'time_point_corrected', 'verdict_excused', 'hazard_deferred', 'hazard_fixed', 'unit_dispatched',
  'assignment_delivered', 'assignment_acknowledged', 'assignment_went_en_route',
  'assignment_arrived', 'assignment_cleared', 'assignment_declined', 'assignment_cancelled',
  'reinforcement_requested', 'deadline_passed', 'alarm_seen',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]
