//! What a role is shown, in reads and in pushes alike.

use crate::{
    domain::{
        Alert, Role,
        account::Account,
        authority::{View, may_view},
        id::{StationId, UnitId},
    },
    engine::board::District,
};

/// Who looks. Frames for all but a unit are encoded once and shared by all who look so.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Everything, phone numbers whole: only of what was opened, and recorded
    /// ([`super::disclosure`]).
    Full,
    /// Everything, personal fields masked. Desks and walls look alike, and share their frames.
    Masked,
    /// A station's wall: alerts at its schools or with its units on them, personal fields masked.
    Station(StationId),
    /// Schools, stations and units, with the names of contacts: whoever keeps them.
    District,
    /// One unit: itself, its own alerts, schools and stations.
    Unit(UnitId),
}

impl Audience {
    /// How an account looks at the centre; `None` for one that may not look at all.
    pub fn of(account: &Account) -> Option<Self> {
        let role = account.role;
        if let (Role::Screen, Some(station)) = (role, &account.station) {
            return Some(Self::Station(station.clone()));
        }
        if may_view(role, View::Alerts) {
            Some(Self::Masked)
        } else if role == Role::Unit {
            account.unit.clone().map(Self::Unit)
        } else {
            may_view(role, View::District).then_some(Self::District)
        }
    }

    /// Whether phone numbers are shown whole.
    pub fn sees_personal_data(&self) -> bool {
        *self == Self::Full
    }

    /// Whether it is shown who is to be called at a school or a station.
    pub fn sees_contacts(&self) -> bool {
        matches!(self, Self::Full | Self::District)
    }

    /// Whether an alert is shown when asked for. A unit keeps sight of what it was sent to.
    pub fn sees(&self, alert: &Alert, district: &dyn District) -> bool {
        match self {
            Self::Full | Self::Masked => true,
            Self::Station(station) => concerns_station(alert, station, district),
            Self::District => false,
            Self::Unit(unit) => alert.assignments.iter().any(|sent| sent.unit == *unit),
        }
    }

    /// Whether an alert is on the live board. A unit's holds what binds it now.
    pub fn follows(&self, alert: &Alert, district: &dyn District) -> bool {
        match self {
            Self::Unit(unit) => alert.live_assignments().any(|sent| sent.unit == *unit),
            _ => self.sees(alert, district),
        }
    }

    /// Whether a unit is shown.
    pub fn sees_unit(&self, unit: &UnitId) -> bool {
        match self {
            Self::Unit(own) => own == unit,
            _ => true,
        }
    }
}

/// Whether an alert is at one of a station's schools, or one of its units was sent to it.
fn concerns_station(alert: &Alert, station: &StationId, district: &dyn District) -> bool {
    let school = alert.school.as_ref().and_then(|id| district.school(id));
    let at_school = school.is_some_and(|school| school.station.as_ref() == Some(station));
    let mut units = alert.assignments.iter().filter_map(|sent| district.unit(&sent.unit));
    at_school || units.any(|unit| unit.profile.station.as_ref() == Some(station))
}
