//! One unit on one alert (派警单).

use serde::{Deserialize, Serialize};

use super::{
    district::UnitKind,
    id::{AssignmentId, UnitId},
    time::Timestamp,
};

/// How far an assignment has come; derived from its time points, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentState {
    Assigned,
    Delivered,
    Acknowledged,
    EnRoute,
    OnScene,
    Cleared,
    Declined,
    Cancelled,
}

/// A step a unit takes; each leaves one time point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Deliver,
    Acknowledge,
    EnRoute,
    Arrive,
    Clear,
}

/// How an assignment ended without being carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Withdrawal {
    Declined { at: Timestamp, reason: String },
    Cancelled { at: Timestamp, reason: String },
}

/// What a phone said of its own time. Shown beside the server's, and judges nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pressed {
    pub step: Step,
    pub pressed_at: Timestamp,
}

/// One unit on one alert, with its server-stamped time points. A skipped point stays empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    pub id: AssignmentId,
    pub unit: UnitId,
    /// As it was at dispatch.
    pub unit_kind: UnitKind,
    /// The wave it was sent in, 1 to 3.
    pub echelon: u8,
    /// Sent although it was on another live assignment.
    #[serde(default)]
    pub stacked: bool,
    /// Always known for live alerts; a historic record may lack it.
    pub dispatched_at: Option<Timestamp>,
    pub delivered_at: Option<Timestamp>,
    pub acknowledged_at: Option<Timestamp>,
    pub en_route_at: Option<Timestamp>,
    pub arrived_at: Option<Timestamp>,
    pub cleared_at: Option<Timestamp>,
    pub withdrawal: Option<Withdrawal>,
    #[serde(default)]
    pub pressed: Vec<Pressed>,
}

impl Assignment {
    /// How far it has come.
    pub fn state(&self) -> AssignmentState {
        match &self.withdrawal {
            Some(Withdrawal::Declined { .. }) => return AssignmentState::Declined,
            Some(Withdrawal::Cancelled { .. }) => return AssignmentState::Cancelled,
            None => {}
        }
        if self.cleared_at.is_some() {
            AssignmentState::Cleared
        } else if self.arrived_at.is_some() {
            AssignmentState::OnScene
        } else if self.en_route_at.is_some() {
            AssignmentState::EnRoute
        } else if self.acknowledged_at.is_some() {
            AssignmentState::Acknowledged
        } else if self.delivered_at.is_some() {
            AssignmentState::Delivered
        } else {
            AssignmentState::Assigned
        }
    }

    /// Whether the unit is still bound by it.
    pub fn is_live(&self) -> bool {
        self.withdrawal.is_none() && self.cleared_at.is_none()
    }

    /// When it was declined or cancelled.
    pub fn withdrawn_at(&self) -> Option<Timestamp> {
        match self.withdrawal {
            Some(Withdrawal::Declined { at, .. } | Withdrawal::Cancelled { at, .. }) => Some(at),
            None => None,
        }
    }

    /// The time point of a step.
    pub fn point(&self, step: Step) -> Option<Timestamp> {
        match step {
            Step::Deliver => self.delivered_at,
            Step::Acknowledge => self.acknowledged_at,
            Step::EnRoute => self.en_route_at,
            Step::Arrive => self.arrived_at,
            Step::Clear => self.cleared_at,
        }
    }

    /// The place a step's time point is kept in.
    pub(super) fn point_mut(&mut self, step: Step) -> &mut Option<Timestamp> {
        match step {
            Step::Deliver => &mut self.delivered_at,
            Step::Acknowledge => &mut self.acknowledged_at,
            Step::EnRoute => &mut self.en_route_at,
            Step::Arrive => &mut self.arrived_at,
            Step::Clear => &mut self.cleared_at,
        }
    }
}
