//! What is due on an alert, and when. The deadline queue keeps one entry per alert, its next; a
//! notice changes no verdict, it only tells the board.

use super::{
    alert::{Alert, Stage},
    classification::Mode,
    event::Notice,
    time::Timestamp,
};

impl Alert {
    /// Everything not yet told that becomes due, at its instant, in no order. What has already
    /// been overtaken by a time point is not due.
    pub fn deadlines(&self) -> Vec<(Timestamp, Notice)> {
        let mut due = Vec::new();
        let idle = self.mode == Mode::Test || self.merged_into.is_some() || self.is_imported();
        if idle {
            return due;
        }
        let stage = self.stage();
        if stage < Stage::Resolved {
            self.clock_deadlines(&mut due);
            self.stage_deadlines(&mut due);
        }
        if stage.is_open() {
            self.feedback_deadlines(&mut due);
        }
        if let Some(hazard) = self.hazard.as_ref().filter(|hazard| hazard.fixed_at.is_none()) {
            due.push((hazard.due_at, Notice::HazardOverdue));
        }
        due.retain(|(_, notice)| !self.noticed.iter().any(|told| told.notice == *notice));
        due
    }

    /// The instant of the next deadline.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.deadlines().into_iter().map(|(at, _)| at).min()
    }

    fn clock_deadlines(&self, due: &mut Vec<(Timestamp, Notice)>) {
        for rule in self.rules() {
            let clock = self.read_clock(rule, Timestamp::default());
            if clock.reached_at.is_some() {
                continue;
            }
            let rule = || clock.rule.clone();
            due.extend(clock.warn_at.map(|at| (at, Notice::ClockWarned { rule: rule() })));
            // Exactly at the limit is still met: the breach is the first instant after it.
            due.extend(clock.due_at.map(|at| (after(at), Notice::ClockBreached { rule: rule() })));
        }
    }

    fn stage_deadlines(&self, due: &mut Vec<(Timestamp, Notice)>) {
        let Some(tier) = self.tier() else { return };
        let budgets = self.policy.budgets.of(tier);
        if self.stage() == Stage::Received && self.assignments.is_empty() {
            due.push((after(self.started_at() + budgets.dispatch), Notice::DispatchMissed));
        }
        for assignment in self.live_assignments() {
            let Some(dispatched_at) = assignment.dispatched_at else { continue };
            let id = assignment.id;
            let moving = assignment.en_route_at.or(assignment.arrived_at).is_some();
            if moving {
                continue;
            }
            let turnout = after(dispatched_at + budgets.turnout);
            due.push((turnout, Notice::TurnoutMissed { assignment: id }));
            if assignment.acknowledged_at.is_none() {
                let acknowledge = after(dispatched_at + budgets.acknowledge);
                due.push((acknowledge, Notice::AcknowledgeMissed { assignment: id }));
            }
        }
    }

    fn feedback_deadlines(&self, due: &mut Vec<(Timestamp, Notice)>) {
        let Some(tier) = self.tier() else { return };
        let budgets = self.policy.budgets.of(tier);
        if let (Some(arrived_at), true) = (self.first_arrived_at(), self.feedback.is_empty()) {
            due.push((after(arrived_at + budgets.first_feedback), Notice::FirstFeedbackMissed));
        }
        let has_result = self.result.is_some()
            || self
                .feedback
                .iter()
                .any(|feedback| feedback.kind == super::classification::FeedbackKind::Result);
        if let (Some(cleared_at), false) = (self.last_cleared_at(), has_result) {
            due.push((after(cleared_at + budgets.result), Notice::ResultMissed));
        }
    }
}

/// The first instant at which a limit that ends at `at` is passed.
fn after(at: Timestamp) -> Timestamp {
    at + super::time::Within::from_millis(1)
}
