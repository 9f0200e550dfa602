//! Merge: two alerts are one happening.

use campus_dispatch::domain::{
    Stage, Verdict,
    assignment::Step,
    classification::{Category, Mode},
    decide::raise::RaiseAlert,
};

use crate::domain::{
    ask,
    centre::{Centre, one, operator, second},
};

#[test]
fn the_child_points_at_the_root_and_has_no_verdict_of_its_own() {
    let mut centre = Centre::new();
    let root = centre.raise(Category::Fight, "S-A");
    let child = centre.at(20).raise(Category::Fight, "S-A");
    centre.does(&operator(), ask::merge(child, root));
    assert_eq!(centre.stage(child), Stage::Merged);
    assert_eq!(centre.alert(child).merged_into, Some(root));
    assert_eq!(centre.at(900).verdict(child), Verdict::NotApplicable);
    assert!(!centre.state.open.contains(&child));
}

#[test]
fn a_younger_child_leaves_the_roots_start_where_it_is() {
    let mut centre = Centre::new();
    let root = centre.raise(Category::Fight, "S-A");
    let child = centre.at(20).raise(Category::Fight, "S-A");
    centre.does(&operator(), ask::merge(child, root));
    assert_eq!(centre.alert(root).started_at(), second(0));
}

#[test]
fn an_older_child_moves_the_roots_start_back_and_with_it_the_verdict() {
    let mut centre = Centre::new();
    let child = centre.raise(Category::Fight, "S-A");
    let root = centre.at(100).raise(Category::Fight, "S-A");
    let assignment = centre.send(root, "P-02");
    centre.at(200).step(assignment, Step::Arrive);
    assert_eq!(centre.verdict(root), Verdict::Met);
    centre.does(&operator(), ask::merge(child, root));
    assert_eq!(centre.alert(root).started_at(), second(0));
    assert_eq!(centre.verdict(root), Verdict::Late);
}

refusals! {
    into_itself is MergeWithItself: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        (operator(), ask::merge(alert, alert))
    }
    into_a_child is MergeIntoChild: |centre| {
        let root = centre.raise(Category::Fight, "S-A");
        let child = centre.raise(Category::Fight, "S-A");
        let third = centre.raise(Category::Fight, "S-A");
        centre.does(&operator(), ask::merge(child, root));
        (operator(), ask::merge(third, child))
    }
    a_root_of_others is MergeOfRoot: |centre| {
        let root = centre.raise(Category::Fight, "S-A");
        let child = centre.raise(Category::Fight, "S-A");
        let third = centre.raise(Category::Fight, "S-A");
        centre.does(&operator(), ask::merge(child, root));
        (operator(), ask::merge(root, third))
    }
    a_child_again is AlertMerged: |centre| {
        let root = centre.raise(Category::Fight, "S-A");
        let child = centre.raise(Category::Fight, "S-A");
        centre.does(&operator(), ask::merge(child, root));
        (operator(), ask::merge(child, root))
    }
    an_exercise_into_an_actual_alert is MergeAcrossModes: |centre| {
        let actual = centre.raise(Category::Fight, "S-A");
        let exercise = RaiseAlert { mode: Mode::Exercise, ..ask::report(Category::Fight, "S-A") };
        centre.does(&operator(), ask::raised(exercise));
        (operator(), ask::merge(centre.last_alert(), actual))
    }
    a_child_with_a_unit_under_way is UnitsStillAssigned: |centre| {
        let root = centre.raise(Category::Fight, "S-A");
        let child = centre.raise(Category::Fight, "S-A");
        centre.send(child, "P-02");
        (operator(), ask::merge(child, root))
    }
    a_child_somebody_arrived_at is AlertHasArrival: |centre| {
        let root = centre.raise(Category::Fight, "S-A");
        let child = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(child, "P-02");
        centre.step(assignment, Step::Arrive);
        centre.step(assignment, Step::Clear);
        (operator(), ask::merge(child, root))
    }
    a_child_the_schools_guard_arrived_at is AlertHasArrival: |centre| {
        let root = centre.raise(Category::Fight, "S-A");
        let child = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(child, "G-01");
        centre.step(assignment, Step::Arrive);
        centre.step(assignment, Step::Clear);
        (operator(), ask::merge(child, root))
    }
    into_a_closed_alert is AlertClosed: |centre| {
        let root = centre.raise(Category::Fight, "S-A");
        centre.end_without_arrival(root);
        (operator(), ask::merge(centre.raise(Category::Fight, "S-A"), root))
    }
    into_another_systems_alert is AlertImported: |centre| {
        let console = one(campus_dispatch::domain::Role::Console);
        centre.does(&console, ask::import(ask::history("call-1", second(-60), second(-10))));
        let imported = centre.last_alert();
        (operator(), ask::merge(centre.raise(Category::Fight, "S-B"), imported))
    }
}
