//! From records to acts: on virtual time, by the real rules.

use std::time::Duration;

use campus_dispatch::{
    cli::history::{
        HistoricCall, Mapping,
        replay::{Act, Deed, Schedule, pace, schedule},
    },
    domain::{
        Actor, Channel, Command, Record, Rejection, Role, State, Timestamp, Within,
        account::{Account, Credential},
        classification::{Disposition, Validity},
        decide::{
            self,
            account::AddAccount,
            adopt_policy::AdoptPolicy,
            change_duty::ChangeDuty,
            close::CloseAlert,
            dispatch::{DispatchUnits, Send},
            district::DefineUnit,
            raise::RaiseAlert,
            resolve::ResolveAlert,
            step::TakeStep,
            withdraw::CancelAssignment,
        },
        district::Duty,
        id::{AlertId, AssignmentId, is_valid_id},
        policy::preset,
    },
};

use super::support::{at, mapping, read_text, shared};

const HEADER: &str =
    "type,call,unit,sequence,received,dispatched,arrived,cleared,priority,place,point";

fn calls(rows: &[&str], mapping: &Mapping) -> Vec<HistoricCall> {
    let report = read_text(format!("{HEADER}\n{}\n", rows.join("\n")), mapping).expect("a report");
    assert_eq!(report.bad_rows, []);
    report.calls
}

fn of_rows(rows: &[&str]) -> Schedule {
    schedule(calls(rows, &mapping("example-per-unit.toml")))
}

fn deeds(schedule: &Schedule) -> Vec<&Deed> {
    schedule.acts.iter().map(|act| &act.deed).collect()
}

/// The centre as a replay finds it, with the rules alone.
struct Centre {
    state: State,
}

impl Centre {
    fn with(schedule: &Schedule, now: Timestamp) -> Self {
        let mut centre = Self { state: State::default() };
        let policy = preset::preset("severity-only").expect("shipped");
        centre.tell(Role::Console, Command::AdoptPolicy(AdoptPolicy { policy }), now);
        for (name, role) in [("gateway", Role::Gateway), ("operator", Role::Operator)] {
            let credential = Credential::Token { sha256: format!("{:064}", name.len()) };
            let (name, disabled) = (name.into(), false);
            let account = Account { name, role, unit: None, station: None, credential, disabled };
            centre.tell(Role::Console, Command::AddAccount(AddAccount { account }), now);
        }
        for profile in schedule.cast.units.clone() {
            let unit = profile.id.clone();
            centre.tell(Role::Console, Command::DefineUnit(DefineUnit { profile }), now);
            let change = ChangeDuty { unit, duty: Duty::Available };
            centre.tell(Role::Operator, Command::ChangeDuty(change), now);
        }
        centre
    }

    fn tell(&mut self, role: Role, command: Command, now: Timestamp) {
        self.try_tell(role, &command, now).expect("a command the rules allow");
    }

    fn try_tell(&mut self, role: Role, command: &Command, at: Timestamp) -> Result<(), Rejection> {
        let account = match role {
            Role::Gateway => "gateway",
            Role::Operator => "operator",
            _ => "console",
        };
        let actor = Actor { account: account.into(), role, channel: Channel::Http };
        for event in decide::decide(&self.state, &actor, command, at)? {
            let (seq, actor) = (self.state.seq + 1, actor.clone());
            self.state.apply(&Record { seq, at, actor, command: None, event });
        }
        Ok(())
    }

    /// Plays every act at its time; the rules must allow each.
    fn play(&mut self, schedule: &Schedule) {
        let mut alerts = vec![AlertId(0); schedule.calls.len()];
        let mut legs = vec![Vec::new(); schedule.calls.len()];
        for act in &schedule.acts {
            let call = act.call;
            let (role, command) = self.command(schedule, act, alerts[call], &legs[call]);
            let (alert, assignment) = (self.state.next_alert(), self.state.next_assignment());
            let outcome = self.try_tell(role, &command, act.at);
            assert_eq!(outcome, Ok(()), "{act:?} of {:?}", schedule.calls[call]);
            match &act.deed {
                Deed::Raise => {
                    alerts[call] = alert;
                    legs[call] = vec![None; schedule.calls[call].alert.assignments.len()];
                }
                Deed::Dispatch { legs: sent } => {
                    for (leg, id) in sent.iter().zip(assignment.0..) {
                        legs[call][*leg] = Some(AssignmentId(id));
                    }
                }
                _ => {}
            }
        }
    }

