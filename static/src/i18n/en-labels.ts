/** The values' names in English. */

import { shared } from './en-labels-shared'
import type { labels as zh } from './zh-labels'

export const labels: typeof zh = {
  ...shared,
  role: {
    operator: 'Operator', supervisor: 'Supervisor', unit: 'Unit', manager: 'Manager',
    auditor: 'Auditor', admin: 'Administrator', screen: 'Screen', gateway: 'Gateway',
  },
  zone: { A: 'Zone A', B: 'Zone B', C: 'Zone C' },
  source: {
    phone110: '110 call', one_key_alarm: 'One-key alarm', unit_finding: 'Found by unit',
    school_staff: 'School staff', video: 'Video', other_system: 'Other system',
  },
  stage: {
    received: 'To dispatch', dispatched: 'Dispatched', acknowledged: 'Acknowledged',
    en_route: 'En route', on_scene: 'On scene', resolved: 'Resolved', closed: 'Closed',
    cancelled: 'Cancelled', merged: 'Merged',
  },
  verdict: {
    pending: 'Running', met: 'On time', breaching: 'Overdue', late: 'Late', missed: 'Missed',
    excused: 'Excused', not_applicable: 'Not applicable',
  },
  disposition: {
    handled_on_scene: 'Handled on scene', mediated: 'Mediated',
    taken_for_questioning: 'Taken for questioning', handed_to_case_unit: 'Handed to a case unit',
    referred_elsewhere: 'Referred elsewhere', fixed_on_the_spot: 'Fixed on the spot',
    escalated: 'Escalated', gone_on_arrival: 'Gone on arrival', false_alarm: 'False alarm',
    malicious_report: 'Malicious report', duplicate: 'Duplicate', cancelled: 'Cancelled',
    no_police_needed: 'No police needed', exercise_ended: 'Exercise ended',
  },
  validity: {
    valid: 'Valid', false_alarm: 'False alarm', malicious: 'Malicious', duplicate: 'Duplicate',
  },
  unitKind: {
    post: 'School post', patrol: 'Patrol', station: 'Station', traffic: 'Traffic', swat: 'SWAT',
    school_guard: 'School guards',
  },
  schoolKind: {
    kindergarten: 'Kindergarten', primary: 'Primary', secondary: 'Secondary',
    combined: 'Combined', vocational: 'Vocational', special: 'Special', university: 'University',
  },
  notice: {
    clock_warned: 'Limit is near', clock_breached: 'Limit passed',
    dispatch_missed: 'Not dispatched in time', acknowledge_missed: 'Not acknowledged in time',
    turnout_missed: 'Not en route in time', first_feedback_missed: 'First feedback overdue',
    result_missed: 'Result overdue', hazard_overdue: 'Hazard not fixed in time',
    unit_lost: 'Unit not heard from',
  },
  event: {
    alert_raised: 'Received', alert_imported: 'Imported', alert_reclassified: 'Reclassified',
    alert_noted: 'Note', feedback_filed: 'Feedback', alert_resolved: 'Resolved',
    alert_closed: 'Closed', alert_reopened: 'Reopened', alert_cancelled: 'Cancelled',
    alert_merged: 'Merged into another', alert_joined: 'Another merged in',
    alert_unmerged: 'Unmerged', alert_separated: 'Another separated',
    exercise_turned_actual: 'Exercise turned actual',
    time_point_corrected: 'Time point corrected', verdict_excused: 'Verdict excused',
    hazard_deferred: 'Hazard deferred', hazard_fixed: 'Hazard fixed',
    unit_dispatched: 'Dispatched', assignment_delivered: 'Delivered',
    assignment_acknowledged: 'Acknowledged', assignment_went_en_route: 'En route',
    assignment_arrived: 'Arrived', assignment_cleared: 'Unit cleared',
    assignment_declined: 'Declined', assignment_cancelled: 'Assignment withdrawn',
    reinforcement_requested: 'Reinforcement requested', deadline_passed: 'Deadline', alarm_seen: 'Alarm seen',
  },
  page: { desk: 'Desk', wall: 'Wall', unit: 'Unit', stats: 'Statistics', reports: 'Reports', replay: 'Replay', admin: 'Administration', record: 'Record of access' },
}
