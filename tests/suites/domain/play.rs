//! Random plays on the district: what may be asked of it, legal and illegal, at any instant, the
//! exact limits included.

use campus_dispatch::domain::{
    Actor, Alert, Command, Event, Rejection, Role, Stage, Timestamp, Verdict, Within,
    assignment::{Assignment, Step},
    classification::{Category, Disposition, FeedbackKind, Mode, Severity, Source, Tier},
    decide::{raise::RaiseAlert, reclassify::ReclassifyAlert},
    district::{Duty, UnitKind},
    event::TimePoint,
    id::{AlertId, AssignmentId},
    policy::preset,
    verdict::ClockReading,
};
use proptest::prelude::*;

use super::{
    ask,
    centre::{Centre, ROLES, SCHOOLS, UNITS, on_post, one, profile, second, unit},
    naive,
};

/// A play: the policy in force, then turn after turn.
#[derive(Clone, Debug)]
pub struct Play {
    pub policy: usize,
    pub turns: Vec<Turn>,
}

/// Time passes, then somebody asks for something.
#[derive(Clone, Debug)]
pub struct Turn {
    pub wait: Wait,
    pub who: Who,
    pub ask: Ask,
}

#[derive(Clone, Debug)]
pub enum Wait {
    Milliseconds(i64),
    /// To the next instant at which a clock's limit ends, and so many milliseconds further.
    Limit(i64),
    /// To the next deadline.
    Deadline,
}

#[derive(Clone, Debug)]
pub enum Who {
    /// Whoever usually asks for this.
    Usual,
    /// Somebody of any role.
    Anybody(usize),
}

/// What is asked for. Numbers choose among what there is, and one beyond.
#[derive(Clone, Debug)]
pub enum Ask {
    Raise {
        category: Category,
        severity: Option<Severity>,
        mode: Mode,
        school: usize,
        reported: Option<i64>,
    },
    Alarm {
        alarm: u8,
        school: usize,
    },
    Send {
        alert: usize,
        units: Vec<usize>,
        stack: bool,
    },
    Reclassify {
        alert: usize,
        severity: Option<Severity>,
        category: Option<Category>,
        tier: Option<Tier>,
    },
    Feedback {
        assignment: usize,
        kind: FeedbackKind,
    },
    Resolve {
        alert: usize,
    },
    Close {
        alert: usize,
    },
    Finish {
        alert: usize,
    },
    Reopen {
        alert: usize,
    },
    Cancel {
        alert: usize,
    },
    Merge {
        alert: usize,
        into: usize,
    },
    Unmerge {
        alert: usize,
    },
    TurnActual {
        alert: usize,
    },
    Correct {
        alert: usize,
        point: usize,
        shift: Option<i64>,
    },
    Excuse {
        alert: usize,
        rule: usize,
    },
    DeferHazard {
        alert: usize,
        seconds: i64,
    },
    FixHazard {
        alert: usize,
    },
    Take {
        assignment: usize,
        step: Step,
    },
    Decline {
        assignment: usize,
    },
    CallBack {
        assignment: usize,
    },
    Reinforce {
        assignment: usize,
    },
    Duty {
        unit: usize,
        duty: usize,
    },
    Position {
        unit: usize,
    },
    CheckIn {
        unit: usize,
        school: usize,
    },
    Define {
        unit: usize,
        kind: UnitKind,
    },
    RemoveUnit {
        unit: usize,
    },
    RemoveSchool {
        school: usize,
    },
    Disable {
        account: usize,
    },
    Import {
        call: u8,
        seconds: [i64; 4],
    },
    Tell {
        alert: usize,
    },
}

const STEPS: [Step; 5] =
    [Step::Deliver, Step::Acknowledge, Step::EnRoute, Step::Arrive, Step::Clear];

pub fn plays() -> impl Strategy<Value = Play> {
    (0..=preset::IDS.len(), prop::collection::vec(turns(), 1..100))
        .prop_map(|(policy, turns)| Play { policy, turns })
}

fn turns() -> impl Strategy<Value = Turn> {
    let who = prop_oneof![
        9 => Just(Who::Usual),
        1 => (0..ROLES.len()).prop_map(Who::Anybody),
    ];
    (waits(), who, asks()).prop_map(|(wait, who, ask)| Turn { wait, who, ask })
}

