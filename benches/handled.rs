//! Handled alerts by the million, invented (示例) and alike for the same count: three years with
//! their hours of the day, spans with long tails, some never reached.

use std::sync::Arc;

use campus_dispatch::{
    domain::{
        Actor, Alert, Channel, Event, Record, State, Timestamp, Within,
        assignment::Assignment,
        classification::{
            Category, Disposition, FeedbackKind, Mode, Severity, Source, Validity, Zone,
        },
        district::{School, SchoolKind, UnitKind},
        event::{AlertRaised, ClosingRecord},
        id::{AlertId, AssignmentId, SchoolId, UnitId},
        policy::Circumstances,
    },
    statistics::{Columns, Fact},
};
use rand::{Rng, RngExt, SeedableRng, rngs::ChaCha8Rng};

/// 2023-01-01 at the centre.
pub const START: Timestamp = Timestamp::from_millis(1_672_502_400_000);
/// Three years.
pub const DAYS: i64 = 1_096;

const SCHOOLS: usize = 2_000;
const STATIONS: usize = 100;
const UNITS: usize = 600;
/// Alerts of each hour of the centre's day, of a thousand.
const HOURS: [u32; 24] =
    [6, 5, 4, 4, 5, 12, 40, 105, 70, 45, 42, 55, 62, 48, 42, 55, 98, 110, 62, 42, 33, 26, 18, 11];

/// What another engine is told of an alert.
pub struct Told<'a> {
    pub received_at: Timestamp,
    pub tier: &'a str,
    pub school: &'a str,
    /// Whether it counts in the on-time rate, and whether it was met.
    pub counted: Option<bool>,
    pub response: Option<Within>,
}

