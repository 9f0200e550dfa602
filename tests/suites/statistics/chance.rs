//! A centre's history by chance, record by record: historic alerts with every kind of dirt, live
//! ones in every stage, and changes to what was long settled.

use campus_dispatch::{
    domain::{
        Actor, Alert, Change, Channel, Event, Record, State, Timestamp, Within,
        assignment::{Assignment, Step, Withdrawal},
        classification::{
            Category, Disposition, FeedbackKind, Mode, Severity, Source, Validity, Zone,
        },
        district::{DutyWindow, School, SchoolKind, UnitKind},
        event::{
            AlertRaised, ClosingRecord, Correction, FeedbackFiled, StepTaken, TimePoint,
            UnitDispatched,
        },
        history::{HistoricAlert, ImportedAlert},
        id::{AlertId, AssignmentId},
        policy::preset,
    },
    statistics::{Filter, Grouping, Query},
};
use chrono::Weekday;
use rand::{Rng, RngExt, SeedableRng, rngs::ChaCha8Rng};

/// 2026-01-01 at the centre.
const START: Timestamp = Timestamp::from_millis(1_767_196_800_000);
const DAY: i64 = 24 * 3_600 * 1_000;

const GROUPINGS: [Grouping; 13] = [
    Grouping::Tier,
    Grouping::Severity,
    Grouping::Category,
    Grouping::Zone,
    Grouping::Source,
    Grouping::School,
    Grouping::Station,
    Grouping::Unit,
    Grouping::Day,
    Grouping::Week,
    Grouping::Month,
    Grouping::Hour,
    Grouping::WeekdayHour,
];

/// A history in the making.
pub struct Chance {
    pub state: State,
    dice: ChaCha8Rng,
    now: Timestamp,
}

impl Chance {
    pub fn of(seed: u64) -> Self {
        let mut chance =
            Self { state: State::default(), dice: ChaCha8Rng::seed_from_u64(seed), now: START };
        for id in 1..=4 {
            chance.define_school(id);
        }
        for id in preset::IDS.iter().skip(1) {
            let policy = Box::new(preset::preset(id).unwrap());
            chance.write(Event::PolicyFiled { policy });
        }
        chance
    }

    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The next thing that happens, and what it changes.
    pub fn goes_on(&mut self) -> Vec<Change> {
        self.now = self.now + Within::from_millis(self.dice.random_range(0..3_600_000));
        match self.dice.random_range(0..10) {
            0 => {
                let id = self.dice.random_range(1..=4);
                self.define_school(id)
            }
            1..=3 => {
                let event = self.historic();
                self.write(event)
            }
            4 => {
                let event = self.raised();
                self.write(event)
            }
            _ => match self.change() {
                Some(event) => self.write(event),
                None => Vec::new(),
            },
        }
    }

    /// A question by chance.
    pub fn question(&mut self) -> Query {
        let from = START + Within::from_millis(self.dice.random_range(-40 * DAY..20 * DAY));
        let to = from + Within::from_millis(self.dice.random_range(1..60 * DAY));
        let mut some = || self.dice.random_range(0..6) == 0;
        let asked: [bool; 9] = std::array::from_fn(|_| some());
        let dice = &mut self.dice;
        let filter = Filter {
            mode: *one_of(
                dice,
                &[Mode::Actual, Mode::Actual, Mode::Actual, Mode::Exercise, Mode::Test],
            ),
            tier: asked[0]
                .then(|| *one_of(dice, campus_dispatch::domain::classification::Tier::ALL)),
            severity: asked[1].then(|| *one_of(dice, Severity::ALL)),
            category: asked[2].then(|| *one_of(dice, &Category::ALL[..3])),
            zone: asked[3].then(|| *one_of(dice, Zone::ALL)),
            source: asked[4].then(|| *one_of(dice, &Source::ALL[..2])),
            school: asked[5].then(|| school_id(dice.random_range(1..=5))),
            station: asked[6].then(|| format!("P-{}", dice.random_range(1..=3)).into()),
            unit: asked[7].then(|| format!("U-{}", dice.random_range(1..=4)).into()),
            peak: asked[8].then(|| dice.random_bool(0.5)),
        };
        Query { from, to, filter, grouping: *one_of(dice, &GROUPINGS) }
    }

    fn write(&mut self, event: Event) -> Vec<Change> {
        let seq = self.state.seq + 1;
        let actor = Actor::console(Channel::Import);
        self.state.apply(&Record { seq, at: self.now, actor, command: None, event })
    }

