//! The deadline queue: of each alert its next deadline, in order of time.

use std::collections::{BTreeSet, HashMap};

use crate::domain::{State, Timestamp, id::AlertId};

/// One entry per alert that has a deadline to come; a hundred thousand are normal.
#[derive(Debug, Default)]
pub struct Deadlines {
    queue: BTreeSet<(Timestamp, AlertId)>,
    of_alert: HashMap<AlertId, Timestamp>,
}

impl Deadlines {
    /// The queue of a state.
    pub fn of(state: &State) -> Self {
        let mut deadlines = Self::default();
        for alert in state.open.iter().filter_map(|id| state.alert(*id)) {
            deadlines.set(alert.id, alert.next_deadline());
        }
        deadlines
    }

    /// Notes an alert's next deadline, in the place of the one it had.
    pub fn set(&mut self, alert: AlertId, next: Option<Timestamp>) {
        let before = match next {
            Some(at) => self.of_alert.insert(alert, at),
            None => self.of_alert.remove(&alert),
        };
        if before == next {
            return;
        }
        if let Some(at) = before {
            self.queue.remove(&(at, alert));
        }
        if let Some(at) = next {
            self.queue.insert((at, alert));
        }
    }

    /// The instant of the next deadline of all.
    pub fn next(&self) -> Option<Timestamp> {
        self.queue.first().map(|(at, _)| *at)
    }

    /// Up to `max` alerts with a deadline that has come, the most overdue first.
    pub fn due(&self, now: Timestamp, max: usize) -> Vec<AlertId> {
        let due = self.queue.range(..=(now, AlertId(u32::MAX)));
        due.take(max).map(|(_, alert)| *alert).collect()
    }
}
