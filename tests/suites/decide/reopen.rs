//! Reopen: a closed alert was not over.

use campus_dispatch::domain::{Stage, Verdict, classification::Category, id::AlertId};

use crate::domain::{
    ask,
    centre::{Centre, operator, supervisor},
};

#[test]
fn it_stands_where_its_assignments_left_it() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.handle(alert, "P-02");
    centre.does(&supervisor(), ask::reopen(alert, "示例"));
    assert_eq!(centre.stage(alert), Stage::OnScene);
    assert_eq!(centre.alert(alert).reopened, 1);
    assert!(centre.state.open.contains(&alert) && centre.state.ended.is_empty());
}

#[test]
fn the_first_verdict_is_kept_over_any_number_of_closings() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.at(60).end_without_arrival(alert);
    assert_eq!(centre.alert(alert).first_verdict, Some(Verdict::NotApplicable));
    centre.at(500).does(&supervisor(), ask::reopen(alert, "示例"));
    assert_eq!(centre.verdict(alert), Verdict::Breaching, "open and past its limit again");
    centre.at(600).handle(alert, "P-02");
    assert_eq!(centre.verdict(alert), Verdict::Late);
    assert_eq!(centre.alert(alert).first_verdict, Some(Verdict::NotApplicable));
}

refusals! {
    an_open_one is AlertNotClosed: |centre| {
        (supervisor(), ask::reopen(centre.raise(Category::Fight, "S-A"), "示例"))
    }
    a_cancelled_one is AlertNotClosed: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.does(&operator(), ask::cancel(alert, "示例"));
        (supervisor(), ask::reopen(alert, "示例"))
    }
    without_a_reason is ReasonMissing: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.handle(alert, "P-02");
        (supervisor(), ask::reopen(alert, ""))
    }
    by_an_operator is RoleNotPermitted: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.handle(alert, "P-02");
        (operator(), ask::reopen(alert, "示例"))
    }
    an_unknown_one is AlertUnknown: |_centre| {
        (supervisor(), ask::reopen(AlertId(3), "示例"))
    }
}
