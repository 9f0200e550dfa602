//! Places on the ground. Two coordinate systems are in use and differ by up to 500 m, more than
//! any zone; everything kept is WGS-84, and [`Coordinates::to_wgs84`] and [`Position::in_system`] are
//! the only conversions.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

/// The datum a pair of coordinates is given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoordinateSystem {
    /// GPS.
    Wgs84,
    /// The Chinese map datum.
    Gcj02,
}

/// Coordinates as somebody gave them, in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coordinates {
    pub longitude: f64,
    pub latitude: f64,
    pub system: CoordinateSystem,
}

/// A WGS-84 position in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    pub longitude: f64,
    pub latitude: f64,
}

/// Where an alert is, when it is not (or not only) a school.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
}

const EARTH_RADIUS_METRES: f64 = 6_371_008.8;

impl Position {
    /// Whether the degrees are numbers on the globe.
    pub fn is_on_globe(self) -> bool {
        (-180.0..=180.0).contains(&self.longitude) && (-90.0..=90.0).contains(&self.latitude)
    }

    /// The same point in a coordinate system, for who draws in it.
    pub fn in_system(self, system: CoordinateSystem) -> Coordinates {
        let Self { longitude, latitude } = match system {
            CoordinateSystem::Wgs84 => self,
            CoordinateSystem::Gcj02 => gcj02_from_wgs84(self),
        };
        Coordinates { longitude, latitude, system }
    }

    /// The distance along the ground in metres (haversine; good to 0.5 %).
    pub fn metres_to(self, other: Self) -> f64 {
        let (a, b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let across = (other.longitude - self.longitude).to_radians();
        let chord =
            ((b - a) / 2.0).sin().powi(2) + a.cos() * b.cos() * (across / 2.0).sin().powi(2);
        2.0 * EARTH_RADIUS_METRES * chord.sqrt().min(1.0).asin()
    }
}

impl Coordinates {
    /// The same point in WGS-84, or `None` when the degrees are not on the globe.
    pub fn to_wgs84(self) -> Option<Position> {
        let given = Position { longitude: self.longitude, latitude: self.latitude };
        given.is_on_globe().then(|| match self.system {
            CoordinateSystem::Wgs84 => given,
            CoordinateSystem::Gcj02 => wgs84_from_gcj02(given),
        })
    }
}

/// Inverts the offset by fixed-point iteration; three rounds bring it under a centimetre.
fn wgs84_from_gcj02(given: Position) -> Position {
    let mut guess = given;
    for _ in 0..3 {
        let there = gcj02_from_wgs84(guess);
        guess.longitude -= there.longitude - given.longitude;
        guess.latitude -= there.latitude - given.latitude;
    }
    guess
}

/// The published approximation of the GCJ-02 offset (Krasovsky 1940 ellipsoid). Outside China the
/// two systems are the same.
fn gcj02_from_wgs84(at: Position) -> Position {
    const SEMI_MAJOR_METRES: f64 = 6_378_245.0;
    const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;
    let in_china =
        (72.004..=137.8347).contains(&at.longitude) && (0.8293..=55.8271).contains(&at.latitude);
    if !in_china {
        return at;
    }
    let (x, y) = (at.longitude - 105.0, at.latitude - 35.0);
    let wave = |t: f64| (20.0 * (6.0 * t * PI).sin() + 20.0 * (2.0 * t * PI).sin()) * 2.0 / 3.0;
    let slow = |t: f64, a: f64, b: f64, c: f64| {
        (a * (t * PI).sin() + 2.0 * a * (t / 3.0 * PI).sin()) * 2.0 / 3.0
            + (b * (t / 12.0 * PI).sin() + c * (t / 30.0 * PI).sin()) * 2.0 / 3.0
    };
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + wave(x)
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + wave(x)
        + slow(x, 20.0, 150.0, 300.0);
    let latitude = at.latitude.to_radians();
    let magic = 1.0 - ECCENTRICITY_SQUARED * latitude.sin().powi(2);
    let meridian = SEMI_MAJOR_METRES * (1.0 - ECCENTRICITY_SQUARED) / (magic * magic.sqrt());
    let parallel = SEMI_MAJOR_METRES / magic.sqrt() * latitude.cos();
    Position {
        longitude: at.longitude + (east / parallel).to_degrees(),
        latitude: at.latitude + (north / meridian).to_degrees(),
    }
}