    fn command(
        &self,
        schedule: &Schedule,
        act: &Act,
        alert: AlertId,
        legs: &[Option<AssignmentId>],
    ) -> (Role, Command) {
        let historic = &schedule.calls[act.call].alert;
        let step =
            |leg: usize| TakeStep { assignment: legs[leg].expect("dispatched"), pressed_at: None };
        let arrived = || self.state.alerts[&alert].first_arrived_at().is_some();
        let command = match &act.deed {
            Deed::Raise => {
                let raise = RaiseAlert {
                    mode: historic.mode,
                    source: historic.source,
                    source_alarm_id: Some(historic.source_alarm_id.clone()),
                    category: historic.category,
                    severity: Some(historic.severity),
                    school: None,
                    place: Some("example".to_owned()),
                    coordinates: None,
                    summary: historic.summary.clone(),
                    caller_phone: None,
                    occurred_at: None,
                    reported_at: None,
                };
                return (Role::Gateway, Command::RaiseAlert(Box::new(raise)));
            }
            Deed::Dispatch { legs } => {
                let player = |leg: &usize| schedule.cast.players[&(act.call, *leg)].clone();
                let units = legs.iter().map(|leg| Send { unit: player(leg), echelon: None });
                let units = units.collect();
                Command::DispatchUnits(DispatchUnits { alert, units, confirm_stacking: true })
            }
            Deed::Acknowledge { leg } => Command::AcknowledgeAssignment(step(*leg)),
            Deed::GoEnRoute { leg } => Command::GoEnRoute(step(*leg)),
            Deed::Arrive { leg } => Command::ArriveOnScene(step(*leg)),
            Deed::Clear { leg } => Command::ClearAssignment(step(*leg)),
            Deed::CallBack { leg } => {
                let assignment = legs[*leg].expect("dispatched");
                let reason = "called back".to_owned();
                Command::CancelAssignment(CancelAssignment { assignment, reason })
            }
            Deed::Resolve => {
                let disposition = Disposition::HandledOnScene;
                let result = "as recorded".to_owned();
                Command::ResolveAlert(ResolveAlert { alert, disposition, result })
            }
            Deed::Close => Command::CloseAlert(CloseAlert {
                alert,
                disposition: None,
                result: None,
                no_arrival_reason: (!arrived()).then(|| "none recorded".to_owned()),
                police_count: 1,
                injured_count: 0,
                validity: Validity::Valid,
            }),
        };
        (Role::Operator, command)
    }
}

fn play_whole(file: &str, mapping_name: &str) -> (Schedule, Centre) {
    let text = std::fs::read(shared(file)).expect("the file");
    let report = read_text(text, &mapping(mapping_name)).expect("a report");
    let schedule = schedule(report.calls);
    let mut centre = Centre::with(&schedule, at("2001-01-01T00:00:00Z"));
    centre.play(&schedule);
    (schedule, centre)
}

/// What was played live has the points the records tell.
fn assert_played(schedule: &Schedule, centre: &Centre) {
    assert_eq!(centre.state.alerts.len(), schedule.calls.len());
    for (call, alert) in schedule.calls.iter().zip(centre.state.alerts.values()) {
        let historic = &call.alert;
        assert_eq!(alert.source_alarm_id.as_ref(), Some(&historic.source_alarm_id));
        assert_eq!(alert.received_at, historic.received_at);
        let arrivals = historic.assignments.iter().filter_map(|sent| sent.arrived_at);
        assert_eq!(alert.first_arrived_at(), arrivals.min(), "{historic:?}");
        let dispatches = historic.assignments.iter().filter_map(|sent| sent.dispatched_at);
        assert_eq!(alert.first_dispatched_at(), dispatches.min(), "{historic:?}");
    }
}

#[test]
fn every_act_of_the_fire_calls_is_one_the_rules_allow() {
    let (schedule, centre) = play_whole("sf-fire-calls-2017-01-02_04.csv", "sf-fire-calls.toml");
    assert_eq!((schedule.moved, schedule.left_out, schedule.supposed_dispatches), (0, 0, 0));
    assert_played(&schedule, &centre);
    for (call, alert) in schedule.calls.iter().zip(centre.state.alerts.values()) {
        assert_eq!(alert.closed_at, call.alert.closed_at);
    }
}

#[test]
fn every_act_of_the_police_calls_is_one_the_rules_allow() {
    let (schedule, centre) = play_whole("sf-police-calls-2026-01-15.csv", "sf-police-calls.toml");
    assert_played(&schedule, &centre);
    // A unit on scene cannot come after the close: three calls were closed before that.
    assert_eq!(schedule.moved, 3);
    let open = |call: &&HistoricCall| call.alert.closed_at.is_none();
    assert_eq!(centre.state.open.len(), schedule.calls.iter().filter(open).count());
}

#[test]
fn a_source_without_unit_ids_gets_as_many_units_as_are_out_at_once() {
    let (schedule, centre) = play_whole("sf-police-calls-2026-01-15.csv", "sf-police-calls.toml");
    let stacked = |alert: &std::sync::Arc<campus_dispatch::domain::Alert>| {
        alert.assignments.iter().any(|sent| sent.stacked)
    };
    assert!(!centre.state.alerts.values().any(stacked), "nobody is sent to two calls at once");
    assert!(schedule.cast.units.len() < schedule.calls.len() / 2);
}

