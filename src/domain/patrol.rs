//! What was said of duty and visits, in order: what the figures of peak duty and of patrol visits
//! rest on. A school's windows are kept as they were, so that a change rewrites no past rate.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    district::{Duty, DutyWindow},
    event::Event,
    id::{SchoolId, UnitId},
    record::Record,
    time::Timestamp,
};

/// Everything said of duty and visits. Cheap to clone: each list is shared until it changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PatrolLog {
    duties: BTreeMap<UnitId, Arc<Vec<DutySaid>>>,
    windows: BTreeMap<SchoolId, Arc<Vec<WindowsSet>>>,
    visits: BTreeMap<SchoolId, Arc<Vec<Visit>>>,
}

/// A unit's duty from an instant on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutySaid {
    pub at: Timestamp,
    #[serde(flatten)]
    pub duty: Duty,
}

/// A school's peak duty from an instant on; none where it was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowsSet {
    pub at: Timestamp,
    pub windows: Vec<DutyWindow>,
}

/// A check-in at a school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    pub at: Timestamp,
    pub unit: UnitId,
}

impl PatrolLog {
    /// Takes in one record. Records come in order.
    pub fn apply(&mut self, record: &Record) {
        let at = record.at;
        match &record.event {
            Event::DutyChanged { unit, duty } => {
                push(&mut self.duties, unit, DutySaid { at, duty: duty.clone() });
            }
            Event::UnitRemoved { unit } if self.duties.contains_key(unit) => {
                push(&mut self.duties, unit, DutySaid { at, duty: Duty::OffDuty });
            }
            Event::SchoolDefined { school } => self.set(&school.id, at, &school.duty_windows),
            Event::SchoolRemoved { school } => self.set(school, at, &[]),
            Event::SchoolVisited { unit, school } => {
                push(&mut self.visits, school, Visit { at, unit: unit.clone() });
            }
            _ => {}
        }
    }

    fn set(&mut self, school: &SchoolId, at: Timestamp, windows: &[DutyWindow]) {
        let stands = self.windows.get(school).and_then(|set| set.last());
        if stands.map_or(&[][..], |set| &set.windows) != windows {
            push(&mut self.windows, school, WindowsSet { at, windows: windows.to_vec() });
        }
    }

    /// What each unit said of its duty, the oldest first.
    pub fn duties(&self) -> impl Iterator<Item = (&UnitId, &[DutySaid])> {
        self.duties.iter().map(|(unit, said)| (unit, said.as_slice()))
    }

    /// Each school's peak duty as it was set, the oldest first.
    pub fn windows(&self) -> impl Iterator<Item = (&SchoolId, &[WindowsSet])> {
        self.windows.iter().map(|(school, set)| (school, set.as_slice()))
    }

    /// The visits at each school, the oldest first.
    pub fn visits(&self) -> impl Iterator<Item = (&SchoolId, &[Visit])> {
        self.visits.iter().map(|(school, visits)| (school, visits.as_slice()))
    }
}

fn push<K: Clone + Ord, T: Clone>(lists: &mut BTreeMap<K, Arc<Vec<T>>>, key: &K, value: T) {
    match lists.get_mut(key) {
        Some(list) => Arc::make_mut(list).push(value),
        None => {
            lists.insert(key.clone(), Arc::new(vec![value]));
        }
    }
}
