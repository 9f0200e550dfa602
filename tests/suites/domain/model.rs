//! Any sequence of commands, legal or not, keeps the invariants (faults.md I2, I4, I6, row 9).
//! `PROPTEST_CASES` says how many sequences; 256 where it is not set.

use std::collections::{BTreeMap, BTreeSet};

use campus_dispatch::domain::{
    Alert, Event, Record, Stage, State, Timestamp, Verdict, Within,
    alert::Noticed,
    assignment::{Assignment, AssignmentState, Step},
    classification::Mode,
    event::Notice,
    id::{AlertId, AssignmentId, RuleId, UnitId},
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use strum::IntoEnumIterator;

use super::{
    centre::Centre,
    naive,
    play::{Play, plays},
    turn::district,
};

proptest! {
    #[test]
    fn every_play_keeps_the_invariants(play in plays()) {
        let mut centre = district(&play);
        for turn in &play.turns {
            let before = centre.clone();
            let taken = turn.take(&mut centre);
            let context = format!("{} {:?}", taken.command.verb(), taken.outcome);
            match &taken.outcome {
                Err(_) => prop_assert!(centre.state == before.state, "{context}: changed"),
                Ok(events) => {
                    for event in events {
                        moves_legally(&before.state, &centre.state, event)
                            .map_err(|fault| TestCaseError::fail(format!("{context}: {fault}")))?;
                    }
                }
            }
            holds(&centre.state)
                .map_err(|fault| TestCaseError::fail(format!("{context}: {fault}")))?;
        }
        verdicts_are_the_naive_ones(&centre)?;
        told_deadlines_are_over(&mut centre)?;
        the_records_tell_everything(&centre)?;
        a_snapshot_is_the_state(&centre.state)?;
    }
}

/// What one event of a command may do to the alert and the assignment it names.
pub fn moves_legally(before: &State, after: &State, event: &Event) -> Result<(), String> {
    let Some(id) = event.alert() else { return Ok(()) };
    let was = before.alert(id).map(|alert| alert.stage());
    let is = after.alert(id).ok_or("the alert is gone")?.stage();
    let open = |stage: Stage| stage < Stage::Closed;
    use Stage::*;
    let legal = match (event, was) {
        (Event::AlertRaised(_), None) => is == Received,
        (Event::AlertImported(_), None) => is == Closed,
        (_, None) => false,
        (Event::AlertResolved { .. }, Some(was)) => was < Resolved && is == Resolved,
        (Event::AlertClosed { .. }, Some(was)) => was == Resolved && is == Closed,
        (Event::AlertReopened { .. }, Some(was)) => was == Closed && is < Resolved,
        (Event::AlertCancelled { .. }, Some(was)) => was < OnScene && is == Cancelled,
        (Event::AlertMerged { .. }, Some(was)) => open(was) && is == Merged,
        (Event::AlertUnmerged { .. }, Some(was)) => was == Merged && open(is),
        // Released together with the alert's own end; or after it, when the arrival that had kept
        // the unit bound was corrected away.
        (Event::AssignmentCancelled { .. }, Some(was)) => {
            (was < Resolved && (is <= Resolved || is == Cancelled))
                || (was == Resolved && is == Resolved)
        }
        (_, Some(was)) if was >= Resolved => is == was,
        (_, Some(_)) => is < Resolved,
    };
    if !legal {
        return Err(format!("{} took alert {id} from {was:?} to {is:?}", event.kind()));
    }
    match event.assignment() {
        Some(assignment) => assignment_moves_legally(before, after, event, assignment),
        None => Ok(()),
    }
}

fn assignment_moves_legally(
    before: &State,
    after: &State,
    event: &Event,
    id: AssignmentId,
) -> Result<(), String> {
    let was = before.assignment(id).map(|(_, assignment)| assignment.state());
    let (_, assignment) = after.assignment(id).ok_or("the assignment is gone")?;
    let is = assignment.state();
    use AssignmentState::*;
    let legal = match (event, was) {
        (Event::UnitDispatched(_), None) => is == Assigned,
        (_, None) => false,
        (Event::AssignmentDelivered(_), Some(was)) => was < Delivered && is == Delivered,
        (Event::AssignmentAcknowledged(_), Some(was)) => was < Acknowledged && is == Acknowledged,
        (Event::AssignmentWentEnRoute(_), Some(was)) => was < EnRoute && is == EnRoute,
        (Event::AssignmentArrived(_), Some(was)) => was < OnScene && is == OnScene,
        (Event::AssignmentCleared(_), Some(was)) => was < Cleared && is == Cleared,
        (Event::AssignmentDeclined { .. }, Some(was)) => was < EnRoute && is == Declined,
        (Event::AssignmentCancelled { .. }, Some(was)) => was < OnScene && is == Cancelled,
        (_, Some(was)) => is == was,
    };
    if legal {
        Ok(())
    } else {
        Err(format!("{} took assignment {id} from {was:?} to {is:?}", event.kind()))
    }
}

/// What is true of every state.
pub fn holds(state: &State) -> Result<(), String> {
    let ensure = |holds: bool, fault: &str| if holds { Ok(()) } else { Err(fault.to_owned()) };
    let alerts: Vec<&Alert> = state.alerts.values().map(|alert| &**alert).collect();

    let mut live: BTreeMap<UnitId, Vec<&Assignment>> = BTreeMap::new();
    let all = alerts.iter().filter(|alert| !alert.is_imported()).flat_map(|a| &a.assignments);
    for assignment in all.filter(|one| one.withdrawal.is_none() && one.cleared_at.is_none()) {
        live.entry(assignment.unit.clone()).or_default().push(assignment);
    }
    for assignments in live.values_mut() {
        assignments.sort_by_key(|assignment| assignment.id);
        let unconfirmed = assignments[1..].iter().any(|assignment| !assignment.stacked);
        ensure(!unconfirmed, "a unit is on two live assignments without confirmation")?;
    }
    for (id, unit) in &state.units {
        let listed: Vec<AssignmentId> = unit.assignments.clone();
        let bound = live.get(id).map_or(Vec::new(), |list| list.iter().map(|a| a.id).collect());
        ensure(listed == bound, "a unit's list is not its live assignments")?;
    }
    ensure(live.keys().all(|id| state.units.contains_key(id)), "an assignment binds nobody")?;

    let mut open = BTreeSet::new();
    let mut ended = BTreeSet::new();
    for alert in alerts.iter().filter(|alert| !alert.is_imported()) {
        let is_over = alert.merged_into.is_some()
            || alert.cancelled_at.is_some()
            || alert.closed_at.is_some();
        if !is_over || alert.hazard.as_ref().is_some_and(|hazard| hazard.fixed_at.is_none()) {
            open.insert(alert.id);
        }
        if let Some(at) = alert.closed_at.or(alert.cancelled_at) {
            ended.insert((at, alert.id));
        }
    }
    ensure(state.open == open, "the list of open alerts is not the open alerts")?;
    ensure(state.ended == ended, "the list of ended alerts is not the ended alerts")?;

    for (index, (id, alert)) in state.alerts.iter().enumerate() {
        ensure(id.0 as usize == index + 1 && alert.id == *id, "alerts are numbered from 1")?;
        if !alert.is_imported() {
            ensure(is_in_order(alert), "time points run backwards")?;
        }
        if let Some(root) = alert.merged_into {
            let root = state.alert(root).ok_or("a child points at nothing")?;
            ensure(root.merged_into.is_none(), "a chain of merges")?;
            ensure(root.merged.iter().any(|(child, _)| child == id), "a root knows its child")?;
            ensure(root.mode == alert.mode, "a merge across modes")?;
        }
        for (child, received_at) in &alert.merged {
            let child = state.alert(*child).ok_or("a root points at nothing")?;
            ensure(child.merged_into == Some(*id), "a child knows its root")?;
            ensure(child.received_at == *received_at, "a root knows its child's receipt")?;
        }
        if alert.stage() == Stage::Closed && !alert.is_imported() {
            ensure(alert.closing.is_some(), "closed without a record")?;
            ensure(alert.live_assignments().next().is_none(), "closed with a unit bound")?;
            ensure(alert.first_verdict.is_some(), "closed without a first verdict")?;
        }
    }
    let numbered = state.assignment_alerts.iter().enumerate().all(|(index, alert)| {
        let id = AssignmentId(index as u32 + 1);
        state.alert(*alert).is_some_and(|alert| alert.assignment(id).is_some())
    });
    ensure(numbered, "assignments are numbered from 1, each with its alert")
}

fn is_in_order(alert: &Alert) -> bool {
    let reported = [alert.occurred_at, alert.reported_at, Some(alert.received_at)];
    let ends = [Some(alert.received_at), alert.resolved_at, alert.closed_at];
    let of = |assignment: &Assignment| {
        let steps = [Step::Deliver, Step::Acknowledge, Step::EnRoute, Step::Arrive, Step::Clear];
        let points = steps.map(|step| assignment.point(step));
        let start = [Some(alert.received_at), assignment.dispatched_at];
        let way = start.into_iter().chain(points).chain([assignment.withdrawn_at()]);
        way.flatten().is_sorted()
    };
    reported.into_iter().flatten().is_sorted()
        && ends.into_iter().flatten().is_sorted()
        && alert.assignments.iter().all(of)
}

/// The clocks say what the standard says, now and around every limit.
fn verdicts_are_the_naive_ones(centre: &Centre) -> Result<(), TestCaseError> {
    let now = centre.now();
    let limits = centre.state.alerts.values().flat_map(|alert| alert.clocks(now));
    let around = limits
        .filter_map(|clock| clock.due_at)
        .flat_map(|at| [-1, 0, 1].map(|ms| at + Within::from_millis(ms)));
    let instants: BTreeSet<Timestamp> =
        around.chain([now, now + Within::from_seconds(3600)]).collect();
    for at in instants {
        let mut told: BTreeMap<(AlertId, RuleId), Verdict> = BTreeMap::new();
        for alert in centre.state.alerts.values() {
            told.extend(alert.clocks(at).into_iter().map(|c| ((alert.id, c.rule), c.verdict)));
        }
        prop_assert_eq!(told, naive::verdicts(&centre.records, at), "as of {}", at);
    }
    Ok(())
}

/// After what is due was told nothing due is left, and every open breach has been told.
fn told_deadlines_are_over(centre: &mut Centre) -> Result<(), TestCaseError> {
    let alerts: Vec<AlertId> = centre.state.alerts.keys().copied().collect();
    for id in alerts {
        centre.told(id);
        let (now, alert) = (centre.now(), centre.alert(id));
        prop_assert!(alert.next_deadline().is_none_or(|at| at > now), "alert {} has more", id);
        for clock in alert.clocks(now) {
            let breach = Notice::ClockBreached { rule: clock.rule };
            let is_told = |told: &Noticed| told.notice == breach;
            let due = clock.verdict == Verdict::Breaching && !alert.is_imported();
            prop_assert!(!due || alert.noticed.iter().any(is_told), "{:?} was not told", breach);
        }
    }
    Ok(())
}

/// Folding the records again, through their written form, gives the same state.
fn the_records_tell_everything(centre: &Centre) -> Result<(), TestCaseError> {
    let mut again = State::default();
    for record in &centre.records {
        let written = serde_json::to_string(record).expect("a record can be written");
        let read: Record = serde_json::from_str(&written).expect("a record can be read");
        prop_assert_eq!(&read, record);
        again.apply(&read);
    }
    prop_assert!(again == centre.state, "replay differs");
    Ok(())
}

/// A snapshot, written and read and linked to its policies, is the state.
fn a_snapshot_is_the_state(state: &State) -> Result<(), TestCaseError> {
    let written = serde_json::to_string(state).expect("a state can be written");
    let mut read: State = serde_json::from_str(&written).expect("a state can be read");
    read.link_policies();
    prop_assert!(read == *state, "a JSON snapshot differs");
    let written = rmp_serde::to_vec_named(state).expect("a state can be written");
    let mut read: State = rmp_serde::from_slice(&written).expect("a state can be read");
    read.link_policies();
    prop_assert!(read == *state, "a MessagePack snapshot differs");
    Ok(())
}

/// The proof that the plays above exercise what they check: on a fixed seed every kind of event
/// that touches an alert occurs, every verdict, and three rejections in five (the others need a slip of the pen, not a turn of events).
#[test]
fn the_plays_reach_what_they_check() {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let mut kinds = BTreeSet::new();
    let mut rejections = BTreeSet::new();
    let mut verdicts = BTreeSet::new();
    for _ in 0..200 {
        let play: Play = plays().new_tree(&mut runner).expect("a play").current();
        let mut centre = district(&play);
        for turn in &play.turns {
            if let Err(rejection) = turn.take(&mut centre).outcome {
                rejections.insert(rejection.code());
            }
        }
        kinds.extend(centre.records.iter().map(|record| record.event.kind()));
        verdicts.extend(naive::verdicts(&centre.records, centre.now()).into_values());
    }
    let touching = [
        "alert_raised",
        "alert_imported",
        "alert_reclassified",
        "feedback_filed",
        "alert_resolved",
        "alert_closed",
        "alert_reopened",
        "alert_cancelled",
        "alert_merged",
        "alert_joined",
        "alert_unmerged",
        "alert_separated",
        "exercise_turned_actual",
        "time_point_corrected",
        "verdict_excused",
        "hazard_deferred",
        "hazard_fixed",
        "unit_dispatched",
        "assignment_delivered",
        "assignment_acknowledged",
        "assignment_went_en_route",
        "assignment_arrived",
        "assignment_cleared",
        "assignment_declined",
        "assignment_cancelled",
        "reinforcement_requested",
        "deadline_passed",
        "alarm_seen",
    ];
    let missing: Vec<_> = touching.iter().filter(|kind| !kinds.contains(*kind)).collect();
    assert!(missing.is_empty(), "no play has {missing:?}");
    assert_eq!(verdicts.len(), 7, "{verdicts:?}");
    let all = campus_dispatch::domain::Rejection::iter().count();
    assert!(rejections.len() * 5 > all * 3, "{} of {all} rejections", rejections.len());
}

#[test]
fn an_exercise_may_turn_actual_and_an_actual_alert_never_an_exercise() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..100 {
        let play = plays().new_tree(&mut runner).expect("a play").current();
        let mut centre = district(&play);
        let mut modes: BTreeMap<AlertId, Mode> = BTreeMap::new();
        for turn in &play.turns {
            turn.take(&mut centre);
            for (id, alert) in &centre.state.alerts {
                let before = modes.insert(*id, alert.mode).unwrap_or(alert.mode);
                let turned = (before, alert.mode) == (Mode::Exercise, Mode::Actual);
                assert!(before == alert.mode || turned, "{before:?} became {:?}", alert.mode);
            }
        }
    }
}
