//! An alert told again from its own records alone: an event touches at most one alert, so nothing
//! else of the journal is needed but the policy that was frozen into it.

use std::sync::Arc;

use super::{
    alert::Alert,
    event::Event,
    policy::{Policy, PolicyRef},
    record::Record,
};

/// Which policy an alert's first record freezes into it; `None` for a record that makes no alert.
pub fn frozen_policy(first: &Record) -> Option<&PolicyRef> {
    match &first.event {
        Event::AlertRaised(raised) => Some(&raised.selection.policy),
        Event::AlertImported(imported) => Some(&imported.selection.policy),
        _ => None,
    }
}

impl Alert {
    /// The alert as its records, in order and from the first, leave it. `None` when the first one
    /// makes no alert, or a later one is of another.
    pub fn retold(records: &[Record], policy: Arc<Policy>) -> Option<Self> {
        let (first, further) = records.split_first()?;
        let mut alert = match &first.event {
            Event::AlertRaised(raised) => Self::raised(first, raised, policy),
            Event::AlertImported(imported) => Self::imported(first, imported, policy),
            _ => return None,
        };
        for record in further {
            if record.event.alert() != Some(alert.id) || record.seq <= alert.changed_seq {
                return None;
            }
            alert.apply(record);
        }
        Some(alert)
    }
}
