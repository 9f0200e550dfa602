//! Peak duty: of the planned post minutes, how many were manned. Posts of each school are planned
//! from 07:30 to 08:30; the timeline begins at 07:40, when the schools are defined.

use campus_dispatch::{
    domain::{
        Timestamp,
        assignment::Step,
        classification::Category,
        district::{Duty, School},
        id::SchoolId,
    },
    statistics::{PostTime, post_time},
};

use crate::domain::{
    ask,
    centre::{Centre, admin, on_post, school, second, unit},
};

const SECOND: i64 = 1000;
/// 07:40 to 08:30.
const WINDOW: i64 = 3_000 * SECOND;

fn until(centre: &Centre, school: &str, to: Timestamp) -> PostTime {
    let alerts = centre.state.alerts.values().map(|alert| &**alert);
    let times = post_time(&centre.state.patrol, alerts, second(0), to);
    times.get(&SchoolId::from(school)).copied().unwrap_or_default()
}

#[test]
fn a_post_counts_as_long_as_somebody_says_to_be_on_it() {
    let mut centre = Centre::new();
    centre.at(1_500).does(&unit("P-01"), ask::duty("P-01", Duty::Available));
    let time = until(&centre, "S-A", second(7_200));
    assert_eq!((time.planned_ms, time.manned_ms), (WINDOW, WINDOW / 2));
    assert_eq!(time.rate(), Some(0.5));
}

#[test]
fn a_post_nobody_takes_is_planned_and_not_manned() {
    let centre = Centre::new();
    let time = until(&centre, "S-B", second(7_200));
    assert_eq!((time.planned_ms, time.manned_ms), (WINDOW, 0));
}

#[test]
fn what_is_still_to_come_is_not_planned_yet() {
    let centre = Centre::new();
    assert_eq!(until(&centre, "S-A", second(600)).planned_ms, 600 * SECOND);
}

#[test]
fn more_units_than_posts_man_no_more_than_the_posts() {
    let mut centre = Centre::new();
    centre.does(&unit("P-02"), ask::duty("P-02", on_post("S-A")));
    assert_eq!(until(&centre, "S-A", second(7_200)).rate(), Some(1.0));
}

#[test]
fn a_unit_sent_from_its_post_still_mans_it_and_is_told_apart() {
    let mut centre = Centre::new();
    let alert = centre.at(300).raise(Category::Fight, "S-A");
    let assignment = centre.send(alert, "P-01");
    centre.at(400).step(assignment, Step::Arrive);
    centre.at(600).step(assignment, Step::Clear);
    let time = until(&centre, "S-A", second(7_200));
    assert_eq!((time.manned_ms, time.called_away_ms), (WINDOW, 300 * SECOND));
}

#[test]
fn a_later_change_of_windows_rewrites_no_past() {
    let mut centre = Centre::new();
    let without = School { duty_windows: Vec::new(), ..school(0) };
    centre.at(600).does(&admin(), ask::define_school(without));
    let time = until(&centre, "S-A", second(7_200));
    assert_eq!((time.planned_ms, time.manned_ms), (600 * SECOND, 600 * SECOND));
}

#[test]
fn the_window_is_there_again_on_each_of_its_days_only() {
    let centre = Centre::new();
    let week = until(&centre, "S-A", second(7 * 86_400));
    // What is left of Monday, four whole days, nothing at the weekend; Monday's first ten minutes.
    assert_eq!(week.planned_ms, WINDOW + 4 * 3_600 * SECOND + 600 * SECOND);
}