/// The columns of so many alerts, each told to `tell` too.
pub fn columns(count: u32, mut tell: impl FnMut(&Told<'_>)) -> Columns {
    let mut dice = ChaCha8Rng::seed_from_u64(1_350_000);
    let schools: Vec<SchoolId> = (1..=SCHOOLS).map(|n| format!("S-{n:04}").into()).collect();
    let units: Vec<UnitId> = (1..=UNITS).map(|n| format!("U-{n:03}").into()).collect();
    let mut columns = Columns::default();
    for (n, id) in schools.iter().enumerate() {
        columns.define_school(&Arc::new(school(n, id)));
    }
    let mut alert = Arc::new(template());
    let (days, hours) = (DAYS as u64, u64::from(HOURS.iter().sum::<u32>()));
    for n in 0..u64::from(count) {
        // The n-th alert's place among all, by day and by the hours' shares.
        let place = n * days;
        let (day, in_day) = (place / u64::from(count), place % u64::from(count));
        let mut share = in_day * hours / u64::from(count);
        let mut hour = 0;
        while share >= u64::from(HOURS[hour]) {
            share -= u64::from(HOURS[hour]);
            hour += 1;
        }
        let from = ((day * 24 + hour as u64) * 3_600_000) as i64;
        let received_at = START + Within::from_millis(from + dice.random_range(0..3_600_000));
        let filled = Arc::make_mut(&mut alert);
        filled.id = AlertId(n as u32 + 1);
        fill(filled, received_at, &schools, &units, &mut dice);
        columns.put(&alert);
        let fact = Fact::of(&alert, received_at);
        tell(&Told {
            received_at,
            tier: alert.tier().map_or("-", |tier| ["T1", "T3", "T5"][tier as usize]),
            school: alert.school.as_ref().map_or("-", SchoolId::as_str),
            counted: fact.counted.ok().map(|it| it == campus_dispatch::domain::Verdict::Met),
            response: fact.response,
        });
    }
    columns
}

fn school(n: usize, id: &SchoolId) -> School {
    School {
        id: id.clone(),
        name: format!("示例学校{n}"),
        kind: SchoolKind::Primary,
        zone: Zone::B,
        position: None,
        station: Some(format!("P-{:03}", n % STATIONS).into()),
        duty_windows: Vec::new(),
        contact: None,
    }
}

/// A closed alert to be filled in.
fn template() -> Alert {
    let mut state = State::default();
    let circumstances = circumstances(Severity::L1, Zone::A, Category::Fight);
    let raised = AlertRaised {
        alert: AlertId(1),
        mode: Mode::Actual,
        source: Source::Phone110,
        source_alarm_id: None,
        category: Category::Fight,
        severity: Severity::L1,
        assessed: true,
        school: None,
        place: None,
        zone: Zone::A,
        summary: String::new(),
        caller_phone: None,
        occurred_at: None,
        reported_at: None,
        selection: state.policies[0].select(&circumstances, None).expect("a catch-all"),
    };
    let event = Event::AlertRaised(Box::new(raised));
    let actor = Actor::console(Channel::Import);
    state.apply(&Record { seq: 1, at: START, actor, command: None, event });
    let mut alert = Alert::clone(&state.alerts[&AlertId(1)]);
    alert.closing = Some(ClosingRecord {
        disposition: Disposition::HandledOnScene,
        result: String::new(),
        no_arrival_reason: None,
        police_count: 2,
        injured_count: 0,
        validity: Validity::Valid,
    });
    alert
}

fn circumstances(severity: Severity, zone: Zone, category: Category) -> Circumstances {
    let (school_kind, peak, source) = (None, false, Source::Phone110);
    Circumstances { severity, zone, category, school_kind, peak, source }
}

fn fill(
    alert: &mut Alert,
    received_at: Timestamp,
    schools: &[SchoolId],
    units: &[UnitId],
    dice: &mut impl Rng,
) {
    alert.received_at = received_at;
    alert.category = Category::ALL[dice.random_range(0..Category::ALL.len())];
    alert.severity =
        [Severity::L1, Severity::L2, Severity::L2, Severity::L3][dice.random_range(0..4)];
    alert.zone = Zone::ALL[dice.random_range(0..3)];
    alert.source = Source::ALL[dice.random_range(0..Source::ALL.len())];
    alert.school = Some(schools[dice.random_range(0..schools.len())].clone());
    let circumstances = circumstances(alert.severity, alert.zone, alert.category);
    if let Some(selection) = alert.policy.select(&circumstances, None) {
        alert.selection = selection;
    }
    let dispatched_at = received_at + span(dice, 4_000, 20_000);
    let sent = if dice.random_range(0..5) == 0 { 2 } else { 1 };
    alert.assignments.clear();
    for _ in 0..sent {
        let unit = units[dice.random_range(0..units.len())].clone();
        alert.assignments.push(assignment(unit, dispatched_at, dice));
    }
    let arrived_at = alert.first_arrived_at();
    let cleared_at = alert.last_cleared_at().unwrap_or(dispatched_at);
    alert.feedback.clear();
    let told = [
        arrived_at.map(|at| (FeedbackKind::Arrival, at + span(dice, 20_000, 90_000))),
        Some((FeedbackKind::Result, cleared_at + span(dice, 30_000, 240_000))),
    ];
    for (kind, at) in told.into_iter().flatten() {
        alert.feedback.push(campus_dispatch::domain::alert::Feedback {
            at,
            by: "operator-1".into(),
            assignment: None,
            kind,
            text: String::new(),
            pressed_at: None,
        });
    }
    alert.resolved_at = Some(cleared_at + span(dice, 30_000, 300_000));
    alert.closed_at = alert.resolved_at.map(|at| at + span(dice, 60_000, 900_000));
}

fn assignment(unit: UnitId, dispatched_at: Timestamp, dice: &mut impl Rng) -> Assignment {
    let acknowledged_at = dispatched_at + span(dice, 3_000, 12_000);
    let en_route_at = acknowledged_at + span(dice, 4_000, 25_000);
    // One of fifty is called back on the way.
    let arrived_at =
        (dice.random_range(0..50) > 0).then(|| en_route_at + span(dice, 20_000, 130_000));
    let done_at = arrived_at.unwrap_or(en_route_at) + span(dice, 120_000, 900_000);
    Assignment {
        id: AssignmentId(1),
        unit,
        unit_kind: UnitKind::Patrol,
        echelon: 2,
        stacked: false,
        dispatched_at: Some(dispatched_at),
        delivered_at: Some(dispatched_at),
        acknowledged_at: Some(acknowledged_at),
        en_route_at: Some(en_route_at),
        arrived_at,
        cleared_at: Some(done_at),
        withdrawal: None,
        pressed: Vec::new(),
    }
}

/// At least so long, mostly not much longer, now and then many times as long.
fn span(dice: &mut impl Rng, least_ms: i64, typical_ms: i64) -> Within {
    let uniform: f64 = dice.random_range(1e-4..1.0);
    Within::from_millis(least_ms + (typical_ms as f64 * -uniform.ln()) as i64)
}
