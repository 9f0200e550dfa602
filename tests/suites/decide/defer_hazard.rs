//! Defer a hazard: it cannot be fixed on the spot.

use campus_dispatch::domain::{
    Command, classification::Category, decide::defer_hazard::DeferHazard,
};

use crate::domain::{
    ask,
    centre::{Centre, operator, second},
};

#[test]
fn it_stays_visible_after_the_alert_is_closed() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Hazard, "S-A");
    centre.does(&operator(), ask::defer_hazard(alert, second(86_400)));
    centre.end_without_arrival(alert);
    assert!(centre.state.open.contains(&alert));
}

#[test]
fn a_later_due_date_replaces_the_earlier_one() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Hazard, "S-A");
    centre.does(&operator(), ask::defer_hazard(alert, second(100)));
    centre.does(&operator(), ask::defer_hazard(alert, second(200)));
    assert_eq!(centre.alert(alert).hazard.as_ref().map(|hazard| hazard.due_at), Some(second(200)));
}

refusals! {
    an_alert_of_another_category is NotAHazard: |centre| {
        (operator(), ask::defer_hazard(centre.raise(Category::Fight, "S-A"), second(60)))
    }
    a_due_date_that_is_not_ahead is InstantOutOfOrder: |centre| {
        (operator(), ask::defer_hazard(centre.raise(Category::Hazard, "S-A"), second(0)))
    }
    one_that_is_fixed is HazardAlreadyFixed: |centre| {
        let alert = centre.raise(Category::Hazard, "S-A");
        centre.does(&operator(), ask::defer_hazard(alert, second(60)));
        centre.does(&operator(), ask::fix_hazard(alert));
        (operator(), ask::defer_hazard(alert, second(90)))
    }
    without_saying_who_was_told is TextMissing: |centre| {
        let alert = centre.raise(Category::Hazard, "S-A");
        let (measure, informed) = ("示例".to_owned(), String::new());
        let command = DeferHazard { alert, measure, informed, due_at: second(60) };
        (operator(), Command::DeferHazard(command))
    }
    a_closed_alert is AlertClosed: |centre| {
        let alert = centre.raise(Category::Hazard, "S-A");
        centre.end_without_arrival(alert);
        (operator(), ask::defer_hazard(alert, second(60)))
    }
}
