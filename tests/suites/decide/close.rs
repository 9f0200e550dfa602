//! Close: the record is complete.

use campus_dispatch::domain::{
    Command, Stage, Verdict,
    assignment::Step,
    classification::{Category, Disposition},
    decide::close::CloseAlert,
};

use crate::domain::{
    ask,
    centre::{Centre, operator, second, unit},
};

#[test]
fn a_complete_record_closes_it() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.at(60).handle(alert, "P-02");
    assert_eq!(centre.stage(alert), Stage::Closed);
    let alert = centre.alert(alert);
    assert_eq!(alert.closed_at, Some(second(60)));
    let closing = alert.closing.as_ref().expect("a closing record");
    assert_eq!(closing.disposition, Disposition::HandledOnScene, "the resolution's");
    assert_eq!(closing.result, "示例：处置完毕", "the resolution's");
}

#[test]
fn its_verdict_at_the_first_closing_is_kept() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.at(181).handle(alert, "P-02");
    assert_eq!(centre.alert(alert).first_verdict, Some(Verdict::Late));
}

#[test]
fn it_leaves_the_open_ones_for_the_ended_ones() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.at(10).resolve(alert);
    centre.at(20).does(&operator(), ask::close_without_arrival(alert, "示例"));
    assert!(centre.state.open.is_empty());
    assert!(centre.state.ended.contains(&(second(20), alert)), "by when it was closed");
}

#[test]
fn nobody_injured_is_an_answer() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.handle(alert, "P-02");
    assert_eq!(centre.alert(alert).closing.as_ref().map(|one| one.injured_count), Some(0));
}

refusals! {
    before_it_is_resolved is AlertNotResolved: |centre| {
        (operator(), ask::close(centre.raise(Category::Fight, "S-A")))
    }
    twice is AlertClosed: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.handle(alert, "P-02");
        (operator(), ask::close(alert))
    }
    while_a_unit_is_on_scene is UnitsStillAssigned: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(alert, "P-02");
        centre.step(assignment, Step::Arrive);
        centre.resolve(alert);
        (operator(), ask::close(alert))
    }
    nobody_arrived_and_no_reason is NoArrivalReasonMissing: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.resolve(alert);
        (operator(), ask::close(alert))
    }
    a_reason_for_no_arrival_although_somebody_arrived is NoArrivalReasonNotApplicable: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(alert, "P-02");
        centre.step(assignment, Step::Arrive);
        centre.step(assignment, Step::Clear);
        centre.resolve(alert);
        (operator(), ask::close_without_arrival(alert, "示例"))
    }
    an_army is NumberOutOfRange: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.resolve(alert);
        let closing = CloseAlert { police_count: 10_001, ..ask::closing(alert) };
        (operator(), Command::CloseAlert(closing))
    }
    a_result_taken_away is TextMissing: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.resolve(alert);
        let no_arrival_reason = Some("示例".to_owned());
        let result = Some(" ".to_owned());
        let closing = CloseAlert { result, no_arrival_reason, ..ask::closing(alert) };
        (operator(), Command::CloseAlert(closing))
    }
    by_the_unit is RoleNotPermitted: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.resolve(alert);
        (unit("P-02"), ask::close(alert))
    }
}
