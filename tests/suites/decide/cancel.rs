//! Cancel: nobody is needed after all.

use campus_dispatch::domain::{Stage, Verdict, assignment::Step, classification::Category};

use crate::domain::{
    ask,
    centre::{Centre, operator, second},
};

#[test]
fn its_units_are_released_with_it() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let assignment = centre.send(alert, "P-02");
    centre.step(assignment, Step::EnRoute);
    centre.at(30).does(&operator(), ask::cancel(alert, "示例：误按"));
    assert_eq!(centre.stage(alert), Stage::Cancelled);
    assert!(centre.duties("P-02").is_empty());
    assert!(centre.state.ended.contains(&(second(30), alert)));
}

#[test]
fn before_the_limit_no_clock_applies_and_after_it_is_missed() {
    for (cancelled_at, verdict) in
        [(180_000, Verdict::NotApplicable), (180_001, Verdict::Missed)]
    {
        let mut centre = Centre::new();
        let alert = centre.raise(Category::Fight, "S-A");
        centre.at_ms(cancelled_at).does(&operator(), ask::cancel(alert, "示例"));
        assert_eq!(centre.verdict(alert), verdict, "cancelled after {cancelled_at} ms");
    }
}

refusals! {
    once_somebody_arrived is AlertHasArrival: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(alert, "P-02");
        centre.step(assignment, Step::Arrive);
        (operator(), ask::cancel(alert, "示例"))
    }
    without_a_reason is ReasonMissing: |centre| {
        (operator(), ask::cancel(centre.raise(Category::Fight, "S-A"), ""))
    }
    twice is AlertCancelled: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.does(&operator(), ask::cancel(alert, "示例"));
        (operator(), ask::cancel(alert, "示例"))
    }
    a_resolved_one is AlertAlreadyResolved: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.resolve(alert);
        (operator(), ask::cancel(alert, "示例"))
    }
}
