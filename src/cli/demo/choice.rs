//! Whom the playing operator sends.

use super::district::VISITORS_UNIT;
use crate::domain::{
    district::{Duty, Unit, UnitKind},
    id::{SchoolId, UnitId},
    place::Position,
};

/// What the operator looks for.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    pub kinds: &'a [UnitKind],
    pub school: &'a SchoolId,
    pub near: Position,
    /// One that has an assignment already is meant.
    pub committed: bool,
}

/// Any police unit.
pub const POLICE: &[UnitKind] =
    &[UnitKind::Patrol, UnitKind::Traffic, UnitKind::Station, UnitKind::Swat, UnitKind::Post];

/// The nearest unit that fits: one on post at the school first. The visitor's is left alone, and so
/// is a post at another school.
pub fn choose<'a>(units: impl IntoIterator<Item = &'a Unit>, wish: &Wish<'_>) -> Option<UnitId> {
    let fits = |unit: &&Unit| {
        let may_go = match &unit.duty {
            Duty::Available => true,
            Duty::OnPost { school } => school == wish.school,
            Duty::OffDuty | Duty::OutOfService => false,
        };
        may_go
            && wish.kinds.contains(&unit.profile.kind)
            && unit.is_committed() == wish.committed
            && unit.assignments.len() < 2
            && unit.profile.id.as_str() != VISITORS_UNIT
    };
    let distance = |unit: &Unit| {
        if matches!(unit.duty, Duty::OnPost { .. }) {
            return 0.0;
        }
        unit.last_position.map_or(f64::MAX, |last| last.position.metres_to(wish.near))
    };
    let nearest = units.into_iter().filter(fits).min_by(|a, b| distance(a).total_cmp(&distance(b)));
    nearest.map(|unit| unit.profile.id.clone())
}
