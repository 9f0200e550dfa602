//! Report position: by choice, and only on duty.

use campus_dispatch::domain::id::UnitId;

use crate::domain::{
    ask,
    centre::{Centre, second, unit},
};

#[test]
fn the_last_position_is_kept_with_its_server_time() {
    let mut centre = Centre::new();
    centre.at(3).does(&unit("P-02"), ask::position("P-02", ask::wgs84(121.5, 31.2)));
    let last = centre.state.units[&UnitId::from("P-02")].last_position.expect("a position");
    assert_eq!((last.position.longitude, last.reported_at), (121.5, second(3)));
}

#[test]
fn positions_less_than_five_seconds_apart_are_not_worth_a_record() {
    let mut centre = Centre::new();
    let here = || ask::position("P-02", ask::wgs84(121.5, 31.2));
    assert_eq!(centre.does(&unit("P-02"), here()).len(), 1);
    assert_eq!(centre.at_ms(4_999).does(&unit("P-02"), here()).len(), 0);
    assert_eq!(centre.at_ms(5_000).does(&unit("P-02"), here()).len(), 1);
}

refusals! {
    off_duty is UnitOffDutyForPosition: |_centre| {
        (unit("P-09"), ask::position("P-09", ask::wgs84(121.5, 31.2)))
    }
    off_the_globe is CoordinatesInvalid: |_centre| {
        (unit("P-02"), ask::position("P-02", ask::wgs84(121.5, -90.5)))
    }
    of_another_unit is NotOwn: |_centre| {
        (unit("P-02"), ask::position("P-03", ask::wgs84(121.5, 31.2)))
    }
}