fn waits() -> impl Strategy<Value = Wait> {
    prop_oneof![
        6 => Just(Wait::Milliseconds(0)),
        1 => Just(Wait::Milliseconds(1)),
        6 => (1i64..40).prop_map(|seconds| Wait::Milliseconds(seconds * 1000)),
        1 => (1i64..400).prop_map(|seconds| Wait::Milliseconds(seconds * 1000)),
        2 => (-1i64..=1).prop_map(Wait::Limit),
        2 => Just(Wait::Deadline),
    ]
}

fn asks() -> impl Strategy<Value = Ask> {
    let alert = 0..6usize;
    let assignment = 0..12usize;
    let unit = prop_oneof![15 => 0..UNITS.len() - 1, 1 => UNITS.len() - 1..=UNITS.len()];
    let school = 0..=SCHOOLS.len();
    let category = prop::sample::select(Category::ALL);
    let severity = prop::option::of(prop::sample::select(Severity::ALL));
    let mode =
        prop_oneof![6 => Just(Mode::Actual), 2 => Just(Mode::Exercise), 1 => Just(Mode::Test)];
    let kind = prop::sample::select(FeedbackKind::ALL);
    let step = prop_oneof![3 => Just(Step::Arrive), 5 => prop::sample::select(&STEPS[..])];
    let raise = (
        prop_oneof![2 => category.clone(), 1 => Just(Category::Hazard)],
        severity.clone(),
        mode,
        school.clone(),
        prop::option::weighted(0.3, 0i64..120),
    );
    prop_oneof![
        8 => raise.prop_map(|(category, severity, mode, school, reported)| {
            Ask::Raise { category, severity, mode, school, reported }
        }),
        1 => (0u8..3, school.clone()).prop_map(|(alarm, school)| Ask::Alarm { alarm, school }),
        12 => (alert.clone(), prop::collection::vec(unit.clone(), 1..3), prop::bool::weighted(0.3))
            .prop_map(|(alert, units, stack)| Ask::Send { alert, units, stack }),
        4 => (
            alert.clone(),
            severity,
            prop::option::of(category),
            prop::option::weighted(0.2, prop::sample::select(Tier::ALL)),
        ).prop_map(|(alert, severity, category, tier)| {
            Ask::Reclassify { alert, severity, category, tier }
        }),
        3 => (assignment.clone(), kind)
            .prop_map(|(assignment, kind)| Ask::Feedback { assignment, kind }),
        2 => alert.clone().prop_map(|alert| Ask::Resolve { alert }),
        2 => alert.clone().prop_map(|alert| Ask::Close { alert }),
        3 => alert.clone().prop_map(|alert| Ask::Finish { alert }),
        2 => alert.clone().prop_map(|alert| Ask::Reopen { alert }),
        1 => alert.clone().prop_map(|alert| Ask::Cancel { alert }),
        3 => (alert.clone(), alert.clone()).prop_map(|(alert, into)| Ask::Merge { alert, into }),
        2 => alert.clone().prop_map(|alert| Ask::Unmerge { alert }),
        1 => alert.clone().prop_map(|alert| Ask::TurnActual { alert }),
        5 => (alert.clone(), 0..16usize, prop::option::weighted(0.8, -200i64..60))
            .prop_map(|(alert, point, shift)| Ask::Correct { alert, point, shift }),
        3 => (alert.clone(), 0..8usize).prop_map(|(alert, rule)| Ask::Excuse { alert, rule }),
        2 => (alert.clone(), -1i64..300)
            .prop_map(|(alert, seconds)| Ask::DeferHazard { alert, seconds }),
        1 => alert.clone().prop_map(|alert| Ask::FixHazard { alert }),
        28 => (assignment.clone(), step)
            .prop_map(|(assignment, step)| Ask::Take { assignment, step }),
        2 => assignment.clone().prop_map(|assignment| Ask::Decline { assignment }),
        2 => assignment.clone().prop_map(|assignment| Ask::CallBack { assignment }),
        1 => assignment.prop_map(|assignment| Ask::Reinforce { assignment }),
        2 => (unit.clone(), 0..4usize).prop_map(|(unit, duty)| Ask::Duty { unit, duty }),
        1 => unit.clone().prop_map(|unit| Ask::Position { unit }),
        1 => (unit.clone(), school.clone()).prop_map(|(unit, school)| Ask::CheckIn { unit, school }),
        1 => (unit.clone(), prop::sample::select(&[UnitKind::Post, UnitKind::SchoolGuard][..]))
            .prop_map(|(unit, kind)| Ask::Define { unit, kind }),
        1 => unit.prop_map(|unit| Ask::RemoveUnit { unit }),
        1 => school.prop_map(|school| Ask::RemoveSchool { school }),
        1 => (0..UNITS.len() + 3).prop_map(|account| Ask::Disable { account }),
        1 => (0u8..4, prop::array::uniform4(0i64..600))
            .prop_map(|(call, seconds)| Ask::Import { call, seconds }),
        3 => alert.prop_map(|alert| Ask::Tell { alert }),
    ]
}

