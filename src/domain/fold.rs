//! How an alert is folded from its records. Everything here believes the journal: what may happen
//! was settled by [`super::decide`] when it did.

use std::sync::Arc;

use super::{
    account::Role,
    alert::{Alert, Corrected, Excuse, Feedback, Hazard, Note, Noticed, Seen},
    assignment::{Assignment, Pressed, Step, Withdrawal},
    event::{AlertRaised, Event, Notice, StepTaken, TimePoint, UnitDispatched},
    history::ImportedAlert,
    id::AssignmentId,
    policy::Policy,
    record::Record,
    time::Timestamp,
};

impl Alert {
    /// The alert a first record makes.
    pub(super) fn raised(record: &Record, raised: &AlertRaised, policy: Arc<Policy>) -> Self {
        Self {
            id: raised.alert,
            mode: raised.mode,
            source: raised.source,
            source_alarm_id: raised.source_alarm_id.clone(),
            category: raised.category,
            severity: raised.severity,
            assessed: raised.assessed,
            school: raised.school.clone(),
            place: raised.place.clone(),
            zone: raised.zone,
            summary: raised.summary.clone(),
            caller_phone: raised.caller_phone.clone(),
            raised_by: record.actor.account.clone(),
            occurred_at: raised.occurred_at,
            reported_at: raised.reported_at,
            received_at: record.at,
            resolved_at: None,
            closed_at: None,
            cancelled_at: None,
            policy,
            selection: raised.selection.clone(),
            first_tier: raised.selection.tier,
            assignments: Vec::new(),
            feedback: Vec::new(),
            notes: Vec::new(),
            disposition: None,
            result: None,
            closing: None,
            cancel_reason: None,
            merged_into: None,
            merged: Vec::new(),
            hazard: None,
            corrections: Vec::new(),
            excuses: Vec::new(),
            first_verdict: None,
            reopened: 0,
            noticed: Vec::new(),
            seen: Vec::new(),
            reinforcement_requested: false,
            observed_until: None,
            changed_seq: record.seq,
        }
    }

    /// The alert taken over from another system's record.
    pub(super) fn imported(record: &Record, imported: &ImportedAlert, policy: Arc<Policy>) -> Self {
        let historic = &imported.historic;
        let raised = AlertRaised {
            alert: imported.alert,
            mode: historic.mode,
            source: historic.source,
            source_alarm_id: Some(historic.source_alarm_id.clone()),
            category: historic.category,
            severity: historic.severity,
            assessed: true,
            school: historic.school.clone(),
            place: historic.place.clone(),
            zone: imported.zone,
            summary: historic.summary.clone(),
            caller_phone: None,
            occurred_at: historic.occurred_at,
            reported_at: historic.reported_at,
            selection: imported.selection.clone(),
        };
        let assignments = historic.assignments.iter().zip(imported.first_assignment.0..);
        Self {
            received_at: historic.received_at,
            closed_at: historic.closed_at,
            disposition: historic.disposition,
            assignments: assignments
                .map(|(given, id)| Assignment { id: AssignmentId(id), ..given.clone() })
                .collect(),
            observed_until: Some(historic.observed_until),
            ..Self::raised(record, &raised, policy)
        }
    }

