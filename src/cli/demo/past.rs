//! The invented district's last week: handled alerts, so that figures have something to tell when
//! the day begins.

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use super::{district::District, lines};
use crate::domain::{
    Timestamp, Within,
    assignment::Assignment,
    classification::{Category, Mode, Severity, Source},
    district::{School, UnitKind, UnitProfile},
    history::HistoricAlert,
    id::AssignmentId,
};

const DAYS: i64 = 7;
const PER_DAY: u32 = 40;

/// The week before `now`. The same seed and instant give the same alerts.
pub fn week(seed: u64, district: &District, now: Timestamp) -> Vec<HistoricAlert> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed.rotate_left(17));
    let police: Vec<&UnitProfile> =
        district.units.iter().filter(|unit| unit.kind != UnitKind::SchoolGuard).collect();
    let mut alerts = Vec::new();
    for day in (1..=DAYS).rev() {
        for _ in 0..PER_DAY {
            let ago = Within::from_seconds(-(day * 86_400 - random.random_range(0..80_000)));
            let school = &district.schools[random.random_range(0..district.schools.len())];
            let unit = police[random.random_range(0..police.len())];
            let number = alerts.len() + 1;
            alerts.push(handled(number, now + ago, school, unit, &mut random));
        }
    }
    alerts.sort_by_key(|alert| alert.received_at);
    alerts
}

fn handled(
    number: usize,
    received_at: Timestamp,
    school: &School,
    unit: &UnitProfile,
    random: &mut Xoshiro256PlusPlus,
) -> HistoricAlert {
    let category = Category::ALL[random.random_range(0..Category::ALL.len())];
    let severity = category.default_severity();
    let typical = match severity {
        Severity::L1 => 110,
        Severity::L2 => 140,
        _ => 200,
    };
    let mut after = |from: Timestamp, shortest: i64, longest: i64| {
        from + Within::from_millis(random.random_range(shortest * 1000..longest * 1000))
    };
    let dispatched_at = after(received_at, 4, 30);
    let acknowledged_at = after(dispatched_at, 3, 25);
    let en_route_at = after(acknowledged_at, 2, 20);
    let arrived_at = after(en_route_at, typical / 4, typical + typical / 3);
    let cleared_at = after(arrived_at, 240, 1500);
    let closed_at = after(cleared_at, 60, 600);
    let (disposition, _) = lines::result(category);
    HistoricAlert {
        system: "示例".to_owned(),
        source_alarm_id: format!("示例-{number:04}"),
        mode: Mode::Actual,
        source: Source::Phone110,
        category,
        severity,
        school: Some(school.id.clone()),
        place: None,
        summary: lines::report(category).to_owned(),
        occurred_at: None,
        reported_at: None,
        received_at,
        assignments: vec![Assignment {
            id: AssignmentId(0),
            unit: unit.id.clone(),
            unit_kind: unit.kind,
            echelon: unit.kind.default_echelon(),
            stacked: false,
            dispatched_at: Some(dispatched_at),
            delivered_at: None,
            acknowledged_at: Some(acknowledged_at),
            en_route_at: Some(en_route_at),
            arrived_at: Some(arrived_at),
            cleared_at: Some(cleared_at),
            withdrawal: None,
            pressed: Vec::new(),
        }],
        disposition: Some(disposition),
        closed_at: Some(closed_at),
        observed_until: closed_at,
    }
}