/// One turn as it was taken.
pub struct Taken {
    pub command: Command,
    pub outcome: Result<Vec<Event>, Rejection>,
}

/// The district under the play's policy, at second 0, with a unit on its way to one of two alerts.
pub fn district(play: &Play) -> Centre {
    let mut centre = Centre::new();
    let policy = preset::IDS.get(play.policy).and_then(|id| preset::preset(id));
    let policy = policy.unwrap_or_else(naive::every_point);
    if policy.id.as_str() != preset::DEFAULT {
        centre.does(&one(Role::Admin), ask::adopt(policy));
    }
    centre.raise(Category::Attack, "S-B");
    let alert = centre.raise(Category::Fight, "S-A");
    centre.send(alert, "P-03");
    centre
}

impl Turn {
    /// Takes the turn.
    pub fn take(&self, centre: &mut Centre) -> Taken {
        let then = self.wait.until(centre).max(centre.now());
        centre.at_ms((then - second(0)).millis());
        let command = self.ask.command(centre);
        let actor = match self.who {
            Who::Usual => self.ask.usual(centre),
            Who::Anybody(role) => one(ROLES[role]),
        };
        let outcome = centre.asks(&actor, command.clone());
        Taken { command, outcome }
    }
}

impl Wait {
    fn until(&self, centre: &Centre) -> Timestamp {
        let now = centre.now();
        let alerts = || centre.state.alerts.values();
        match self {
            Self::Milliseconds(milliseconds) => now + Within::from_millis(*milliseconds),
            Self::Limit(further) => {
                let limits = alerts().flat_map(|alert| alert.clocks(now));
                let ahead = limits.filter_map(|clock| clock.due_at).filter(|at| *at > now);
                ahead.min().unwrap_or(now) + Within::from_millis(*further)
            }
            Self::Deadline => {
                let next = alerts().filter_map(|alert| alert.next_deadline());
                next.filter(|at| *at > now).min().unwrap_or(now)
            }
        }
    }
}

fn unit_id(index: usize) -> &'static str {
    UNITS.get(index).map_or("P-77", |(id, _)| id)
}

fn school_id(index: usize) -> &'static str {
    SCHOOLS.get(index).map_or("S-X", |(id, _)| id)
}

/// The alert a number chooses: mostly one of the open ones, else the newest of all, or one that is
/// not there.
fn alert(centre: &Centre, index: usize) -> AlertId {
    let open = &centre.state.open;
    if let (0..4, false) = (index, open.is_empty()) {
        return *open.iter().rev().nth(index % open.len()).expect("open");
    }
    let newest = centre.state.alerts.len() as u32;
    AlertId(newest.checked_sub(index as u32 - index.min(4) as u32).unwrap_or(99))
}

/// An alert for which something can succeed, where there is one, or else any.
fn likely(centre: &Centre, index: usize, fits: impl Fn(&Alert) -> bool) -> AlertId {
    let fitting = || centre.state.alerts.values().rev().filter(|alert| fits(alert));
    let count = fitting().count().max(1);
    fitting().nth(index % count).map_or_else(|| alert(centre, index), |alert| alert.id)
}

/// The assignment a number chooses: mostly a live one.
fn assignment(centre: &Centre, index: usize) -> AssignmentId {
    let live = || centre.state.units.values().flat_map(|unit| &unit.assignments);
    let count = live().count();
    if index < 9 && count > 0 {
        return *live().nth(index % count).expect("live");
    }
    let newest = centre.state.assignment_alerts.len() as u32;
    AssignmentId(newest.checked_sub(index as u32).unwrap_or(99))
}

