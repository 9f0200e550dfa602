//! Patrol visits: check-ins at a school at least 10 minutes apart.

use campus_dispatch::{
    domain::{Timestamp, id::SchoolId},
    statistics::{Visits, visits},
};

use crate::domain::{
    ask,
    centre::{Centre, second, unit},
};

fn visited(checked_in: &[(i64, &str, &str)]) -> Centre {
    let mut centre = Centre::new();
    for (seconds, who, school) in checked_in {
        centre.at(*seconds).does(&unit(who), ask::check_in(who, school));
    }
    centre
}

fn at(centre: &Centre, school: &str, from: Timestamp, to: Timestamp) -> Visits {
    let found = visits(&centre.state.patrol, from, to);
    found.get(&SchoolId::from(school)).copied().unwrap_or_default()
}

#[test]
fn ten_minutes_apart_is_another_visit_and_a_second_less_is_not() {
    let centre = visited(&[(0, "P-02", "S-B"), (599, "P-03", "S-B"), (600, "P-02", "S-B")]);
    let found = at(&centre, "S-B", second(0), second(3_600));
    let expected = Visits { visits: 2, check_ins: 3, days: 1, units: 2 };
    assert_eq!(found, expected);
}

#[test]
fn each_school_has_its_own() {
    let centre = visited(&[(0, "P-02", "S-B"), (60, "P-02", "S-C")]);
    assert_eq!(at(&centre, "S-B", second(0), second(3_600)).visits, 1);
    assert_eq!(at(&centre, "S-C", second(0), second(3_600)).visits, 1);
    assert_eq!(at(&centre, "S-A", second(0), second(3_600)), Visits::default());
}

#[test]
fn the_visits_of_neighbouring_periods_add_up() {
    let checked_in = [0, 400, 700, 1_100, 1_300].map(|second| (second, "P-02", "S-B"));
    let centre = visited(&checked_in);
    let of = |from, to| at(&centre, "S-B", second(from), second(to)).visits;
    assert_eq!(of(0, 650) + of(650, 3_600), of(0, 3_600));
    assert_eq!(of(0, 3_600), 3);
}
