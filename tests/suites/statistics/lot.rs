//! Drawing by lot: the same lot, the same list.

use campus_dispatch::{
    domain::{
        Alert,
        classification::{Category, Mode},
        id::AlertId,
        sample::{Lot, Stratum},
    },
    statistics::draw,
};

use crate::domain::{
    ask,
    centre::{Centre, second},
};

/// Twelve handled alerts at S-A, six at S-B, one at S-C, and one that is open.
fn handled() -> Centre {
    let mut centre = Centre::new();
    let schools = [("S-A", 12), ("S-B", 6), ("S-C", 1)];
    for (school, count) in schools {
        for _ in 0..count {
            let alert = centre.raise(Category::Fight, school);
            centre.handle(alert, "P-02");
        }
    }
    centre.raise(Category::Theft, "S-C");
    centre
}

fn drawn(centre: &Centre, lot: &Lot, backwards: bool) -> Vec<Stratum> {
    let mut alerts: Vec<&Alert> = centre.state.alerts.values().map(|alert| &**alert).collect();
    if backwards {
        alerts.reverse();
    }
    // Each school stands for a station here.
    draw(lot, alerts, |alert| alert.school.as_ref().map(|school| school.as_str().into()))
}

fn lot(seed: u32, size: u32) -> Lot {
    ask::lot(seed, second(-60), second(60), size)
}

#[test]
fn the_same_lot_draws_the_same_list_in_whatever_order_alerts_come() {
    let centre = handled();
    assert_eq!(drawn(&centre, &lot(7, 8), false), drawn(&centre, &lot(7, 8), true));
}

#[test]
fn another_seed_draws_another_list() {
    let centre = handled();
    assert_ne!(drawn(&centre, &lot(7, 8), false), drawn(&centre, &lot(8, 8), false));
}

#[test]
fn each_station_is_drawn_from_by_its_share() {
    let centre = handled();
    let strata = drawn(&centre, &lot(7, 8), false);
    let shares: Vec<_> = strata.iter().map(|one| (one.handled, one.alerts.len())).collect();
    assert_eq!(shares, [(12, 4), (6, 3), (1, 1)]);
}

#[test]
fn an_open_alert_and_an_exercise_are_not_drawn_from() {
    let centre = handled();
    let all: Vec<AlertId> =
        drawn(&centre, &lot(7, 500), false).into_iter().flat_map(|one| one.alerts).collect();
    assert_eq!(all.len(), 19);
    let exercises = Lot { mode: Mode::Exercise, ..lot(7, 8) };
    assert_eq!(drawn(&centre, &exercises, false), []);
}
