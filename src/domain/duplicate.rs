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

impl Report<'_> {
    /// Whether an alert that is open or was settled a short while ago may be what is reported: it
    /// is at the same school or within 200 m, and of the same or a related category. A report
    /// without a position is where its school is.
    pub fn may_be(
        &self,
        alert: &Alert,
        school_position: impl Fn(&SchoolId) -> Option<Position>,
    ) -> bool {
        if alert.merged_into.is_some() || !alert.category.is_related_to(self.category) {
            return false;
        }
        if self.school.is_some() && alert.school.as_ref() == self.school {
            return true;
        }
        let reported = self.position.or_else(|| school_position(self.school?));
        let placed = alert.place.as_ref().and_then(|place| place.position);
        let lies = placed.or_else(|| school_position(alert.school.as_ref()?));
        reported.zip(lies).is_some_and(|(a, b)| a.metres_to(b) <= NEARBY_METRES)
    }
}

/// The instant since when a settled alert may still be reported again.
pub fn settled_since(now: Timestamp) -> Timestamp {
    now + Within::from_millis(-RECENTLY.millis())
}

/// Alerts that may be what is reported, open (an unfixed hazard is) or settled at most 10 minutes
/// ago; newest first.
pub fn suggest(state: &State, report: &Report<'_>, now: Timestamp) -> Vec<AlertId> {
    let settled = state.ended.range((settled_since(now), AlertId(0))..).map(|(_, id)| *id);
    let candidates: BTreeSet<AlertId> = state.open.iter().copied().chain(settled).collect();
    let known = candidates.into_iter().rev().filter_map(|id| state.alert(id));
    let position = |school: &SchoolId| state.schools.get(school)?.position;
    known.filter(|alert| report.may_be(alert, position)).map(|alert| alert.id).collect()
}
