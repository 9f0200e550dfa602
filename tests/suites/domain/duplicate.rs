//! Alerts that may be the same happening.

use campus_dispatch::domain::{
    classification::Category,
    duplicate::{Report, suggest},
    id::{AlertId, SchoolId},
    place::Position,
};

use super::{
    ask,
    centre::{Centre, GATE, operator, second},
};

fn at_school(centre: &Centre, category: Category, school: &str) -> Vec<AlertId> {
    let school = SchoolId::from(school);
    let report = Report { category, school: Some(&school), position: None };
    suggest(&centre.state, &report, centre.now())
}

fn at_place(centre: &Centre, category: Category, position: Position) -> Vec<AlertId> {
    let report = Report { category, school: None, position: Some(position) };
    suggest(&centre.state, &report, centre.now())
}

#[test]
fn open_alerts_of_the_same_school_are_suggested_newest_first() {
    let mut centre = Centre::new();
    let first = centre.raise(Category::Fight, "S-A");
    let second = centre.raise(Category::Fight, "S-A");
    centre.raise(Category::Fight, "S-C");
    assert_eq!(at_school(&centre, Category::Fight, "S-A"), [second, first]);
}

#[test]
fn a_related_category_is_suggested_and_an_unrelated_one_is_not() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    assert_eq!(at_school(&centre, Category::Disturbance, "S-A"), [alert]);
    assert_eq!(at_school(&centre, Category::Fire, "S-A"), []);
}

#[test]
fn every_category_is_related_to_itself_and_relation_is_mutual() {
    for one in Category::ALL {
        assert!(one.is_related_to(*one));
        for other in Category::ALL {
            assert_eq!(one.is_related_to(*other), other.is_related_to(*one));
        }
    }
}

#[test]
fn a_place_within_two_hundred_metres_is_the_same_place() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let north = |metres: f64| Position { latitude: GATE.latitude + metres / 111_195.0, ..GATE };
    assert_eq!(at_place(&centre, Category::Fight, north(199.0)), [alert]);
    assert_eq!(at_place(&centre, Category::Fight, north(201.0)), []);
}

#[test]
fn a_report_from_a_school_finds_what_was_reported_from_the_street_outside() {
    let mut centre = Centre::new();
    let outside = ask::wgs84(GATE.longitude, GATE.latitude + 100.0 / 111_195.0);
    centre.does(&operator(), ask::raised(ask::report_from(outside)));
    assert_eq!(at_school(&centre, Category::Fight, "S-A"), [centre.last_alert()]);
}

#[test]
fn closed_ten_minutes_ago_is_suggested_and_a_millisecond_longer_ago_is_not() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.handle(alert, "P-02");
    centre.at_ms(600_000);
    assert_eq!(at_school(&centre, Category::Fight, "S-A"), [alert]);
    centre.at_ms(600_001);
    assert_eq!(at_school(&centre, Category::Fight, "S-A"), []);
}

#[test]
fn it_is_the_closing_that_counts_and_not_the_resolution() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.resolve(alert);
    centre.at(1000).does(&operator(), ask::close_without_arrival(alert, "示例"));
    centre.at(1500);
    assert_eq!(at_school(&centre, Category::Fight, "S-A"), [alert]);
}

#[test]
fn a_merged_child_is_not_suggested_but_its_root_is() {
    let mut centre = Centre::new();
    let root = centre.raise(Category::Fight, "S-A");
    let child = centre.raise(Category::Fight, "S-A");
    centre.does(&operator(), ask::merge(child, root));
    assert_eq!(at_school(&centre, Category::Fight, "S-A"), [root]);
}

#[test]
fn nothing_is_merged_by_itself() {
    let mut centre = Centre::new();
    let first = centre.raise(Category::Fight, "S-A");
    let second = centre.raise(Category::Fight, "S-A");
    assert!([first, second].iter().all(|id| centre.alert(*id).merged_into.is_none()));
}

#[test]
fn another_systems_history_is_not_suggested() {
    let mut centre = Centre::new();
    let console = super::centre::one(campus_dispatch::domain::Role::Console);
    centre.does(&console, ask::import(ask::history("call-1", second(-60), second(-1))));
    assert_eq!(at_school(&centre, Category::Fight, "S-B"), []);
}
