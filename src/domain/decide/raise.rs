//! Raise: an alert is reported.

use serde::Serialize;

use super::text;
use crate::domain::{
    account::{Actor, Role},
    authority,
    classification::{Category, Mode, Severity, Source, Zone},
    district::School,
    event::{AlertRaised, Event},
    id::SchoolId,
    limit,
    place::{Coordinates, Place, Position},
    policy::Circumstances,
    rejection::Rejection,
    state::State,
    time::Timestamp,
};

/// Reports an alert. Needed: a school or a place, category and source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RaiseAlert {
    pub mode: Mode,
    pub source: Source,
    /// The machine's own id: the same one from the same account is the same alert.
    pub source_alarm_id: Option<String>,
    pub category: Category,
    /// By the category where not given; a one-key alarm is L1 until an operator says otherwise.
    pub severity: Option<Severity>,
    pub school: Option<SchoolId>,
    pub place: Option<String>,
    pub coordinates: Option<Coordinates>,
    pub summary: String,
    pub caller_phone: Option<String>,
    pub occurred_at: Option<Timestamp>,
    pub reported_at: Option<Timestamp>,
}

impl RaiseAlert {
    pub(super) fn decide(
        &self,
        state: &State,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Vec<Event>, Rejection> {
        let source_alarm_id = text::optional_line(self.source_alarm_id.as_deref())?;
        if let Some(alarm) = &source_alarm_id {
            let key = (actor.account.to_string(), alarm.clone());
            if state.source_alarms.contains_key(&key) {
                return Ok(Vec::new());
            }
        }
        let school = school(state, self.school.as_ref())?;
        if let Some(school) = school {
            authority::own_school(state, actor, school)?;
        }
        let place = self.place()?;
        if school.is_none() && place.is_none() {
            return Err(Rejection::SchoolOrPlaceMissing);
        }
        check_order(self.occurred_at, self.reported_at, now)?;
        let position = place.as_ref().and_then(|place| place.position);
        let is_manned = || school.is_some_and(|school| state.is_post_manned(&school.id));
        let circumstances = Circumstances {
            severity: self.severity(actor),
            zone: zone_of(state, school, position, now, is_manned),
            category: self.category,
            school_kind: school.map(|school| school.kind),
            peak: school.is_some_and(|school| school.is_peak(now)),
            source: self.source,
        };
        let selection = state.policy_at(now).select(&circumstances, None);
        Ok(vec![Event::AlertRaised(Box::new(AlertRaised {
            alert: state.next_alert(),
            mode: self.mode,
            source: self.source,
            source_alarm_id,
            category: self.category,
            severity: circumstances.severity,
            assessed: actor.role != Role::Gateway,
            school: self.school.clone(),
            place,
            zone: circumstances.zone,
            summary: text::optional(&self.summary)?,
            caller_phone: text::optional_line(self.caller_phone.as_deref())?,
            occurred_at: self.occurred_at,
            reported_at: self.reported_at,
            selection: selection.ok_or(Rejection::NoRuleForTier)?,
        }))])
    }

    fn severity(&self, actor: &Actor) -> Severity {
        match (self.source, self.severity) {
            (Source::OneKeyAlarm, _) if actor.role == Role::Gateway => Severity::L1,
            (_, Some(given)) => given,
            (Source::OneKeyAlarm, None) => Severity::L1,
            (_, None) => self.category.default_severity(),
        }
    }

    fn place(&self) -> Result<Option<Place>, Rejection> {
        let text = text::optional_line(self.place.as_deref())?;
        let position =
            self.coordinates.map(|given| given.to_wgs84().ok_or(Rejection::CoordinatesInvalid));
        let position = position.transpose()?;
        Ok(match (text, position) {
            (None, None) => None,
            (text, position) => Some(Place { text: text.unwrap_or_default(), position }),
        })
    }
}

fn check_order(
    occurred_at: Option<Timestamp>,
    reported_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), Rejection> {
    if [occurred_at, reported_at].into_iter().flatten().any(|at| at > now) {
        return Err(Rejection::InstantInFuture);
    }
    match (occurred_at, reported_at) {
        (Some(occurred), Some(reported)) if occurred > reported => {
            Err(Rejection::InstantOutOfOrder)
        }
        _ => Ok(()),
    }
}

/// The school an id names.
pub(super) fn school<'a>(
    state: &'a State,
    id: Option<&SchoolId>,
) -> Result<Option<&'a School>, Rejection> {
    let Some(id) = id else { return Ok(None) };
    let school = state.schools.get(id).ok_or(Rejection::SchoolUnknown)?;
    Ok(Some(school))
}

/// The zone an alert counts in: the school's, where A falls to B outside peak time or while nobody
/// is on post; for a bare place B within 200 m of a school, else C.
pub(super) fn zone_of(
    state: &State,
    school: Option<&School>,
    position: Option<Position>,
    at: Timestamp,
    is_manned: impl FnOnce() -> bool,
) -> Zone {
    if let Some(school) = school {
        let falls = school.zone == Zone::A && !(school.is_peak(at) && is_manned());
        return if falls { Zone::B } else { school.zone };
    }
    let near = |position: Position| {
        let mut schools = state.schools.values().filter_map(|school| school.position);
        schools.any(|school| school.metres_to(position) <= limit::ZONE_B_METRES)
    };
    if position.is_some_and(near) { Zone::B } else { Zone::C }
}
