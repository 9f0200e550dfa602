//! The core's own verbs. What becomes due and when is told in `domain::deadline`.

use campus_dispatch::domain::{
    Actor, Event, Within, classification::Category, event::Notice, id::AlertId,
};

use crate::domain::{
    ask,
    centre::{Centre, operator},
};

#[test]
fn what_is_due_is_told_once_in_the_order_in_which_it_became_due() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.at(181);
    let clock = || "l2-ab".into();
    let told = [
        Notice::DispatchMissed,
        Notice::ClockWarned { rule: clock() },
        Notice::ClockBreached { rule: clock() },
    ];
    assert_eq!(centre.told(alert), told);
    assert_eq!(centre.told(alert), []);
}

#[test]
fn nothing_due_is_nothing_to_tell() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    assert_eq!(centre.at(30).told(alert), []);
}

#[test]
fn a_jump_of_the_wall_clock_is_recorded_and_changes_nothing_else() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let before = centre.alert(alert).clone();
    let by = Within::from_seconds(-7200);
    let events = centre.does(&Actor::system(), ask::note_clock_jump(by));
    assert_eq!(events, [Event::WallClockJumped { by_ms: by }]);
    assert_eq!(*centre.alert(alert), before);
}

refusals! {
    of_an_unknown_alert is AlertUnknown: |_centre| {
        (Actor::system(), ask::tell(AlertId(9)))
    }
    by_an_operator is RoleNotPermitted: |centre| {
        (operator(), ask::tell(centre.raise(Category::Fight, "S-A")))
    }
}
