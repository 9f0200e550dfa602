//! How a turn of a random play is taken: its numbers choose among what there is.

use campus_dispatch::domain::{
    Actor, Alert, Command, Event, Rejection, Role, Stage, Timestamp, Verdict, Within,
    assignment::{Assignment, Step},
    classification::{Category, Disposition, Source},
    decide::{raise::RaiseAlert, reclassify::ReclassifyAlert},
    district::Duty,
    event::TimePoint,
    id::{AlertId, AssignmentId},
    policy::preset,
    verdict::ClockReading,
};

use super::{
    ask,
    centre::{Centre, ROLES, SCHOOLS, UNITS, on_post, one, profile, second, unit},
    naive,
    play::{Ask, Play, STEPS, Turn, Wait, Who},
};

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
            Self::See { alert: index } => {
                let id = likely(centre, *index, |alert| !alert.noticed.is_empty());
                let told = centre.state.alert(id).map_or(&[][..], |alert| &alert.noticed);
                ask::see(id, told.iter().map(|one| one.notice.clone()).collect())
            }
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
