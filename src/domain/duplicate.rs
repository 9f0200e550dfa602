//! Alerts that may be the same happening: suggested, never merged by themselves.

use std::collections::BTreeSet;

use super::{
    alert::Alert,
    classification::Category,
    id::{AlertId, SchoolId},
    place::Position,
    state::State,
    time::{Timestamp, Within},
};

/// Reports this close together may be one happening, in metres.
const NEARBY_METRES: f64 = 200.0;
/// An alert settled this long ago may still be reported again.
const RECENTLY: Within = Within::from_seconds(600);

/// What a report is compared by.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    pub category: Category,
    pub school: Option<&'a SchoolId>,
    pub position: Option<Position>,
}

/// Alerts at the same school or within 200 m, open (an unfixed hazard is) or settled at most 10
/// minutes ago, of the same or a related category; newest first. A report without a position is
/// where its school is.
pub fn suggest(state: &State, report: &Report<'_>, now: Timestamp) -> Vec<AlertId> {
    let at_school = || state.schools.get(report.school?)?.position;
    let reported_from = report.position.or_else(at_school);
    let here = |alert: &Alert| {
        let same_school = report.school.is_some() && alert.school.as_ref() == report.school;
        let positions = reported_from.zip(position(state, alert));
        same_school || positions.is_some_and(|(a, b)| a.metres_to(b) <= NEARBY_METRES)
    };
    let matches = |alert: &Alert| {
        alert.merged_into.is_none() && alert.category.is_related_to(report.category) && here(alert)
    };
    let since = now + Within::from_millis(-RECENTLY.millis());
    let ended = state.ended.range((since, AlertId(0))..).map(|(_, id)| *id);
    let candidates: BTreeSet<AlertId> = state.open.iter().copied().chain(ended).collect();
    let known = candidates.into_iter().rev().filter_map(|id| state.alert(id));
    known.filter(|alert| matches(alert)).map(|alert| alert.id).collect()
}

fn position(state: &State, alert: &Alert) -> Option<Position> {
    let of_school = || state.schools.get(alert.school.as_ref()?)?.position;
    alert.place.as_ref().and_then(|place| place.position).or_else(of_school)
}
