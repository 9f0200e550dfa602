//! The written form of a record. It is kept in `tests/data/records-v1.jsonl`, one record per kind
//! of event: a journal of this format must be readable for good.
//!
//! After a deliberate addition run the test with `WRITE_GOLDEN=1` and read the difference.

use std::{collections::BTreeSet, fs, path::Path};

use campus_dispatch::domain::{
    Actor, Event, Record, Role, Timestamp,
    assignment::{Assignment, Step, Withdrawal},
    classification::{Category, Disposition, FeedbackKind, Mode, Severity, Source, Validity},
    decide::raise::RaiseAlert,
    district::{Contact, Duty, School, Station},
    event::{ClosingRecord, JournalRepaired, Notice, Personal, TimePoint},
    id::{AlertId, SampleId},
    place::{CoordinateSystem, Coordinates},
    policy::preset,
    record::CommandKey,
    sample::CheckItem,
};

use super::{
    ask,
    centre::{Centre, admin, gateway, on_post, one, operator, school, second, supervisor, unit},
};

const GOLDEN: &str = "tests/data/records-v1.jsonl";

/// A day on which everything that can happen happens.
pub fn everything() -> Vec<Record> {
    let mut centre = Centre::new();
    let console = one(Role::Console);
    let contact = || Some(Contact { name: "示例".to_owned(), phone: "13800000000".to_owned() });
    centre.does(&admin(), ask::define_school(School { contact: contact(), ..school(1) }));
    let station = Station {
        id: "ST-2".into(),
        name: "示例二所".to_owned(),
        position: None,
        leader: contact(),
        liaison: None,
    };
    centre.does(&admin(), ask::define_station(station));
    centre.does(&admin(), ask::remove_station("ST-2"));
    centre.does(&unit("P-03"), ask::duty("P-03", on_post("S-B")));
    centre.does(&unit("P-03"), ask::duty("P-03", Duty::Available));
    let shown =
        Coordinates { longitude: 121.4745, latitude: 31.228, system: CoordinateSystem::Gcj02 };
    centre.does(&unit("P-03"), ask::position("P-03", shown));
    centre.does(&unit("P-03"), ask::check_in("P-03", "S-B"));
    centre.does(&console, ask::file(preset::preset("zone-only").expect("shipped")));
    centre.does(&admin(), ask::adopt(preset::preset("stage-135").expect("shipped")));
    let mut default = preset::preset(preset::DEFAULT).expect("shipped");
    default.version = 2;
    centre.does(&admin(), ask::adopt(default));
    centre.does(&operator(), ask::open_session("operator-1", "a1", second(0)));
    centre.does(&operator(), ask::close_session("a1"));
    centre.does(&Actor::system(), ask::note_clock_jump(second(0) - second(90)));

    // A full report, handled to the end, corrected, excused, reopened.
    let report = RaiseAlert {
        source: Source::SchoolStaff,
        place: Some("示例路口".to_owned()),
        coordinates: Some(shown),
        caller_phone: Some("13800000000".to_owned()),
        occurred_at: Some(second(-60)),
        reported_at: Some(second(-30)),
        ..ask::report(Category::Hazard, "S-A")
    };
    centre.does(&operator(), ask::raised(report));
    let alert = centre.last_alert();
    centre.does(&operator(), ask::note(alert, "示例"));
    centre.does(&operator(), ask::set_severity(alert, Severity::L1, None));
    centre.does(&operator(), ask::defer_hazard(alert, second(86_400)));
    let assignment = centre.at(20).send(alert, "P-01");
    centre.at(61).told(alert);
    for (seconds, step) in
        [(62, Step::Deliver), (63, Step::Acknowledge), (64, Step::EnRoute), (70, Step::Arrive)]
    {
        centre.at(seconds).step(assignment, step);
    }
    centre.does(&unit("P-01"), ask::reinforce(assignment, "示例"));
    let filed = ask::feedback(alert, Some(assignment), FeedbackKind::Arrival);
    centre.does(&unit("P-01"), filed);
    let declined = centre.send(alert, "P-02");
    centre.does(&unit("P-02"), ask::decline(declined, "示例"));
    let withdrawn = centre.send(alert, "P-02");
    centre.does(&operator(), ask::call_back(withdrawn, "示例"));
    centre.at(90).step(assignment, Step::Clear);
    centre.resolve(alert);
    centre.does(&operator(), ask::close(alert));
    let arrival = TimePoint::Step { assignment, step: Step::Arrive };
    centre.does(&supervisor(), ask::correct(alert, arrival, Some(second(68))));
    centre.does(&supervisor(), ask::excuse(alert, "l1-a", "示例"));
    let lot = ask::lot(7, second(-60), second(90), 5);
    centre.does(&one(Role::Manager), ask::draw_sample(lot, &[alert]));
    let failed = [CheckItem::ResultClear];
    centre.does(&one(Role::Auditor), ask::score_sample(SampleId(1), alert, &failed, "示例"));
    centre.does(&supervisor(), ask::reopen(alert, "示例"));
    centre.does(&operator(), ask::fix_hazard(alert));

    // A machine's alarm with another merged in and out, and an exercise turned actual.
    centre.does(&gateway(), ask::raised(ask::alarm("alarm-1", "S-C")));
    let root = centre.last_alert();
    let child = centre.raise(Category::Other, "S-C");
    centre.does(&operator(), ask::merge(child, root));
    centre.does(&operator(), ask::unmerge(child));
    centre.does(&operator(), ask::cancel(child, "示例"));
    let exercise = RaiseAlert { mode: Mode::Exercise, ..ask::report(Category::Fight, "S-C") };
    centre.does(&operator(), ask::raised(exercise));
    let exercise = centre.last_alert();
    centre.does(&operator(), ask::turn_actual(exercise, "示例"));

    // Another system's call, and what is taken away.
    let mut historic = ask::history("call-1", second(-600), second(-10));
    historic.assignments = vec![Assignment {
        arrived_at: Some(second(-300)),
        withdrawal: Some(Withdrawal::Cancelled { at: second(-20), reason: "示例".to_owned() }),
        ..ask::historic_assignment("E01", second(-570))
    }];
    centre.does(&console, ask::import(historic));
    centre.does(&admin(), ask::disable_account("phone-W-01"));
    centre.does(&admin(), ask::remove_unit("W-01"));
    let spare = School { id: "S-X".into(), ..school(2) };
    centre.does(&admin(), ask::define_school(spare));
    centre.does(&admin(), ask::remove_school("S-X"));
    let breach = Notice::ClockBreached { rule: "l1-a".into() };
    centre.does(&operator(), ask::see(alert, vec![breach]));
    centre.does(&Actor::system(), ask::note_refusals(Some("operator-1"), 3, second(0)));
    centre.does(&admin(), ask::enable_account("phone-W-01"));
    centre.does(&admin(), ask::change_account("screen-1", Role::Screen, Some("ST-1")));
    centre.does(&admin(), ask::change_token("screen-1", "示例-另一个", None));
    centre.does(&one(Role::Auditor), ask::enrol_factor(1));
    centre.does(&admin(), ask::reset_factor("auditor-1"));
    centre.does(&operator(), ask::note_view(Personal::Alert(alert)));
    centre.does(&one(Role::Manager), ask::note_export("alerts"));
    let mut records = centre.records;
    // Nobody's command: a repair of the journal leaves it.
    let last = records.last().expect("a day").clone();
    let repaired = JournalRepaired {
        kept_to: last.seq,
        known_to: Some(last.seq + 8),
        damage: "示例".to_owned(),
    };
    let event = Event::JournalRepaired(Box::new(repaired));
    records.push(Record { seq: last.seq + 1, actor: console.clone(), event, ..last.clone() });
    let configuration = Box::new(ask::configuration("0123456789abcdef"));
    let event = Event::ServerConfigured { configuration };
    records.push(Record { seq: last.seq + 2, actor: console, event, ..last });
    records
}