impl Ask {
    /// Who usually asks for this: the unit whose assignment it is, else whom the work falls to.
    fn usual(&self, centre: &Centre) -> Actor {
        let own = |index: usize| match centre.state.assignment(assignment(centre, index)) {
            Some((_, one)) if UNITS.iter().any(|(id, _)| *id == one.unit.as_str()) => {
                unit(one.unit.as_str())
            }
            _ => one(Role::Operator),
        };
        match self {
            Self::Alarm { .. } => one(Role::Gateway),
            Self::Take { assignment, .. }
            | Self::Decline { assignment }
            | Self::Reinforce { assignment }
            | Self::Feedback { assignment, .. } => own(*assignment),
            Self::Duty { unit: index, .. }
            | Self::Position { unit: index }
            | Self::CheckIn { unit: index, .. } => unit(unit_id(*index)),
            Self::Reopen { .. }
            | Self::Correct { .. }
            | Self::Excuse { .. }
            | Self::Reclassify { .. } => one(Role::Supervisor),
            Self::Define { .. }
            | Self::RemoveUnit { .. }
            | Self::RemoveSchool { .. }
            | Self::Disable { .. } => one(Role::Admin),
            Self::Import { .. } => one(Role::Console),
            Self::Tell { .. } => Actor::system(),
            _ => one(Role::Operator),
        }
    }

    fn command(&self, centre: &Centre) -> Command {
        let alert = |index: usize| alert(centre, index);
        let assignment = |index: usize| assignment(centre, index);
        match self {
            Self::Raise { category, severity, mode, school, reported } => {
                let back = |seconds: i64| centre.now() + Within::from_seconds(-seconds);
                let place = *school == SCHOOLS.len();
                ask::raised(RaiseAlert {
                    severity: *severity,
                    mode: *mode,
                    school: (!place).then(|| school_id(*school).into()),
                    coordinates: place.then(|| ask::wgs84(121.4705, 31.2301)),
                    reported_at: reported.map(back),
                    ..ask::report(*category, "")
                })
            }
            Self::Alarm { alarm, school } => ask::raised(RaiseAlert {
                source: Source::OneKeyAlarm,
                ..ask::alarm(&format!("alarm-{alarm}"), school_id(*school))
            }),
            Self::Send { alert: index, units, stack } => {
                let id = likely(centre, *index, |alert| alert.stage() < Stage::Resolved);
                let units: Vec<&str> = units.iter().map(|index| unit_id(*index)).collect();
                match stack {
                    true => ask::dispatch_stacked(id, &units),
                    false => ask::dispatch(id, &units),
                }
            }
            Self::Reclassify { alert: index, severity, category, tier } => {
                ask::reclassify(ReclassifyAlert {
                    severity: *severity,
                    category: *category,
                    tier: *tier,
                    reason: Some("示例".to_owned()),
                    ..ask::view(alert(*index))
                })
            }
            Self::Feedback { assignment: index, kind } => {
                let id = assignment(*index);
                let of = centre.state.assignment(id).map_or(AlertId(99), |(alert, _)| alert.id);
                ask::feedback(of, Some(id), *kind)
            }
            Self::Resolve { alert: index } => {
                ask::resolve(alert(*index), Disposition::HandledOnScene)
            }
            Self::Close { alert: index } => ask::close(alert(*index)),
            Self::Finish { alert: index } => finish(centre, alert(*index)),
            Self::Reopen { alert: index } => {
                ask::reopen(likely(centre, *index, |alert| alert.stage() == Stage::Closed), "示例")
            }
            Self::Cancel { alert: index } => ask::cancel(alert(*index), "示例"),
            Self::Merge { alert: index, into } => ask::merge(alert(*index), alert(*into)),
            Self::Unmerge { alert: index } => {
                ask::unmerge(likely(centre, *index, |alert| alert.merged_into.is_some()))
            }
            Self::TurnActual { alert: index } => ask::turn_actual(alert(*index), "示例"),
            Self::Correct { alert: index, point, shift } => {
                correct(centre, alert(*index), *point, *shift)
            }
            Self::Excuse { alert: index, rule } => {
                let failed = |alert: &Alert| {
                    let clocks = alert.clocks(centre.now()).into_iter();
                    let failed = |clock: &ClockReading| {
                        matches!(clock.verdict, Verdict::Late | Verdict::Missed)
                    };
                    clocks.filter(failed).map(|clock| clock.rule).collect::<Vec<_>>()
                };
                let id = likely(centre, *index, |alert| !failed(alert).is_empty());
                let rules = centre.state.alert(id).map_or(Vec::new(), |alert| failed(alert));
                let rule = rules.get(rule % rules.len().max(1));
                ask::excuse(id, rule.map_or("nowhere", |rule| rule.as_str()), "示例")
            }
            Self::DeferHazard { alert: index, seconds } => {
                let id = likely(centre, *index, |alert| alert.category == Category::Hazard);
                ask::defer_hazard(id, centre.now() + Within::from_seconds(*seconds))
            }
            Self::FixHazard { alert: index } => {
                ask::fix_hazard(likely(centre, *index, |alert| alert.hazard.is_some()))
            }
            Self::Take { assignment: index, step } => ask::step(assignment(*index), *step),
            Self::Decline { assignment: index } => ask::decline(assignment(*index), "示例"),
            Self::CallBack { assignment: index } => ask::call_back(assignment(*index), "示例"),
            Self::Reinforce { assignment: index } => ask::reinforce(assignment(*index), "示例"),
            Self::Duty { unit, duty } => {
                let duties = [Duty::Available, Duty::OffDuty, Duty::OutOfService, on_post("S-A")];
                ask::duty(unit_id(*unit), duties[*duty].clone())
            }
            Self::Position { unit } => ask::position(unit_id(*unit), ask::wgs84(121.4712, 31.2345)),
            Self::CheckIn { unit, school } => ask::check_in(unit_id(*unit), school_id(*school)),
            Self::Define { unit, kind } => ask::define_unit(profile(unit_id(*unit), *kind)),
            Self::RemoveUnit { unit } => ask::remove_unit(unit_id(*unit)),
            Self::RemoveSchool { school } => ask::remove_school(school_id(*school)),
            Self::Disable { account } => match UNITS.get(*account) {
                Some((id, _)) => ask::disable_account(&format!("phone-{id}")),
                None => ask::disable_account("manager-1"),
            },
            Self::Import { call, seconds } => import(centre, *call, *seconds),
            Self::Tell { alert: index } => ask::tell(alert(*index)),
        }
    }
}

