//! How a verdict came about, and where the time went.

use campus_dispatch::domain::{
    Alert, Record, Role, Verdict, Within,
    assignment::Step,
    classification::Category,
    derivation::{Derivation, Waypoint},
    event::Event,
    id::AlertId,
    policy::{StartPoint, preset::preset},
};

use super::story::{late_and_corrected, told};
use crate::domain::{
    ask,
    centre::{Centre, one, operator, second},
};

fn governing(centre: &Centre, alert: AlertId) -> Derivation {
    let (alert, records, now) = told(centre, alert);
    let derived = alert.derivations(&records, now);
    derived.into_iter().find(|one| one.rule.governing).expect("a governing clock")
}

/// The name of the event in a record.
fn kind(centre: &Centre, seq: u64) -> &'static str {
    centre.records[usize::try_from(seq).expect("small") - 1].event.kind()
}

#[test]
fn each_end_of_a_clock_names_the_record_it_stands_in() {
    let mut centre = Centre::new();
    let alert = centre.at(10).raise(Category::Fight, "S-B");
    let sent = centre.at(20).send(alert, "P-02");
    centre.at(70).step(sent, Step::Arrive);
    let derived = governing(&centre, alert);
    let (start, end) = (derived.start.expect("started"), derived.end.expect("reached"));
    assert_eq!((start.at, kind(&centre, start.seq)), (second(10), "alert_raised"));
    assert_eq!((end.at, kind(&centre, end.seq)), (second(70), "assignment_arrived"));
    assert_eq!((end.assignment, end.original), (Some(sent), None));
    assert_eq!(derived.reading.elapsed, Some(Within::from_seconds(60)));
    assert_eq!(derived.ended, None);
}

#[test]
fn a_corrected_point_names_its_correction_and_keeps_the_original() {
    let mut centre = Centre::new();
    let alert = late_and_corrected(&mut centre);
    let derived = governing(&centre, alert);
    let end = derived.end.expect("reached");
    assert_eq!((end.at, end.original), (second(290), Some(second(300))));
    assert_eq!(kind(&centre, end.seq), "time_point_corrected");
    assert!(derived.reading.corrected);
    assert_eq!(derived.reading.verdict, Verdict::Excused);
    assert_eq!(kind(&centre, derived.excused.expect("excused")), "verdict_excused");
}

#[test]
fn a_clock_that_was_never_reached_names_what_ended_the_alert() {
    let mut centre = Centre::new();
    let alert = centre.at(0).raise(Category::Fight, "S-B");
    centre.at(400).end_without_arrival(alert);
    let derived = governing(&centre, alert);
    assert_eq!(derived.reading.verdict, Verdict::Missed);
    assert_eq!(derived.end, None);
    let ended = derived.ended.expect("ended");
    assert_eq!((ended.at, kind(&centre, ended.seq)), (second(400), "alert_resolved"));
}

#[test]
fn an_older_child_is_named_as_the_start() {
    let mut centre = Centre::new();
    let child = centre.at(5).raise(Category::Fight, "S-B");
    let root = centre.at(30).raise(Category::Fight, "S-B");
    centre.at(40).does(&operator(), ask::merge(child, root));
    let start = governing(&centre, root).start.expect("started");
    assert_eq!((start.at, start.child), (second(5), Some(child)));
    assert_eq!(kind(&centre, start.seq), "alert_joined");
}

#[test]
fn a_clock_from_the_dispatch_names_the_dispatch() {
    let mut centre = Centre::new();
    let mut policy = preset("severity-only").expect("shipped");
    policy.rules.iter_mut().for_each(|rule| rule.start = StartPoint::Dispatched);
    centre.does(&one(Role::Admin), ask::adopt(policy));
    let alert = centre.at(10).raise(Category::Fight, "S-B");
    let sent = centre.at(25).send(alert, "P-02");
    let start = governing(&centre, alert).start.expect("started");
    assert_eq!((start.at, start.assignment), (second(25), Some(sent)));
    assert_eq!(kind(&centre, start.seq), "unit_dispatched");
}

#[test]
fn the_legs_run_from_the_receipt_to_the_end_without_a_gap() {
    let mut centre = Centre::new();
    let alert = late_and_corrected(&mut centre);
    let (alert, _, now) = told(&centre, alert);
    let legs = alert.legs(now);
    let points: Vec<Waypoint> = legs.iter().filter_map(|leg| leg.to).collect();
    use Waypoint::*;
    assert_eq!(points, [Dispatched, Acknowledged, EnRoute, Arrived, Cleared, Resolved, Closed]);
    assert!(legs.windows(2).all(|pair| pair[0].to_at == pair[1].from_at));
    assert_eq!((legs[0].from_at, legs[6].to_at), (second(10), second(700)));
    let travel = legs.iter().find(|leg| leg.to == Some(Arrived)).expect("it arrived");
    assert_eq!(travel.to_at - travel.from_at, Within::from_seconds(200));
}

#[test]
fn the_last_leg_of_an_open_alert_goes_on_until_now() {
    let mut centre = Centre::new();
    let alert = centre.at(0).raise(Category::Fight, "S-B");
    centre.at(9).send(alert, "P-02");
    centre.at(50);
    let (alert, _, now) = told(&centre, alert);
    let last = *alert.legs(now).last().expect("a leg");
    assert_eq!((last.from, last.to, last.to_at), (Waypoint::Dispatched, None, second(50)));
}

#[test]
fn an_alert_is_told_again_from_its_own_records() {
    let mut centre = Centre::new();
    let alert = late_and_corrected(&mut centre);
    let (known, records, _) = told(&centre, alert);
    assert_eq!(Alert::retold(&records, known.policy.clone()), Some(known.clone()));
    assert_eq!(Alert::retold(&records[1..], known.policy.clone()), None);
    let mut mixed = records.clone();
    let foreign = centre.records.iter().find(|one| is_raise_of_another(one, alert));
    mixed.insert(1, foreign.expect("another alert").clone());
    assert_eq!(Alert::retold(&mixed, known.policy.clone()), None);
}

fn is_raise_of_another(record: &Record, alert: AlertId) -> bool {
    matches!(&record.event, Event::AlertRaised(raised) if raised.alert != alert)
}