    /// Takes in one further record of this alert.
    pub(super) fn apply(&mut self, record: &Record) {
        let at = record.at;
        let by = || record.actor.account.clone();
        self.changed_seq = record.seq;
        match &record.event {
            Event::AlertReclassified(change) => {
                self.category = change.category;
                self.severity = change.severity;
                self.selection = change.selection.clone();
                if !self.assessed {
                    self.first_tier = change.selection.tier;
                }
                self.assessed = true;
            }
            Event::AlertNoted { text, .. } => {
                self.notes.push(Note { at, by: by(), text: text.clone() });
            }
            Event::FeedbackFiled(filed) => self.feedback.push(Feedback {
                at,
                by: by(),
                assignment: filed.assignment,
                kind: filed.feedback,
                text: filed.text.clone(),
                pressed_at: filed.pressed_at,
            }),
            Event::AlertResolved { disposition, result, .. } => {
                self.resolved_at = Some(at);
                self.disposition = Some(*disposition);
                self.result = Some(result.clone());
            }
            Event::AlertClosed { record: closing, .. } => {
                self.closed_at = Some(at);
                self.disposition = Some(closing.disposition);
                self.result = Some(closing.result.clone());
                self.closing = Some((**closing).clone());
                let verdict = self.verdict(at);
                self.first_verdict.get_or_insert(verdict);
            }
            Event::AlertReopened { .. } => {
                self.reopened += 1;
                self.resolved_at = None;
                self.closed_at = None;
                self.closing = None;
            }
            Event::AlertCancelled { reason, .. } => {
                self.cancelled_at = Some(at);
                self.cancel_reason = Some(reason.clone());
            }
            Event::AlertMerged { root, .. } => self.merged_into = Some(*root),
            Event::AlertUnmerged { .. } => self.merged_into = None,
            Event::AlertJoined { child, child_received_at, .. } => {
                self.merged.push((*child, *child_received_at));
            }
            Event::AlertSeparated { child, .. } => self.merged.retain(|(id, _)| id != child),
            Event::ExerciseTurnedActual { .. } => {
                self.mode = super::classification::Mode::Actual;
            }
            Event::TimePointCorrected { correction, .. } => {
                self.set_point(correction.point, correction.new);
                let correction = (**correction).clone();
                self.corrections.push(Corrected { at, by: by(), correction });
            }
            Event::VerdictExcused { rule, reason, .. } => {
                let (rule, reason) = (rule.clone(), reason.clone());
                self.excuses.push(Excuse { at, by: by(), rule, reason });
            }
            Event::HazardDeferred { measure, informed, due_at, .. } => {
                self.hazard = Some(Hazard {
                    measure: measure.clone(),
                    informed: informed.clone(),
                    due_at: *due_at,
                    fixed_at: None,
                });
                // A new date is a new alarm.
                self.noticed.retain(|told| told.notice != Notice::HazardOverdue);
                self.seen.retain(|seen| seen.alarm != Notice::HazardOverdue);
            }
            Event::HazardFixed { .. } => {
                if let Some(hazard) = &mut self.hazard {
                    hazard.fixed_at = Some(at);
                }
            }
            Event::UnitDispatched(dispatched) => {
                self.assignments.push(dispatched.assignment_at(at));
                self.reinforcement_requested = false;
                self.assessed |= record.actor.role != Role::Gateway;
            }
            Event::AssignmentDelivered(step) => self.step(Step::Deliver, step, at),
            Event::AssignmentAcknowledged(step) => self.step(Step::Acknowledge, step, at),
            Event::AssignmentWentEnRoute(step) => self.step(Step::EnRoute, step, at),
            Event::AssignmentArrived(step) => self.step(Step::Arrive, step, at),
            Event::AssignmentCleared(step) => self.step(Step::Clear, step, at),
            Event::AssignmentDeclined { assignment, reason, .. } => {
                let reason = reason.clone();
                self.withdraw(*assignment, Withdrawal::Declined { at, reason });
            }
            Event::AssignmentCancelled { assignment, reason, .. } => {
                let reason = reason.clone();
                self.withdraw(*assignment, Withdrawal::Cancelled { at, reason });
            }
            Event::ReinforcementRequested { text, .. } => {
                self.reinforcement_requested = true;
                self.notes.push(Note { at, by: by(), text: text.clone() });
            }
            Event::DeadlinePassed { notice, .. } => {
                self.noticed.push(Noticed { at, notice: notice.clone() });
            }
            Event::AlarmSeen { alarm, .. } => {
                self.seen.retain(|seen| seen.alarm != *alarm);
                self.seen.push(Seen { at, by: by(), alarm: alarm.clone() });
            }
            _ => {}
        }
    }

    fn assignment_mut(&mut self, id: AssignmentId) -> Option<&mut Assignment> {
        self.assignments.iter_mut().find(|assignment| assignment.id == id)
    }

    fn step(&mut self, step: Step, taken: &StepTaken, at: Timestamp) {
        if let Some(assignment) = self.assignment_mut(taken.assignment) {
            *assignment.point_mut(step) = Some(at);
            let pressed = taken.pressed_at.map(|pressed_at| Pressed { step, pressed_at });
            assignment.pressed.extend(pressed);
        }
    }

    fn withdraw(&mut self, id: AssignmentId, withdrawal: Withdrawal) {
        if let Some(assignment) = self.assignment_mut(id) {
            assignment.withdrawal = Some(withdrawal);
        }
    }

    /// The value a correction replaces; `None` also where the point does not exist.
    pub(super) fn point(&self, point: TimePoint) -> Option<Timestamp> {
        match point {
            TimePoint::Occurred => self.occurred_at,
            TimePoint::Reported => self.reported_at,
            TimePoint::Received => Some(self.received_at),
            TimePoint::Resolved => self.resolved_at,
            TimePoint::Dispatched { assignment } => self.assignment(assignment)?.dispatched_at,
            TimePoint::Step { assignment, step } => self.assignment(assignment)?.point(step),
        }
    }

    fn set_point(&mut self, point: TimePoint, new: Option<Timestamp>) {
        match point {
            TimePoint::Occurred => self.occurred_at = new,
            TimePoint::Reported => self.reported_at = new,
            TimePoint::Received => self.received_at = new.unwrap_or(self.received_at),
            TimePoint::Resolved => self.resolved_at = new,
            TimePoint::Dispatched { assignment } => {
                if let Some(assignment) = self.assignment_mut(assignment) {
                    assignment.dispatched_at = new;
                }
            }
            TimePoint::Step { assignment, step } => {
                if let Some(assignment) = self.assignment_mut(assignment) {
                    *assignment.point_mut(step) = new;
                }
            }
        }
    }
}

impl UnitDispatched {
    fn assignment_at(&self, at: Timestamp) -> Assignment {
        Assignment {
            id: self.assignment,
            unit: self.unit.clone(),
            unit_kind: self.unit_kind,
            echelon: self.echelon,
            stacked: self.stacked,
            dispatched_at: Some(at),
            delivered_at: None,
            acknowledged_at: None,
            en_route_at: None,
            arrived_at: None,
            cleared_at: None,
            withdrawal: None,
            pressed: Vec::new(),
        }
    }
}
