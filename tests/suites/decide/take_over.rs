//! Many rows of reference data at once: all of them or none.

use campus_dispatch::domain::{Event, district::School};

use crate::domain::{
    ask,
    centre::{Centre, admin, school},
};

fn spare(id: &str) -> School {
    School { id: id.into(), ..school(0) }
}

#[test]
fn every_row_becomes_a_record_of_its_own() {
    let mut centre = Centre::new();
    let events = centre.does(&admin(), ask::take_over(vec![spare("S-X"), spare("S-Y")]));
    assert_eq!(events.len(), 2);
    assert!(events.iter().all(|event| matches!(event, Event::SchoolDefined { .. })));
}

#[test]
fn the_same_rows_again_change_nothing() {
    let mut centre = Centre::new();
    centre.does(&admin(), ask::take_over(vec![spare("S-X")]));
    assert_eq!(centre.does(&admin(), ask::take_over(vec![spare("S-X")])), []);
}

refusals! {
    one_row_that_is_wrong_keeps_all_out is StationUnknown: |_centre| {
        let astray = School { station: Some("ST-9".into()), ..spare("S-Y") };
        (admin(), ask::take_over(vec![spare("S-X"), astray]))
    }
    too_many_rows_at_once is NumberOutOfRange: |_centre| {
        (admin(), ask::take_over((0..5_001).map(|id| spare(&format!("S-{id}"))).collect()))
    }
}