/// The last record of each kind, with its circumstances as the journal would have them.
fn one_of_each_kind() -> Vec<Record> {
    let mut records = everything();
    let mut seen = BTreeSet::new();
    records.reverse();
    records.retain(|record| seen.insert(record.event.kind()));
    records.reverse();
    for (index, record) in records.iter_mut().enumerate() {
        record.seq = index as u64 + 1;
        let digest = "0123456789abcdef".to_owned();
        let id = format!("示例-{index}").into();
        record.command = (record.actor.role != Role::System).then_some(CommandKey { id, digest });
    }
    records
}

/// How many kinds of event there are: the match does not compile without the newest.
fn kinds() -> usize {
    use Event::*;
    let count = |event: &Event| match event {
        AlertRaised(_)
        | AlertImported(_)
        | AlertReclassified(_)
        | AlertNoted { .. }
        | FeedbackFiled(_)
        | AlertResolved { .. }
        | AlertClosed { .. }
        | AlertReopened { .. }
        | AlertCancelled { .. }
        | AlertMerged { .. }
        | AlertJoined { .. }
        | AlertUnmerged { .. }
        | AlertSeparated { .. }
        | ExerciseTurnedActual { .. }
        | TimePointCorrected { .. }
        | VerdictExcused { .. }
        | HazardDeferred { .. }
        | HazardFixed { .. }
        | UnitDispatched(_)
        | AssignmentDelivered(_)
        | AssignmentAcknowledged(_)
        | AssignmentWentEnRoute(_)
        | AssignmentArrived(_)
        | AssignmentCleared(_)
        | AssignmentDeclined { .. }
        | AssignmentCancelled { .. }
        | ReinforcementRequested { .. }
        | DeadlinePassed { .. }
        | AlarmSeen { .. }
        | SchoolDefined { .. }
        | SchoolRemoved { .. }
        | StationDefined { .. }
        | StationRemoved { .. }
        | UnitDefined { .. }
        | UnitRemoved { .. }
        | DutyChanged { .. }
        | PositionReported { .. }
        | SchoolVisited { .. }
        | PolicyAdopted { .. }
        | PolicyFiled { .. }
        | AccountAdded { .. }
        | AccountDisabled { .. }
        | AccountEnabled { .. }
        | AccountChanged { .. }
        | CredentialChanged { .. }
        | SecondFactorEnrolled { .. }
        | SecondFactorReset { .. }
        | SessionOpened { .. }
        | SessionClosed { .. }
        | AccessRefused { .. }
        | PersonalDataViewed { .. }
        | DataExported { .. }
        | ServerConfigured { .. }
        | WallClockJumped { .. }
        | SampleDrawn(_)
        | SampleScored(_)
        | JournalRepaired(_) => 57,
    };
    count(&Event::AlertNoted { alert: AlertId(1), text: String::new() })
}