    fn define_school(&mut self, id: u32) -> Vec<Change> {
        let dice = &mut self.dice;
        let station =
            dice.random_bool(0.8).then(|| format!("P-{}", dice.random_range(1..=3)).into());
        let from_minute = dice.random_range(0..1_200);
        let window = DutyWindow {
            weekdays: vec![Weekday::Mon, Weekday::Wed, Weekday::Sun],
            from_minute,
            to_minute: from_minute + 240,
            posts: 1,
        };
        let school = School {
            id: school_id(id),
            name: "示例学校".to_owned(),
            kind: SchoolKind::Primary,
            zone: Zone::B,
            position: None,
            station,
            duty_windows: vec![window],
            contact: None,
        };
        self.write(Event::SchoolDefined { school: Box::new(school) })
    }

    fn historic(&mut self) -> Event {
        let alert = self.state.next_alert();
        let first_assignment = self.state.next_assignment();
        let policy = match self.dice.random_range(0..6) {
            0 => self.state.policies[0].clone(),
            filed => self.state.filed_policies[filed - 1].clone(),
        };
        let dice = &mut self.dice;
        let received_at = START
            + Within::from_millis(dice.random_range(-30..10) * DAY)
            + Within::from_millis(dice.random_range(0..DAY));
        let historic = HistoricAlert {
            system: "example".to_owned(),
            source_alarm_id: alert.to_string(),
            mode: *one_of(dice, &[Mode::Actual, Mode::Actual, Mode::Exercise, Mode::Test]),
            source: *one_of(dice, &Source::ALL[..2]),
            category: *one_of(dice, &Category::ALL[..3]),
            severity: *one_of(dice, Severity::ALL),
            school: dice.random_bool(0.7).then(|| school_id(dice.random_range(1..=4))),
            place: None,
            summary: String::new(),
            occurred_at: None,
            reported_at: None,
            received_at,
            assignments: (0..dice.random_range(0..4))
                .map(|_| assignment(dice, received_at))
                .collect(),
            disposition: None,
            closed_at: point(dice, received_at, 0.8),
            observed_until: received_at + Within::from_millis(dice.random_range(0..600_000)),
        };
        let zone = *one_of(dice, Zone::ALL);
        let circumstances = campus_dispatch::domain::policy::Circumstances {
            severity: historic.severity,
            zone,
            category: historic.category,
            school_kind: None,
            peak: false,
            source: historic.source,
        };
        let selection = policy.select(&circumstances, None).unwrap();
        Event::AlertImported(Box::new(ImportedAlert {
            alert,
            historic,
            zone,
            selection,
            first_assignment,
        }))
    }

    fn raised(&mut self) -> Event {
        let alert = self.state.next_alert();
        let dice = &mut self.dice;
        let (severity, zone) = (*one_of(dice, Severity::ALL), *one_of(dice, Zone::ALL));
        let circumstances = campus_dispatch::domain::policy::Circumstances {
            severity,
            zone,
            category: Category::Intrusion,
            school_kind: None,
            peak: false,
            source: Source::Phone110,
        };
        Event::AlertRaised(Box::new(AlertRaised {
            alert,
            mode: *one_of(dice, &[Mode::Actual, Mode::Actual, Mode::Exercise, Mode::Test]),
            source: Source::Phone110,
            source_alarm_id: None,
            category: Category::Intrusion,
            severity,
            assessed: true,
            school: dice.random_bool(0.7).then(|| school_id(dice.random_range(1..=4))),
            place: None,
            zone,
            summary: String::new(),
            caller_phone: None,
            occurred_at: None,
            reported_at: None,
            selection: self.state.policies[0].select(&circumstances, None).unwrap(),
        }))
    }

