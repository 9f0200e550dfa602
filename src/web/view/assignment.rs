//! One unit on one alert.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Names, code};
use crate::domain::{
    Timestamp,
    assignment::{self, AssignmentState, Step, Withdrawal},
    district::UnitKind,
    id::{AssignmentId, UnitId},
};

/// An assignment with its time points; a skipped point is null.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Assignment {
    #[schema(value_type = u32)]
    id: AssignmentId,
    #[schema(value_type = String)]
    unit: UnitId,
    unit_name: String,
    #[schema(value_type = code::UnitKind)]
    unit_kind: UnitKind,
    /// The wave it was sent in, 1 to 3.
    echelon: u8,
    stacked: bool,
    #[schema(value_type = code::AssignmentState)]
    state: AssignmentState,
    #[schema(value_type = Option<String>, format = DateTime)]
    dispatched_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    delivered_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    acknowledged_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    en_route_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    arrived_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    cleared_at: Option<Timestamp>,
    /// Of a declined or cancelled assignment.
    #[schema(value_type = Option<String>, format = DateTime)]
    withdrawn_at: Option<Timestamp>,
    reason: Option<String>,
    /// The phone's own times, shown beside the server's; they judge nothing.
    pressed: Vec<Pressed>,
}

/// What a phone said of its own time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Pressed {
    #[schema(value_type = code::Step)]
    step: Step,
    #[schema(value_type = String, format = DateTime)]
    pressed_at: Timestamp,
}

impl Assignment {
    /// The assignment as it stands.
    pub fn of(assignment: &assignment::Assignment, names: &Names<'_>) -> Self {
        let (withdrawn_at, reason) = match &assignment.withdrawal {
            Some(Withdrawal::Declined { at, reason } | Withdrawal::Cancelled { at, reason }) => {
                (Some(*at), Some(reason.clone()))
            }
            None => (None, None),
        };
        let pressed = assignment
            .pressed
            .iter()
            .map(|pressed| Pressed { step: pressed.step, pressed_at: pressed.pressed_at });
        Self {
            id: assignment.id,
            unit: assignment.unit.clone(),
            unit_name: names.unit(&assignment.unit),
            unit_kind: assignment.unit_kind,
            echelon: assignment.echelon,
            stacked: assignment.stacked,
            state: assignment.state(),
            dispatched_at: assignment.dispatched_at,
            delivered_at: assignment.delivered_at,
            acknowledged_at: assignment.acknowledged_at,
            en_route_at: assignment.en_route_at,
            arrived_at: assignment.arrived_at,
            cleared_at: assignment.cleared_at,
            withdrawn_at,
            reason,
            pressed: pressed.collect(),
        }
    }
}
