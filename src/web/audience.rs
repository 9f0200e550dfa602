//! What a role is shown, in reads and in pushes alike.

use crate::domain::{
    Alert, Role,
    account::Account,
    authority::{View, may_view, sees_personal_data},
    id::UnitId,
};

/// Who looks. Frames for the first three are encoded once and shared by all who look so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everything, callers' phone numbers whole.
    Full,
    /// Everything, personal fields masked.
    Masked,
    /// Schools, stations and units.
    District,
    /// One unit: itself, its own alerts, schools and stations.
    Unit(UnitId),
}

impl Audience {
    /// How an account looks at the centre; `None` for one that may not look at all.
    pub fn of(account: &Account) -> Option<Self> {
        let role = account.role;
        if may_view(role, View::Alerts) {
            Some(if sees_personal_data(role) { Self::Full } else { Self::Masked })
        } else if role == Role::Unit {
            account.unit.clone().map(Self::Unit)
        } else {
            may_view(role, View::District).then_some(Self::District)
        }
    }

    /// Whether callers' phone numbers are shown whole.
    pub fn sees_personal_data(&self) -> bool {
        *self == Self::Full
    }

    /// Whether an alert is shown when asked for. A unit keeps sight of what it was sent to.
    pub fn sees(&self, alert: &Alert) -> bool {
        match self {
            Self::Full | Self::Masked => true,
            Self::District => false,
            Self::Unit(unit) => alert.assignments.iter().any(|sent| sent.unit == *unit),
        }
    }

    /// Whether an alert is on the live board. A unit's holds what binds it now.
    pub fn follows(&self, alert: &Alert) -> bool {
        match self {
            Self::Unit(unit) => alert.live_assignments().any(|sent| sent.unit == *unit),
            _ => self.sees(alert),
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
