//! Draw a sample: what a lot drew is written down, and held to what the lot says.

use campus_dispatch::domain::{
    Actor, Command, Role,
    classification::{Category, Mode},
    decide::draw_sample::DrawSample,
    id::{AlertId, SampleId},
    sample::Lot,
};

use crate::domain::{
    ask,
    centre::{Centre, one, operator, second},
};

fn manager() -> Actor {
    one(Role::Manager)
}

/// A handled alert of second 0, looked back on from second 900.
fn handled(centre: &mut Centre) -> AlertId {
    let alert = centre.raise(Category::Fight, "S-A");
    centre.at(60).handle(alert, "P-02");
    centre.at(900);
    alert
}

fn lot() -> Lot {
    ask::lot(1, second(0), second(600), 5)
}

#[test]
fn a_lot_is_written_down_with_who_drew_it_and_what() {
    let mut centre = Centre::new();
    let alert = handled(&mut centre);
    centre.does(&manager(), ask::draw_sample(lot(), &[alert]));
    let sample = &centre.state.samples[&SampleId(1)];
    assert_eq!((sample.lot, sample.drawn_at), (lot(), second(900)));
    assert_eq!(sample.drawn_by.as_str(), "manager-1");
    assert_eq!(sample.alerts().collect::<Vec<_>>(), [alert]);
}

#[test]
fn the_same_lot_again_draws_nothing_new() {
    let mut centre = Centre::new();
    let alert = handled(&mut centre);
    centre.does(&manager(), ask::draw_sample(lot(), &[alert]));
    let again = centre.does(&one(Role::Auditor), ask::draw_sample(lot(), &[alert]));
    assert_eq!((again, centre.state.samples.len()), (Vec::new(), 1));
}

#[test]
fn another_seed_is_another_sample() {
    let mut centre = Centre::new();
    let alert = handled(&mut centre);
    centre.does(&manager(), ask::draw_sample(lot(), &[alert]));
    centre.does(&manager(), ask::draw_sample(Lot { seed: 2, ..lot() }, &[alert]));
    assert_eq!(centre.state.samples.len(), 2);
}

refusals! {
    by_an_operator is RoleNotPermitted: |centre| {
        let alert = handled(centre);
        (operator(), ask::draw_sample(lot(), &[alert]))
    }
    nothing_to_draw is SampleEmpty: |centre| {
        centre.at(900);
        (manager(), ask::draw_sample(lot(), &[]))
    }
    an_alert_nobody_knows is AlertUnknown: |centre| {
        centre.at(900);
        (manager(), ask::draw_sample(lot(), &[AlertId(7)]))
    }
    an_open_alert is AlertNotClosed: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.at(900);
        (manager(), ask::draw_sample(lot(), &[alert]))
    }
    one_of_another_time is AlertNotInSample: |centre| {
        let alert = handled(centre);
        (manager(), ask::draw_sample(ask::lot(1, second(100), second(600), 5), &[alert]))
    }
    one_of_another_mode is AlertNotInSample: |centre| {
        let alert = handled(centre);
        (manager(), ask::draw_sample(Lot { mode: Mode::Exercise, ..lot() }, &[alert]))
    }
    one_drawn_twice is AlertNotInSample: |centre| {
        let alert = handled(centre);
        (manager(), ask::draw_sample(lot(), &[alert, alert]))
    }
    a_period_that_is_not_over is InstantInFuture: |centre| {
        let alert = handled(centre);
        (manager(), ask::draw_sample(ask::lot(1, second(0), second(901), 5), &[alert]))
    }
    a_period_backwards is InstantOutOfOrder: |centre| {
        let alert = handled(centre);
        (manager(), ask::draw_sample(ask::lot(1, second(600), second(600), 5), &[alert]))
    }
    a_sample_of_none is NumberOutOfRange: |centre| {
        let alert = handled(centre);
        (manager(), ask::draw_sample(Lot { size: 0, ..lot() }, &[alert]))
    }
    a_sample_nobody_can_look_through is NumberOutOfRange: |centre| {
        let alert = handled(centre);
        (manager(), ask::draw_sample(Lot { size: 501, ..lot() }, &[alert]))
    }
    more_than_asked_for is NumberOutOfRange: |centre| {
        let first = centre.raise(Category::Fight, "S-A");
        let second = centre.raise(Category::Theft, "S-B");
        centre.at(60).handle(first, "P-02");
        centre.handle(second, "P-03");
        centre.at(900);
        (manager(), ask::draw_sample(Lot { size: 1, ..lot() }, &[first, second]))
    }
}

#[test]
fn a_station_without_a_drawn_alert_stays_in_the_list() {
    let mut centre = Centre::new();
    let alert = handled(&mut centre);
    let Command::DrawSample(mut draw) = ask::draw_sample(lot(), &[alert]) else {
        panic!("another verb")
    };
    let empty = campus_dispatch::domain::sample::Stratum {
        station: None,
        handled: 3,
        alerts: Vec::new(),
    };
    draw.strata.push(empty.clone());
    centre.does(&manager(), Command::DrawSample(DrawSample { ..draw }));
    assert_eq!(centre.state.samples[&SampleId(1)].strata[1], empty);
}