    /// Something that happens to an alert there is, whether the rules would allow it or not.
    fn change(&mut self) -> Option<Event> {
        let last = self.state.next_alert().0 - 1;
        if last == 0 {
            return None;
        }
        let id = AlertId(self.dice.random_range(1..=last));
        let found = self.state.alert(id)?.clone();
        let assignment = self.next_of(&found);
        let next_assignment = self.state.next_assignment();
        let dice = &mut self.dice;
        let text = || "示例".to_owned();
        let alert = id;
        let near = found.received_at + Within::from_millis(dice.random_range(-DAY..DAY));
        Some(match dice.random_range(0..15) {
            0..=2 => Event::UnitDispatched(Box::new(UnitDispatched {
                alert,
                assignment: next_assignment,
                unit: format!("U-{}", dice.random_range(1..=3)).into(),
                unit_kind: *one_of(
                    dice,
                    &[UnitKind::Patrol, UnitKind::SchoolGuard, UnitKind::Post],
                ),
                echelon: dice.random_range(1..=3),
                stacked: false,
            })),
            3..=5 => {
                let step = StepTaken { alert, assignment: assignment?, pressed_at: None };
                match dice.random_range(0..4) {
                    0 => Event::AssignmentAcknowledged(step),
                    1 => Event::AssignmentWentEnRoute(step),
                    2 => Event::AssignmentArrived(step),
                    _ => Event::AssignmentCleared(step),
                }
            }
            6 => Event::AssignmentDeclined { alert, assignment: assignment?, reason: text() },
            7 => Event::FeedbackFiled(Box::new(FeedbackFiled {
                alert,
                assignment: None,
                feedback: *one_of(dice, FeedbackKind::ALL),
                text: text(),
                pressed_at: None,
            })),
            8 => Event::AlertClosed {
                alert,
                record: Box::new(ClosingRecord {
                    disposition: Disposition::HandledOnScene,
                    result: text(),
                    no_arrival_reason: None,
                    police_count: 1,
                    injured_count: 0,
                    validity: *one_of(dice, Validity::ALL),
                }),
            },
            9 => Event::AlertReopened { alert, reason: text() },
            10 => Event::AlertCancelled { alert, reason: text() },
            11 => Event::VerdictExcused {
                alert,
                rule: found.selection.governing.clone()?,
                reason: text(),
            },
            12 => corrected(alert, &found, TimePoint::Received, near),
            13 => {
                let step = *one_of(dice, &[Step::Acknowledge, Step::EnRoute, Step::Arrive]);
                corrected(alert, &found, TimePoint::Step { assignment: assignment?, step }, near)
            }
            _ if found.mode == Mode::Exercise => {
                Event::ExerciseTurnedActual { alert, reason: text() }
            }
            _ => Event::AlertMerged { alert, root: AlertId(1) },
        })
    }

    fn next_of(&mut self, alert: &Alert) -> Option<AssignmentId> {
        let sent = alert.assignments.len();
        (sent > 0).then(|| alert.assignments[self.dice.random_range(0..sent)].id)
    }
}

fn corrected(alert: AlertId, found: &Alert, point: TimePoint, new: Timestamp) -> Event {
    let old = match point {
        TimePoint::Received => Some(found.received_at),
        _ => None,
    };
    let correction = Correction { point, old, new: Some(new), reason: "示例".to_owned() };
    Event::TimePointCorrected { alert, correction: Box::new(correction) }
}

fn school_id(number: u32) -> campus_dispatch::domain::id::SchoolId {
    format!("S-{number}").into()
}

fn one_of<'a, T>(dice: &mut impl Rng, list: &'a [T]) -> &'a T {
    &list[dice.random_range(0..list.len())]
}

/// A time point near an instant: often there, now and then before it or months after.
fn point(dice: &mut impl Rng, near: Timestamp, often: f64) -> Option<Timestamp> {
    let span = match dice.random_range(0..20) {
        0 => dice.random_range(-DAY..0),
        1 => dice.random_range(0..90 * DAY),
        2 => 60_000,
        _ => dice.random_range(0..700_000),
    };
    dice.random_bool(often).then(|| near + Within::from_millis(span))
}

fn assignment(dice: &mut impl Rng, received_at: Timestamp) -> Assignment {
    let dispatched_at = point(dice, received_at, 0.95);
    Assignment {
        id: AssignmentId(0),
        unit: format!("U-{}", dice.random_range(1..=3)).into(),
        unit_kind: *one_of(dice, &[UnitKind::Patrol, UnitKind::SchoolGuard, UnitKind::Traffic]),
        echelon: dice.random_range(1..=3),
        stacked: false,
        dispatched_at,
        delivered_at: None,
        acknowledged_at: point(dice, received_at, 0.7),
        en_route_at: point(dice, received_at, 0.7),
        arrived_at: point(dice, received_at, 0.8),
        cleared_at: point(dice, received_at, 0.9),
        withdrawal: dice
            .random_bool(0.1)
            .then(|| Withdrawal::Declined { at: received_at, reason: "示例".to_owned() }),
        pressed: Vec::new(),
    }
}
