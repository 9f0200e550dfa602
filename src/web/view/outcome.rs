//! What a command came to.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        command,
        id::{AlertId, AssignmentId},
        record::Seq,
    },
    engine::Engine,
};

/// What a command came to; the same for every retry of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Outcome {
    /// Which history the position is in.
    epoch: String,
    /// The last record of the command; 0 where nothing had to change.
    seq: Seq,
    #[schema(value_type = Option<u32>)]
    alert: Option<AlertId>,
    #[schema(value_type = Vec<u32>)]
    assignments: Vec<AssignmentId>,
}

impl Outcome {
    /// The outcome, in an engine's history.
    pub fn of(outcome: command::Outcome, engine: &Engine) -> Self {
        Self {
            epoch: engine.position().epoch.0,
            seq: outcome.seq,
            alert: outcome.alert,
            assignments: outcome.assignments,
        }
    }
}
