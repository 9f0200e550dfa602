//! Schools, stations and units.

use chrono::Weekday;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{code, masked};
use crate::{
    domain::{
        Timestamp,
        classification::Zone,
        district::{self, Duty, SchoolKind, UnitKind},
        id::{AssignmentId, SchoolId, StationId, UnitId},
        place,
    },
    web::audience::Audience,
};

/// WGS-84 degrees.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Position {
    longitude: f64,
    latitude: f64,
}

/// A unit as the board shows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Unit {
    #[schema(value_type = String)]
    id: UnitId,
    name: String,
    #[schema(value_type = code::UnitKind)]
    kind: UnitKind,
    #[schema(value_type = Option<String>)]
    station: Option<StationId>,
    #[schema(value_type = code::Duty)]
    duty: ShownDuty,
    /// The school of a unit on post.
    #[schema(value_type = Option<String>)]
    post: Option<SchoolId>,
    position: Option<Position>,
    #[schema(value_type = Option<String>, format = DateTime)]
    position_at: Option<Timestamp>,
    /// Live assignments in order of dispatch.
    #[schema(value_type = Vec<u32>)]
    assignments: Vec<AssignmentId>,
}

/// A unit's duty, with what follows from its assignments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ShownDuty {
    OffDuty,
    Available,
    OnPost,
    Committed,
    OutOfService,
}

/// A school the centre protects.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct School {
    #[schema(value_type = String)]
    id: SchoolId,
    name: String,
    #[schema(value_type = code::SchoolKind)]
    kind: SchoolKind,
    #[schema(value_type = code::Zone)]
    zone: Zone,
    position: Option<Position>,
    #[schema(value_type = Option<String>)]
    station: Option<StationId>,
    duty_windows: Vec<DutyWindow>,
    contact: Option<Contact>,
}

/// A weekly span in which posts must be manned, in minutes of the centre's day.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DutyWindow {
    /// `Mon` to `Sun`.
    #[schema(value_type = Vec<String>)]
    weekdays: Vec<Weekday>,
    from_minute: u32,
    to_minute: u32,
    posts: u32,
}

/// A person's office and number. Masked (`示**`, `138****0000`), but where one school or station was
/// opened by those who call there or keep it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    #[serde(deserialize_with = "masked::refuse")]
    name: String,
    #[serde(deserialize_with = "masked::refuse")]
    phone: String,
}

/// A police station.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Station {
    #[schema(value_type = String)]
    id: StationId,
    name: String,
    position: Option<Position>,
    leader: Option<Contact>,
    liaison: Option<Contact>,
}

impl From<place::Position> for Position {
    fn from(position: place::Position) -> Self {
        Self { longitude: position.longitude, latitude: position.latitude }
    }
}

impl From<Position> for place::Position {
    fn from(position: Position) -> Self {
        Self { longitude: position.longitude, latitude: position.latitude }
    }
}

impl From<&district::Unit> for Unit {
    fn from(unit: &district::Unit) -> Self {
        let (duty, post) = match &unit.duty {
            Duty::OffDuty => (ShownDuty::OffDuty, None),
            Duty::Available => (ShownDuty::Available, None),
            Duty::OnPost { school } => (ShownDuty::OnPost, Some(school.clone())),
            Duty::OutOfService => (ShownDuty::OutOfService, None),
        };
        Self {
            id: unit.profile.id.clone(),
            name: unit.profile.name.clone(),
            kind: unit.profile.kind,
            station: unit.profile.station.clone(),
            duty: if unit.is_committed() { ShownDuty::Committed } else { duty },
            post,
            position: unit.last_position.map(|last| last.position.into()),
            position_at: unit.last_position.map(|last| last.reported_at),
            assignments: unit.assignments.clone(),
        }
    }
}

impl School {
    /// The school as an audience sees it.
    pub fn of(school: &district::School, audience: &Audience) -> Self {
        Self {
            id: school.id.clone(),
            name: school.name.clone(),
            kind: school.kind,
            zone: school.zone,
            position: school.position.map(Position::from),
            station: school.station.clone(),
            duty_windows: school.duty_windows.iter().map(DutyWindow::from).collect(),
            contact: school.contact.as_ref().map(|contact| Contact::of(contact, audience)),
        }
    }
}

impl Station {
    /// The station as an audience sees it.
    pub fn of(station: &district::Station, audience: &Audience) -> Self {
        let contact = |contact: &district::Contact| Contact::of(contact, audience);
        Self {
            id: station.id.clone(),
            name: station.name.clone(),
            position: station.position.map(Position::from),
            leader: station.leader.as_ref().map(contact),
            liaison: station.liaison.as_ref().map(contact),
        }
    }
}

impl From<&district::DutyWindow> for DutyWindow {
    fn from(window: &district::DutyWindow) -> Self {
        Self {
            weekdays: window.weekdays.clone(),
            from_minute: window.from_minute,
            to_minute: window.to_minute,
            posts: window.posts,
        }
    }
}

impl From<DutyWindow> for district::DutyWindow {
    fn from(window: DutyWindow) -> Self {
        Self {
            weekdays: window.weekdays,
            from_minute: window.from_minute,
            to_minute: window.to_minute,
            posts: window.posts,
        }
    }
}

impl Contact {
    fn of(contact: &district::Contact, audience: &Audience) -> Self {
        let district::Contact { name, phone } = contact;
        Self {
            name: if audience.sees_contacts() { name.clone() } else { masked::name(name) },
            phone: if audience.sees_personal_data() { phone.clone() } else { masked::phone(phone) },
        }
    }
}

impl From<Contact> for district::Contact {
    fn from(contact: Contact) -> Self {
        Self { name: contact.name, phone: contact.phone }
    }
}
