//! Patrol visits: check-ins at a school at least 10 minutes apart (domain standard §7).

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    Timestamp, Within,
    id::SchoolId,
    patrol::{PatrolLog, Visit},
    time::CENTRE_UTC_OFFSET,
};

/// Check-ins sooner after a counted one than this are the same visit, whoever makes them.
const APART: Within = Within::from_seconds(600);

/// One school's visits in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visits {
    /// Visits counted.
    pub visits: usize,
    /// Check-ins, however close.
    pub check_ins: usize,
    /// Days of the centre with a visit.
    pub days: usize,
    /// Units that checked in.
    pub units: usize,
}

/// The visits of every school that had a check-in in `[from, to)`. What is counted follows from the
/// whole log, so that the visits of two neighbouring periods add up.
pub fn visits(log: &PatrolLog, from: Timestamp, to: Timestamp) -> BTreeMap<SchoolId, Visits> {
    let of = |(school, visits): (&SchoolId, &[Visit])| {
        let counted = counted(visits).filter(|visit| (from..to).contains(&visit.at));
        let counted: Vec<&Visit> = counted.collect();
        let within = || visits.iter().filter(|visit| (from..to).contains(&visit.at));
        let day =
            |visit: &&Visit| (visit.at + CENTRE_UTC_OFFSET).millis().div_euclid(24 * 3_600_000);
        let visits = Visits {
            visits: counted.len(),
            check_ins: within().count(),
            days: counted.iter().map(day).collect::<BTreeSet<_>>().len(),
            units: within().map(|visit| &visit.unit).collect::<BTreeSet<_>>().len(),
        };
        (visits.check_ins > 0).then(|| (school.clone(), visits))
    };
    log.visits().filter_map(of).collect()
}

fn counted(visits: &[Visit]) -> impl Iterator<Item = &Visit> {
    let mut last: Option<Timestamp> = None;
    visits.iter().filter(move |visit| {
        let counts = last.is_none_or(|last| visit.at - last >= APART);
        if counts {
            last = Some(visit.at);
        }
        counts
    })
}
