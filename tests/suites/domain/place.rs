//! Places: two coordinate systems, one conversion, and distances.

use campus_dispatch::domain::place::{CoordinateSystem, Coordinates, Position};

/// Pairs of (WGS-84, GCJ-02), longitude first, as computed by another program from the published
/// approximation: Shanghai, Shenzhen, Beijing, Guangzhou, Urumqi, Harbin.
const KNOWN: [((f64, f64), (f64, f64)); 6] = [
    ((121.527_210_6, 31.177_427_6), (121.531_541_859_215, 31.175_303_983_646)),
    ((113.912_316, 22.543_847), (113.917_176_480_836, 22.540_796_131_695)),
    ((116.377_817, 39.911_954), (116.384_047_224_557, 39.913_345_455_361)),
    ((113.264_4, 23.129_1), (113.269_729_6, 23.126_423_3)),
    ((87.616_8, 43.825_6), (87.619_649_9, 43.826_805_4)),
    ((126.535, 45.803_8), (126.541_040_4, 45.805_781_5)),
];

fn position((longitude, latitude): (f64, f64)) -> Position {
    Position { longitude, latitude }
}

fn given((longitude, latitude): (f64, f64), system: CoordinateSystem) -> Coordinates {
    Coordinates { longitude, latitude, system }
}

#[test]
fn known_points_are_found_within_a_metre() {
    for (wgs84, gcj02) in KNOWN {
        let found = given(gcj02, CoordinateSystem::Gcj02).to_wgs84().expect("on the globe");
        let off = found.metres_to(position(wgs84));
        assert!(off < 1.0, "{wgs84:?} was missed by {off} m");
    }
}

#[test]
fn the_two_systems_differ_by_more_than_any_zone_is_wide() {
    for (wgs84, gcj02) in KNOWN {
        let apart = position(wgs84).metres_to(position(gcj02));
        assert!((200.0..800.0).contains(&apart), "{apart} m at {wgs84:?}");
    }
}

#[test]
fn wgs84_is_kept_as_it_is() {
    for (wgs84, _) in KNOWN {
        let kept = given(wgs84, CoordinateSystem::Wgs84).to_wgs84();
        assert_eq!(kept, Some(position(wgs84)));
    }
}

#[test]
fn outside_china_the_two_systems_are_one() {
    let (san_francisco, quito) = ((-122.4194, 37.7749), (-78.5, -0.2));
    for place in [san_francisco, quito] {
        let found = given(place, CoordinateSystem::Gcj02).to_wgs84();
        assert_eq!(found, Some(position(place)));
    }
}

#[test]
fn what_is_not_on_the_globe_is_no_place() {
    let off = [
        (200.0, 31.0),
        (-180.1, 31.0),
        (31.23, 121.47),
        (121.0, -90.1),
        (f64::NAN, 31.0),
        (121.0, f64::NEG_INFINITY),
    ];
    for place in off {
        for system in [CoordinateSystem::Wgs84, CoordinateSystem::Gcj02] {
            assert_eq!(given(place, system).to_wgs84(), None, "{place:?}");
        }
    }
}

#[test]
fn two_hundred_metres_are_two_hundred_metres() {
    // 1 degree of a great circle on the mean sphere: 111,195.08 m.
    let gate = position((121.47, 31.23));
    let north = position((121.47, 31.23 + 200.0 / 111_195.08));
    let east = position((121.47 + 200.0 / (111_195.08 * 31.23_f64.to_radians().cos()), 31.23));
    for other in [north, east] {
        let metres = gate.metres_to(other);
        assert!((metres - 200.0).abs() < 0.1, "{metres} m");
        assert_eq!(metres, other.metres_to(gate));
    }
}

#[test]
fn a_distance_spans_the_date_line_and_the_globe() {
    let across = position((179.9, 0.0)).metres_to(position((-179.9, 0.0)));
    assert!((across - 22_239.0).abs() < 5.0, "{across} m");
    let half = position((0.0, 0.0)).metres_to(position((180.0, 0.0)));
    assert!((half - 20_015_115.0).abs() < 100.0, "{half} m");
    assert_eq!(position((0.0, 0.0)).metres_to(position((0.0, 0.0))), 0.0);
}
