//! Merge: two alerts are one happening.

use serde::Serialize;

use super::subject;
use crate::domain::{event::Event, id::AlertId, rejection::Rejection, state::State};

/// Merges an alert into a root. The root's start becomes the earliest receipt of the group. The
/// child must have no unit on it, so that no time point is lost: the alert with the units is the
/// root.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MergeAlert {
    pub alert: AlertId,
    pub into: AlertId,
}

impl MergeAlert {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        if self.alert == self.into {
            return Err(Rejection::MergeWithItself);
        }
        let child = subject::open_alert(state, self.alert)?;
        let root = subject::open_alert(state, self.into).map_err(|rejection| match rejection {
            Rejection::AlertMerged => Rejection::MergeIntoChild,
            other => other,
        })?;
        if child.mode != root.mode {
            return Err(Rejection::MergeAcrossModes);
        }
        if !child.merged.is_empty() {
            return Err(Rejection::MergeOfRoot);
        }
        if child.live_assignments().next().is_some() {
            return Err(Rejection::UnitsStillAssigned);
        }
        if child.assignments.iter().any(|assignment| assignment.arrived_at.is_some()) {
            return Err(Rejection::AlertHasArrival);
        }
        Ok(vec![
            Event::AlertMerged { alert: child.id, root: root.id },
            Event::AlertJoined {
                alert: root.id,
                child: child.id,
                child_received_at: child.received_at,
            },
        ])
    }
}
