//! I6 by a second, plain reading of the rules: which step may follow which.

use std::collections::{HashMap, HashSet};

use campus_dispatch::domain::{Event, Record, assignment::Step, event::Notice};

/// What the records so far allow next.
#[derive(Default)]
pub struct Legal {
    alerts: HashMap<u32, Stage>,
    assignments: HashMap<u32, Assignment>,
    by_alert: HashMap<u32, Vec<u32>>,
    /// Live assignments by unit.
    busy: HashMap<String, HashSet<u32>>,
    told: HashSet<(u32, Notice)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Open,
    Resolved,
    Closed,
    Cancelled,
}

struct Assignment {
    unit: String,
    furthest: Option<Step>,
    live: bool,
}

impl Legal {
    /// Takes the next record in.
    ///
    /// # Errors
    /// Why it may not follow.
    pub fn follows(&mut self, record: &Record) -> Result<(), String> {
        match &record.event {
            Event::AlertRaised(raised) => {
                let expected = self.alerts.len() as u32 + 1;
                if raised.alert.0 != expected {
                    return Err(format!("alert {} instead of {expected}", raised.alert));
                }
                self.alerts.insert(expected, Stage::Open);
                Ok(())
            }
            Event::UnitDispatched(sent) => {
                self.stage_is(sent.alert.0, &[Stage::Open])?;
                let (id, unit) = (sent.assignment.0, sent.unit.to_string());
                if id != self.assignments.len() as u32 + 1 {
                    return Err(format!("assignment {id} is out of order"));
                }
                let busy = self.busy.entry(unit.clone()).or_default();
                if busy.is_empty() == sent.stacked {
                    return Err(format!(
                        "{unit} was sent with {} live assignments, stacked: {}",
                        busy.len(),
                        sent.stacked
                    ));
                }
                busy.insert(id);
                let alert = sent.alert.0;
                self.assignments.insert(id, Assignment { unit, furthest: None, live: true });
                self.by_alert.entry(alert).or_default().push(id);
                Ok(())
            }
            Event::AssignmentDelivered(it) => self.step(it.assignment.0, Step::Deliver),
            Event::AssignmentAcknowledged(it) => self.step(it.assignment.0, Step::Acknowledge),
            Event::AssignmentWentEnRoute(it) => self.step(it.assignment.0, Step::EnRoute),
            Event::AssignmentArrived(it) => self.step(it.assignment.0, Step::Arrive),
            Event::AssignmentCleared(it) => self.step(it.assignment.0, Step::Clear),
            Event::AssignmentDeclined { assignment, .. } => {
                self.withdraw(assignment.0, Step::EnRoute)
            }
            Event::AssignmentCancelled { assignment, .. } => {
                self.withdraw(assignment.0, Step::Arrive)
            }
            Event::AlertResolved { alert, .. } => {
                self.stage_is(alert.0, &[Stage::Open])?;
                self.set(alert.0, Stage::Resolved)
            }
            Event::AlertClosed { alert, .. } => {
                self.stage_is(alert.0, &[Stage::Resolved])?;
                if self.of(alert.0).any(|it| it.live) {
                    return Err(format!("alert {alert} was closed with live assignments"));
                }
                self.set(alert.0, Stage::Closed)
            }
            Event::AlertCancelled { alert, .. } => {
                self.stage_is(alert.0, &[Stage::Open])?;
                let has_arrived =
                    |it: &Assignment| it.furthest.is_some_and(|step| step >= Step::Arrive);
                if self.of(alert.0).any(has_arrived) {
                    return Err(format!("alert {alert} was cancelled after an arrival"));
                }
                self.set(alert.0, Stage::Cancelled)
            }
            Event::DeadlinePassed { alert, notice } => {
                self.stage_is(alert.0, &[Stage::Open, Stage::Resolved])?;
                if !self.told.insert((alert.0, notice.clone())) {
                    return Err(format!("{notice:?} of alert {alert} was told twice"));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn of(&self, alert: u32) -> impl Iterator<Item = &Assignment> {
        self.by_alert.get(&alert).into_iter().flatten().filter_map(|id| self.assignments.get(id))
    }

    fn stage_is(&self, alert: u32, wanted: &[Stage]) -> Result<(), String> {
        match self.alerts.get(&alert) {
            Some(stage) if wanted.contains(stage) => Ok(()),
            other => Err(format!("alert {alert} is {other:?}")),
        }
    }

    fn set(&mut self, alert: u32, stage: Stage) -> Result<(), String> {
        self.alerts.insert(alert, stage);
        Ok(())
    }

    fn step(&mut self, id: u32, step: Step) -> Result<(), String> {
        let assignment = self.assignments.get_mut(&id).ok_or("an unknown assignment")?;
        if !assignment.live || assignment.furthest.is_some_and(|furthest| furthest >= step) {
            let furthest = assignment.furthest;
            return Err(format!("assignment {id}: {step:?} after {furthest:?}"));
        }
        assignment.furthest = Some(step);
        if step == Step::Clear {
            self.end(id);
        }
        Ok(())
    }

    fn withdraw(&mut self, id: u32, before: Step) -> Result<(), String> {
        let assignment = self.assignments.get(&id).ok_or("an unknown assignment")?;
        if !assignment.live || assignment.furthest.is_some_and(|furthest| furthest >= before) {
            return Err(format!("assignment {id} ended after {:?}", assignment.furthest));
        }
        self.end(id);
        Ok(())
    }

    fn end(&mut self, id: u32) {
        if let Some(assignment) = self.assignments.get_mut(&id) {
            assignment.live = false;
            if let Some(busy) = self.busy.get_mut(&assignment.unit) {
                busy.remove(&id);
            }
        }
    }
}
