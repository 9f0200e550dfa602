//! The frames, and how a record becomes one for an audience.

use bytes::Bytes;
use serde::Serialize;

use super::wire;
use crate::{
    domain::{
        Change, Event, Seq, Timestamp,
        id::{AccountName, SchoolId, StationId, UnitId},
    },
    engine::{Picture, Published, board::District},
    web::{
        audience::Audience,
        view::{self, Names},
    },
};

/// What the server says.
#[derive(Serialize)]
#[serde(tag = "frame", rename_all = "snake_case")]
pub enum Frame<'a> {
    Hello {
        epoch: &'a str,
        /// The snapshot's position, or the one resumed from.
        seq: Seq,
        at: Timestamp,
        build: &'static str,
        heartbeat_ms: u64,
        resumed: bool,
        reason: Option<Reason>,
        session: view::Session,
    },
    Snapshot {
        seq: Seq,
        at: Timestamp,
        alerts: Vec<view::Alert>,
        units: Vec<view::Unit>,
        schools: Vec<view::School>,
        stations: Vec<view::Station>,
    },
    Change(Box<ChangeFrame<'a>>),
    Heartbeat {
        seq: Seq,
        at: Timestamp,
    },
}

/// Why a snapshot follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No position was given.
    Fresh,
    /// What follows the position is no longer kept.
    TooOld,
    /// The position has not been reached.
    Future,
    /// The position is in another history.
    OtherEpoch,
    /// The reader fell too far behind.
    Behind,
}

/// One record, with everything it changed, whole, as it stands after it.
#[derive(Serialize)]
pub struct ChangeFrame<'a> {
    seq: Seq,
    /// The last position this audience was told of before it.
    previous: Seq,
    at: Timestamp,
    by: &'a AccountName,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alert: Option<view::Alert>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    units: Vec<view::Unit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_removed: Option<&'a UnitId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    school: Option<view::School>,
    #[serde(skip_serializing_if = "Option::is_none")]
    school_removed: Option<&'a SchoolId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    station: Option<view::Station>,
    #[serde(skip_serializing_if = "Option::is_none")]
    station_removed: Option<&'a StationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<view::Notice>,
}

/// The server's build: a page of another build reloads itself.
pub const BUILD: &str = match option_env!("CAMPUS_BUILD") {
    Some(build) => build,
    None => env!("CARGO_PKG_VERSION"),
};

/// A record's frame, told after `previous`. `None` for a unit that it does not concern; every
/// other audience is told of every record, so that it sees no gap.
pub fn change(
    published: &Published,
    previous: Seq,
    audience: &Audience,
    district: &dyn District,
) -> Option<Bytes> {
    changed(published, previous, audience, district).map(|frame| wire::text(&frame))
}

/// The same before it is written.
pub fn changed<'a>(
    published: &'a Published,
    previous: Seq,
    audience: &Audience,
    district: &dyn District,
) -> Option<Frame<'a>> {
    let record = &published.record;
    let names = Names::of(district);
    let mut frame = ChangeFrame {
        seq: record.seq,
        previous,
        at: record.at,
        by: &record.actor.account,
        kind: record.event.kind(),
        alert: None,
        units: Vec::new(),
        unit_removed: None,
        school: None,
        school_removed: None,
        station: None,
        station_removed: None,
        notice: None,
    };
    let mut concerned = !matches!(audience, Audience::Unit(_));
    for change in &published.changes {
        let shown = match change {
            Change::Alert(alert) => {
                let shown = audience.follows(alert, district) || concerns(audience, published);
                if shown {
                    frame.alert = Some(view::Alert::of(alert, audience, &names, record.at));
                    frame.notice = notice(published);
                }
                shown
            }
            Change::Unit(unit) => {
                let shown = audience.sees_unit(&unit.profile.id);
                frame.units.extend(shown.then(|| view::Unit::from(&**unit)));
                shown
            }
            Change::UnitRemoved(unit) => {
                let shown = audience.sees_unit(unit);
                frame.unit_removed = shown.then_some(unit);
                shown
            }
            Change::School(school) => {
                frame.school = Some(view::School::of(school, audience));
                true
            }
            Change::SchoolRemoved(school) => {
                frame.school_removed = Some(school);
                true
            }
            Change::Station(station) => {
                frame.station = Some(view::Station::of(station, audience));
                true
            }
            Change::StationRemoved(station) => {
                frame.station_removed = Some(station);
                true
            }
            Change::Policy(_)
            | Change::Account(_)
            | Change::Protection(..)
            | Change::SessionOpened(_)
            | Change::SessionClosed(_)
            | Change::Sample(_) => false,
        };
        concerned |= shown;
    }
    concerned.then(|| Frame::Change(Box::new(frame)))
}

/// Whether a record is about an assignment of the audience's unit, even one it ends.
fn concerns(audience: &Audience, published: &Published) -> bool {
    let Audience::Unit(own) = audience else { return false };
    let touched = published.record.event.assignment();
    published.changes.iter().any(|change| match change {
        Change::Alert(alert) => touched
            .and_then(|assignment| alert.assignment(assignment))
            .is_some_and(|assignment| assignment.unit == *own),
        _ => false,
    })
}

/// The deadline a record tells.
fn notice(published: &Published) -> Option<view::Notice> {
    match &published.record.event {
        Event::DeadlinePassed { notice, .. } => Some(view::Notice::of(published.record.at, notice)),
        _ => None,
    }
}

/// Everything an audience may see, at one instant.
pub fn snapshot(picture: &Picture, audience: &Audience, district: &dyn District) -> Bytes {
    wire::text(&shown(picture, audience, district))
}

/// The same before it is written.
pub fn shown(picture: &Picture, audience: &Audience, district: &dyn District) -> Frame<'static> {
    let names = Names::of(district);
    let alerts = picture.alerts.iter().filter(|alert| audience.follows(alert, district));
    let units = picture.units.iter().filter(|unit| audience.sees_unit(&unit.profile.id));
    Frame::Snapshot {
        seq: picture.position.seq,
        at: picture.at,
        alerts: alerts.map(|alert| view::Alert::of(alert, audience, &names, picture.at)).collect(),
        units: units.map(|unit| (&**unit).into()).collect(),
        schools: picture.schools.iter().map(|at| view::School::of(at, audience)).collect(),
        stations: picture.stations.iter().map(|at| view::Station::of(at, audience)).collect(),
    }
}
