//! See alarms: who has seen them, and when; nothing else changes.

use campus_dispatch::domain::{
    Event, Verdict,
    assignment::Step,
    classification::Category,
    event::Notice,
    id::{AlertId, AssignmentId},
};

use crate::domain::{
    ask,
    centre::{Centre, operator, second, supervisor, unit},
};

/// An alert of the first tier that nobody was sent to within its budget.
fn undispatched(centre: &mut Centre) -> AlertId {
    let alert = centre.raise(Category::Attack, "S-A");
    centre.at(11).told(alert);
    alert
}

/// A unit on its way to the newest alert, last heard at second 30.
fn under_way(centre: &mut Centre) -> (AlertId, AssignmentId) {
    let alert = centre.raise(Category::Fight, "S-A");
    let assignment = centre.send(alert, "P-01");
    centre.at(20).step(assignment, Step::EnRoute);
    centre.at(30).does(&unit("P-01"), ask::position("P-01", ask::wgs84(121.4712, 31.2345)));
    (alert, assignment)
}

#[test]
fn the_alert_knows_who_saw_it_and_when() {
    let mut centre = Centre::new();
    let alert = undispatched(&mut centre);
    centre.at(14).does(&operator(), ask::see(alert, vec![Notice::DispatchMissed]));
    let seen = &centre.alert(alert).seen;
    assert_eq!((seen.len(), &seen[0].alarm), (1, &Notice::DispatchMissed));
    assert_eq!((seen[0].by.as_str(), seen[0].at), ("operator-1", second(14)));
}

#[test]
fn no_clock_changes_by_it() {
    let mut centre = Centre::new();
    let alert = undispatched(&mut centre);
    let due = centre.alert(alert).next_deadline();
    centre.does(&operator(), ask::see(alert, vec![Notice::DispatchMissed]));
    assert_eq!(centre.alert(alert).next_deadline(), due);
    assert_eq!(centre.at(61).verdict(alert), Verdict::Breaching);
}

#[test]
fn whoever_sees_it_second_changes_nothing() {
    let mut centre = Centre::new();
    let alert = undispatched(&mut centre);
    centre.does(&operator(), ask::see(alert, vec![Notice::DispatchMissed]));
    let again = centre.at(15).does(&supervisor(), ask::see(alert, vec![Notice::DispatchMissed]));
    assert_eq!(again, []);
    assert_eq!(centre.alert(alert).seen[0].by.as_str(), "operator-1");
}

#[test]
fn naming_an_alarm_twice_sees_it_once() {
    let mut centre = Centre::new();
    let alert = undispatched(&mut centre);
    let twice = vec![Notice::DispatchMissed, Notice::DispatchMissed];
    let events = centre.does(&operator(), ask::see(alert, twice));
    assert_eq!(events, [Event::AlarmSeen { alert, alarm: Notice::DispatchMissed }]);
}

#[test]
fn an_alarm_whose_cause_is_gone_can_still_be_seen() {
    let mut centre = Centre::new();
    let alert = undispatched(&mut centre);
    centre.end_without_arrival(alert);
    centre.does(&operator(), ask::see(alert, vec![Notice::DispatchMissed]));
    assert_eq!(centre.alert(alert).seen.len(), 1);
}

#[test]
fn a_hazard_with_a_new_date_is_a_new_alarm() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Hazard, "S-A");
    centre.does(&operator(), ask::defer_hazard(alert, second(60)));
    centre.at(61).told(alert);
    centre.does(&operator(), ask::see(alert, vec![Notice::HazardOverdue]));
    centre.does(&operator(), ask::defer_hazard(alert, second(120)));
    assert_eq!(centre.alert(alert).seen, []);
    centre.at(121).told(alert);
    centre.does(&operator(), ask::see(alert, vec![Notice::HazardOverdue]));
    assert_eq!(centre.alert(alert).seen[0].at, second(121));
}

#[test]
fn a_unit_that_falls_silent_again_is_a_new_alarm() {
    let mut centre = Centre::new();
    let (alert, assignment) = under_way(&mut centre);
    let lost = || ask::see(alert, vec![Notice::UnitLost { assignment }]);
    assert_eq!(centre.at(210).does(&operator(), lost()).len(), 1);
    assert_eq!(centre.at(220).does(&operator(), lost()), []);
    centre.at(230).does(&unit("P-01"), ask::position("P-01", ask::wgs84(121.4713, 31.2345)));
    assert_eq!(centre.at(410).does(&operator(), lost()).len(), 1);
    assert_eq!(centre.alert(alert).seen.len(), 1);
}

refusals! {
    an_unknown_alert is AlertUnknown: |_centre| {
        (operator(), ask::see(AlertId(9), vec![Notice::DispatchMissed]))
    }
    an_alarm_that_was_not_told is AlarmUnknown: |centre| {
        let alert = centre.raise(Category::Attack, "S-A");
        (operator(), ask::see(alert, vec![Notice::DispatchMissed]))
    }
    a_unit_that_was_heard_a_moment_ago is AlarmUnknown: |centre| {
        let (alert, assignment) = under_way(centre);
        (operator(), ask::see(alert, vec![Notice::UnitLost { assignment }]))
    }
    a_unit_that_has_arrived is AlarmUnknown: |centre| {
        let (alert, assignment) = under_way(centre);
        centre.step(assignment, Step::Arrive);
        centre.at(300);
        (operator(), ask::see(alert, vec![Notice::UnitLost { assignment }]))
    }
    more_than_an_alert_can_have is NumberOutOfRange: |centre| {
        let alert = centre.raise(Category::Attack, "S-A");
        (operator(), ask::see(alert, vec![Notice::DispatchMissed; 101]))
    }
}
