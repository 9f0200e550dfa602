//! Reference data: schools, stations and units.

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::{
    classification::Zone,
    event::Personal,
    id::{AssignmentId, SchoolId, StationId, UnitId},
    place::Position,
    time::Timestamp,
};

/// What kind of school it is; policies may tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SchoolKind {
    Kindergarten,
    Primary,
    Secondary,
    Combined,
    Vocational,
    Special,
    University,
}

/// A school the centre protects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct School {
    pub id: SchoolId,
    pub name: String,
    pub kind: SchoolKind,
    /// The zone while its post is manned in peak time; see [`super::policy`] for when A falls to B.
    pub zone: Zone,
    pub position: Option<Position>,
    /// The responsible station.
    pub station: Option<StationId>,
    /// Peak duty (高峰勤务): when posts must be manned.
    #[serde(default)]
    pub duty_windows: Vec<DutyWindow>,
    /// Whom to call at the school.
    #[serde(default)]
    pub contact: Option<Contact>,
}

impl School {
    /// The personal data it holds.
    pub fn personal(&self) -> Option<Personal> {
        self.contact.as_ref().map(|_| Personal::School { school: self.id.clone() })
    }

    /// Whether one of the school's peak windows is open at `now`.
    pub fn is_peak(&self, now: Timestamp) -> bool {
        let (weekday, minute) = now.centre_minute();
        self.duty_windows.iter().any(|window| window.contains(weekday, minute))
    }
}

/// A weekly span in which `posts` posts must be manned, in minutes of the centre's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyWindow {
    pub weekdays: Vec<Weekday>,
    /// First minute of the window, 0 = midnight.
    pub from_minute: u32,
    /// First minute after the window, at most 1440.
    pub to_minute: u32,
    pub posts: u32,
}

impl DutyWindow {
    fn contains(&self, weekday: Weekday, minute: u32) -> bool {
        (self.from_minute..self.to_minute).contains(&minute) && self.weekdays.contains(&weekday)
    }
}

/// A person's office and number at a school or station.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub name: String,
    pub phone: String,
}

/// A police station, with its responsible leader and liaison (责任领导、联络员).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Station {
    pub id: StationId,
    pub name: String,
    pub position: Option<Position>,
    #[serde(default)]
    pub leader: Option<Contact>,
    #[serde(default)]
    pub liaison: Option<Contact>,
}

impl Station {
    /// The personal data it holds.
    pub fn personal(&self) -> Option<Personal> {
        let has_any = self.leader.is_some() || self.liaison.is_some();
        has_any.then(|| Personal::Station { station: self.id.clone() })
    }
}

/// What kind of resource a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 护学岗: a post at a school's gate.
    Post,
    /// 巡逻警力.
    Patrol,
    /// 派出所.
    Station,
    /// 交管.
    Traffic,
    /// 特警.
    Swat,
    /// 学校最小应急单元: the school's own guards; not police.
    SchoolGuard,
}

impl UnitKind {
    /// Whether clocks that ask for "any police unit" count it.
    pub fn is_police(self) -> bool {
        self != Self::SchoolGuard
    }

    /// The wave it comes in unless the operator says otherwise: 1 nearest post, 2 surrounding
    /// patrols, 3 reinforcement.
    pub fn default_echelon(self) -> u8 {
        match self {
            Self::Post | Self::SchoolGuard => 1,
            Self::Patrol | Self::Traffic => 2,
            Self::Station | Self::Swat => 3,
        }
    }
}

/// What a unit says of itself. That it is committed follows from its assignments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "duty", rename_all = "snake_case")]
pub enum Duty {
    OffDuty,
    Available,
    /// On a post at this school.
    OnPost {
        school: SchoolId,
    },
    OutOfService,
}

/// A unit's last known position.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LastPosition {
    pub position: Position,
    pub reported_at: Timestamp,
}

/// A resource that can be sent: its reference data and what is known of it now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    pub profile: UnitProfile,
    pub duty: Duty,
    pub last_position: Option<LastPosition>,
    /// Live assignments in order of dispatch; more than one only where stacking was confirmed.
    pub assignments: Vec<AssignmentId>,
}

impl Unit {
    /// Whether it is on a live assignment.
    pub fn is_committed(&self) -> bool {
        !self.assignments.is_empty()
    }
}

/// What an administrator says of a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitProfile {
    pub id: UnitId,
    pub name: String,
    pub kind: UnitKind,
    pub station: Option<StationId>,
}