#[test]
fn every_kind_of_event_is_written_as_it_always_was() {
    let records = one_of_each_kind();
    assert_eq!(records.len(), kinds(), "a day on which everything happens");
    let written: String = records
        .iter()
        .map(|record| serde_json::to_string(record).expect("written") + "\n")
        .collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLDEN);
    if std::env::var_os("WRITE_GOLDEN").is_some() {
        fs::write(&path, &written).expect("the golden file");
    }
    let golden = fs::read_to_string(&path).expect("the golden file");
    for (now, then) in written.lines().zip(golden.lines()) {
        assert_eq!(now, then);
    }
    assert_eq!(written.lines().count(), golden.lines().count());
}

#[test]
fn every_record_ever_written_is_read_as_what_it_was() {
    let golden = include_str!("../../data/records-v1.jsonl");
    let read: Vec<Record> =
        golden.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    assert_eq!(read, one_of_each_kind());
}

#[test]
fn a_whole_day_survives_being_written() {
    for record in everything() {
        let written = serde_json::to_string(&record).expect("written");
        assert_eq!(serde_json::from_str::<Record>(&written).expect("read"), record);
    }
}

#[test]
fn every_record_says_who_did_it_and_how_it_came_in() {
    let line = serde_json::to_value(&one_of_each_kind()[0]).expect("written");
    let fields: Vec<&String> = line.as_object().expect("an object").keys().collect();
    assert_eq!(fields, ["actor", "at", "command", "event", "seq"]);
    let who: Vec<&String> = line["actor"].as_object().expect("an object").keys().collect();
    assert_eq!(who, ["account", "channel", "role"]);
}

#[test]
fn an_unknown_kind_is_no_record() {
    let line = include_str!("../../data/records-v1.jsonl").lines().next().expect("a line");
    let strange = line.replacen("\"kind\":\"", "\"kind\":\"strange_", 1);
    assert!(serde_json::from_str::<Record>(&strange).is_err());
}

#[test]
fn notices_and_closings_are_told_apart_by_their_fields() {
    let closing = ClosingRecord {
        disposition: Disposition::FalseAlarm,
        result: "示例".to_owned(),
        no_arrival_reason: None,
        police_count: 0,
        injured_count: 0,
        validity: Validity::FalseAlarm,
    };
    let written = serde_json::to_value(&closing).expect("written");
    assert!(written.get("no_arrival_reason").is_none(), "absent, not null");
    let notice = serde_json::to_value(Notice::DispatchMissed).expect("written");
    assert_eq!(notice, serde_json::json!({ "notice": "dispatch_missed" }));
    let at = serde_json::to_value(Timestamp::from_millis(0)).expect("written");
    assert_eq!(at, "1970-01-01T00:00:00.000Z");
}
