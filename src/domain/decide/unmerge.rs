//! Unmerge: they were two happenings after all. Possible until the root is closed.

use serde::Serialize;

use super::subject;
use crate::domain::{event::Event, id::AlertId, rejection::Rejection, state::State};

/// Takes a child out of its root.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnmergeAlert {
    pub alert: AlertId,
}

impl UnmergeAlert {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let child = subject::alert(state, self.alert)?;
        let root = child.merged_into.ok_or(Rejection::AlertNotMerged)?;
        let root = subject::open_alert(state, root)?;
        Ok(vec![
            Event::AlertUnmerged { alert: child.id, root: root.id },
            Event::AlertSeparated { alert: root.id, child: child.id },
        ])
    }
}