/// The next command on the way to a closed alert.
fn finish(centre: &Centre, id: AlertId) -> Command {
    let Some(alert) = centre.state.alert(id) else { return ask::close(id) };
    let on_scene = alert.live_assignments().next();
    match (alert.stage(), on_scene) {
        (Stage::Resolved, Some(assignment)) => ask::step(assignment.id, Step::Clear),
        (Stage::Resolved, None) if alert.first_arrived_at().is_none() => {
            ask::close_without_arrival(id, "示例")
        }
        (Stage::Resolved, None) => ask::close(id),
        _ => ask::resolve(id, Disposition::Mediated),
    }
}

/// Any point of the alert, shifted by so many seconds from where it is or from now, or emptied.
fn correct(centre: &Centre, id: AlertId, point: usize, shift: Option<i64>) -> Command {
    let known = centre.state.alert(id);
    let assignments: Vec<&Assignment> =
        known.map(|alert| alert.assignments.iter().collect()).unwrap_or_default();
    let chosen = assignments.get(point % assignments.len().max(1));
    let assignment = chosen.map_or(AssignmentId(99), |one| one.id);
    let point = match point {
        0 => TimePoint::Occurred,
        1 => TimePoint::Reported,
        2 | 3 => TimePoint::Received,
        4 => TimePoint::Resolved,
        5 | 6 => TimePoint::Dispatched { assignment },
        other => TimePoint::Step { assignment, step: STEPS[other % STEPS.len()] },
    };
    let stands = match point {
        TimePoint::Received => known.map(|alert| alert.received_at),
        TimePoint::Step { step, .. } => chosen.and_then(|one| one.point(step)),
        _ => None,
    };
    let from = stands.unwrap_or(centre.now());
    ask::correct(id, point, shift.map(|seconds| from + Within::from_seconds(seconds)))
}

/// A call of another system, 20 minutes ago, with an arrival, a closing or an end where they fall.
fn import(centre: &Centre, call: u8, seconds: [i64; 4]) -> Command {
    let received = centre.now() + Within::from_seconds(-1200);
    let after = |seconds: i64| received + Within::from_seconds(seconds);
    let [dispatched, arrived, closed, observed] = seconds.map(after);
    let mut historic = ask::history(&format!("call-{call}"), received, observed);
    let sent = ask::historic_assignment("E01", dispatched);
    let arrived_at = (seconds[1] % 2 == 0).then_some(arrived);
    historic.assignments = vec![Assignment { arrived_at, ..sent }];
    historic.closed_at = (seconds[2] % 2 == 0).then_some(closed);
    ask::import(historic)
}
