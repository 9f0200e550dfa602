//! The core alone: no thread, no clock, no disk.

use campus_dispatch::{
    domain::{Actor, Command, Event, Rejection, State, Timestamp, Within, decide},
    engine::{SubmitError, core::Core, past::Past},
};

use super::{
    ask,
    centre::{START, named, setting_up, submission},
};

fn core() -> Core {
    let mut core = Core::with_rules(Past::default(), careless);
    for submission in setting_up() {
        core.step(&submission, START).expect("set up");
    }
    core
}

/// The rules with a fault in one place.
fn careless(
    state: &State,
    actor: &Actor,
    command: &Command,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::NoteAlert(note) if note.text == "fault" => panic!("as ordered by the test"),
        _ => decide(state, actor, command, now),
    }
}

#[test]
fn a_panic_in_the_rules_costs_one_command_and_changes_nothing() {
    let mut core = core();
    let alert = core.step(&submission(ask::raise()), START).unwrap().outcome.alert.unwrap();
    let before = core.past().clone();
    let failed = core.step(&submission(ask::note(alert, "fault")), START);
    assert!(matches!(failed, Err(SubmitError::Failed)), "{failed:?}");
    assert_eq!(*core.past(), before);
    core.step(&submission(ask::note(alert, "示例")), START).expect("the next command is decided");
}

#[test]
fn a_command_that_failed_may_be_retried_with_its_id() {
    let mut core = core();
    let alert = core.step(&submission(ask::raise()), START).unwrap().outcome.alert.unwrap();
    core.step(&named("id-1", ask::note(alert, "fault")), START).unwrap_err();
    core.step(&named("id-1", ask::note(alert, "示例")), START).expect("the id was not used up");
}

#[test]
fn time_never_runs_behind_the_last_record() {
    let mut core = core();
    let later = START + Within::from_seconds(5);
    core.step(&submission(ask::raise()), later).unwrap();
    let decided = core.step(&submission(ask::raise()), START).unwrap();
    assert_eq!(decided.records[0].at, later);
}

#[test]
fn all_records_of_one_command_bear_its_id() {
    let mut core = core();
    let alert = core.step(&submission(ask::raise()), START).unwrap().outcome.alert.unwrap();
    let sent = core.step(&named("id-1", ask::dispatch(alert, &["U-1", "U-2"])), START).unwrap();
    assert_eq!(sent.records.len(), 2);
    assert_eq!(sent.changes.len(), 2);
    for record in &sent.records {
        let key = record.command.as_ref().unwrap();
        assert_eq!(key.id.as_str(), "id-1");
        assert_eq!(key.digest.len(), 16);
    }
}

#[test]
fn the_next_deadline_follows_what_happens() {
    let mut core = core();
    assert_eq!(core.next_deadline(), None);
    let alert = core.step(&submission(ask::raise()), START).unwrap().outcome.alert.unwrap();
    let after = |milliseconds| Some(START + Within::from_millis(milliseconds));
    assert_eq!(core.next_deadline(), after(10_001), "not dispatched within 10 s");
    core.step(&submission(ask::dispatch(alert, &["U-1"])), START).unwrap();
    assert_eq!(core.next_deadline(), after(15_001), "not acknowledged within 15 s");
    assert_eq!(core.due(START + Within::from_millis(15_000), 10), []);
    assert_eq!(core.due(START + Within::from_millis(15_001), 10), [alert]);
    core.tell_deadlines(alert, START + Within::from_millis(15_001)).unwrap();
    assert_eq!(core.next_deadline(), after(20_001), "not en route within 20 s");
}

#[test]
fn nothing_to_tell_is_told_once() {
    let mut core = core();
    let alert = core.step(&submission(ask::raise()), START).unwrap().outcome.alert.unwrap();
    assert!(core.tell_deadlines(alert, START).is_none());
    assert_eq!(core.next_deadline(), None, "an alert with nothing to tell is not asked again");
}