#[test]
fn a_call_is_raised_dispatched_reached_cleared_resolved_and_closed() {
    let schedule = of_rows(&[
        "Fight,1,A1,1,2026-03-02 10:00:00,2026-03-02 10:00:10,2026-03-02 10:01:00,2026-03-02 10:09:00,1,,",
    ]);
    let expected = [
        Deed::Raise,
        Deed::Dispatch { legs: vec![0] },
        Deed::Arrive { leg: 0 },
        Deed::Clear { leg: 0 },
        Deed::Resolve,
        Deed::Close,
    ];
    assert_eq!(deeds(&schedule), expected.iter().collect::<Vec<_>>());
    assert_eq!(schedule.acts[2].at, at("2026-03-02T18:01:00Z"));
}

#[test]
fn a_unit_available_again_without_an_arrival_was_called_back() {
    let schedule =
        of_rows(&["Fight,1,A1,1,2026-03-02 10:00:00,2026-03-02 10:00:10,,2026-03-02 10:09:00,1,,"]);
    assert!(deeds(&schedule).contains(&&Deed::CallBack { leg: 0 }));
}

#[test]
fn units_sent_at_one_instant_are_sent_by_one_command() {
    let schedule = of_rows(&[
        "Fight,1,A1,1,2026-03-02 10:00:00,2026-03-02 10:00:10,,,1,,",
        "Fight,1,A2,2,2026-03-02 10:00:00,2026-03-02 10:00:10,,,1,,",
        "Fight,1,A3,3,2026-03-02 10:00:00,2026-03-02 10:00:20,,,1,,",
    ]);
    let expected =
        [Deed::Raise, Deed::Dispatch { legs: vec![0, 1] }, Deed::Dispatch { legs: vec![2] }];
    assert_eq!(deeds(&schedule), expected.iter().collect::<Vec<_>>());
}

#[test]
fn a_call_that_is_not_over_stays_open() {
    let schedule =
        of_rows(&["Fight,1,A1,1,2026-03-02 10:00:00,2026-03-02 10:00:10,2026-03-02 10:01:00,,1,,"]);
    assert_eq!(deeds(&schedule).last(), Some(&&Deed::Arrive { leg: 0 }));
}

#[test]
fn points_out_of_order_are_bent_and_the_arrival_kept() {
    let schedule = of_rows(&[
        "Fight,1,A1,1,2026-03-02 10:00:00,2026-03-02 09:59:00,2026-03-02 10:01:00,2026-03-02 10:00:30,1,,",
    ]);
    let at_of = |deed: &Deed| schedule.acts.iter().find(|act| act.deed == *deed).map(|act| act.at);
    assert_eq!(at_of(&Deed::Dispatch { legs: vec![0] }), Some(at("2026-03-02T18:00:00Z")));
    assert_eq!(at_of(&Deed::Arrive { leg: 0 }), Some(at("2026-03-02T18:01:00Z")));
    assert_eq!(at_of(&Deed::Clear { leg: 0 }), Some(at("2026-03-02T18:01:00Z")));
    assert!(schedule.moved >= 2);
}

#[test]
fn units_play_under_valid_ids_of_their_own() {
    let schedule = of_rows(&[
        "Fight,1,A 1,1,2026-03-02 10:00:00,2026-03-02 10:00:10,,,1,,",
        "Fight,1,A-1,2,2026-03-02 10:00:00,2026-03-02 10:00:10,,,1,,",
        "Fight,1,=x(),3,2026-03-02 10:00:00,2026-03-02 10:00:10,,,1,,",
    ]);
    let ids: Vec<&str> = schedule.cast.units.iter().map(|unit| unit.id.as_str()).collect();
    assert_eq!(ids, ["replay--x--", "replay-A-1", "replay-A-1-2"]);
    assert!(ids.into_iter().all(is_valid_id));
}

#[test]
fn acts_are_due_at_their_times_by_the_speed() {
    let schedule =
        of_rows(&["Fight,1,A1,1,2026-03-02 10:00:00,2026-03-02 10:01:00,2026-03-02 10:06:24,,1,,"]);
    let offsets = pace(&schedule.acts, 60.0, None);
    assert_eq!(offsets, [0, 1_000, 6_400].map(Duration::from_millis));
}

#[test]
fn a_silence_can_be_shortened() {
    let schedule = of_rows(&[
        "Fight,1,A1,1,2026-03-01 10:00:00,2026-03-01 10:01:00,,,1,,",
        "Fight,2,A1,1,2026-03-02 10:00:00,2026-03-02 10:01:00,,,1,,",
    ]);
    let offsets = pace(&schedule.acts, 60.0, Some(Within::from_seconds(600)));
    assert_eq!(offsets, [0, 1, 11, 12].map(Duration::from_secs));
}
