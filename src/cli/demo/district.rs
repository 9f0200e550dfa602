//! An invented district. Names, numbers and places are examples (示例) and belong to nobody.

use chrono::Weekday;
use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use crate::domain::{
    classification::Zone,
    district::{Contact, DutyWindow, School, SchoolKind, Station, UnitKind, UnitProfile},
    id::{SchoolId, UnitId},
    place::Position,
};

/// How many there are of each.
pub const STATIONS: usize = 8;
pub const SCHOOLS: usize = 60;
pub const UNITS: usize = 80;

/// The unit whose phone is the visitor's: nobody else ever acts for it or sends it.
pub const VISITORS_UNIT: &str = "patrol-01";

/// Units of a kind: id, name, how many.
const FLEET: [(UnitKind, &str, &str, usize); 6] = [
    (UnitKind::Post, "post", "示例-护学", 30),
    (UnitKind::Patrol, "patrol", "示例-巡逻", 24),
    (UnitKind::Station, "station", "示例-所队", 8),
    (UnitKind::Traffic, "traffic", "示例-交管", 8),
    (UnitKind::Swat, "swat", "示例-特警", 4),
    (UnitKind::SchoolGuard, "guard", "示例-校园", 6),
];

const KINDS: [(SchoolKind, &str); 5] = [
    (SchoolKind::Kindergarten, "幼儿园"),
    (SchoolKind::Primary, "小学"),
    (SchoolKind::Primary, "实验小学"),
    (SchoolKind::Secondary, "中学"),
    (SchoolKind::Combined, "学校"),
];

/// The district's south-west corner; open country, so that no real school is near.
const CORNER: Position = Position { longitude: 100.0, latitude: 38.0 };
/// Degrees between two stations, about 3 km.
const BLOCK: f64 = 0.03;

/// The district.
#[derive(Clone, Debug, PartialEq)]
pub struct District {
    pub stations: Vec<Station>,
    pub schools: Vec<School>,
    pub units: Vec<UnitProfile>,
    /// Where each unit is when the day begins.
    pub posts: Vec<Position>,
}

impl District {
    /// The same seed gives the same district.
    pub fn invent(seed: u64) -> Self {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        let stations: Vec<Station> = (0..STATIONS).map(station).collect();
        let schools: Vec<School> =
            (0..SCHOOLS).map(|index| school(index, &stations, &mut random)).collect();
        let units: Vec<UnitProfile> = fleet(&stations);
        let posts = (0..units.len())
            .map(|index| match units[index].kind {
                UnitKind::Post | UnitKind::SchoolGuard => {
                    schools[index % SCHOOLS].position.unwrap_or(CORNER)
                }
                _ => around(at(&stations[index % STATIONS]), 0.9, &mut random),
            })
            .collect();
        Self { stations, schools, units, posts }
    }

    /// The post each unit of that kind mans in peak time: the n-th post at the n-th school, which
    /// is how zone A schools are covered first.
    pub fn manning(&self) -> impl Iterator<Item = (&UnitId, &SchoolId)> {
        let posts = self.units.iter().filter(|unit| unit.kind == UnitKind::Post);
        posts.zip(&self.schools).map(|(unit, school)| (&unit.id, &school.id))
    }
}

fn station(index: usize) -> Station {
    let number = index + 1;
    let contact = |office: &str| {
        Some(Contact {
            name: format!("示例{office}{number}"),
            phone: format!("1380000{number:04}"),
        })
    };
    Station {
        id: format!("D{number}").into(),
        name: format!("示例第{number}派出所"),
        position: Some(Position {
            longitude: CORNER.longitude + BLOCK * (index % 4) as f64,
            latitude: CORNER.latitude + BLOCK * (index / 4) as f64,
        }),
        leader: contact("领导"),
        liaison: contact("联络员"),
    }
}

fn school(index: usize, stations: &[Station], random: &mut Xoshiro256PlusPlus) -> School {
    let number = index + 1;
    let station = &stations[index % STATIONS];
    let (kind, suffix) = KINDS[index % KINDS.len()];
    School {
        id: format!("S{number:02}").into(),
        name: format!("示例第{number:02}{suffix}"),
        kind,
        zone: match index {
            0..24 => Zone::A,
            24..48 => Zone::B,
            _ => Zone::C,
        },
        position: Some(around(at(station), 1.2, random)),
        station: Some(station.id.clone()),
        duty_windows: vec![open_all_day()],
        contact: Some(Contact {
            name: format!("示例联系人{number}"),
            phone: format!("1390000{number:04}"),
        }),
    }
}

/// The demo's day is short and begins whenever somebody looks, so the clock on the wall says
/// nothing: posts are manned in the played peaks, and the windows are open all day.
fn open_all_day() -> DutyWindow {
    use Weekday::*;
    DutyWindow {
        weekdays: vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun],
        from_minute: 0,
        to_minute: 1440,
        posts: 1,
    }
}

fn fleet(stations: &[Station]) -> Vec<UnitProfile> {
    let mut units = Vec::with_capacity(UNITS);
    for (kind, id, name, count) in FLEET {
        for number in 1..=count {
            units.push(UnitProfile {
                id: format!("{id}-{number:02}").into(),
                name: format!("{name}-{number:02}"),
                kind,
                station: Some(stations[(number - 1) % STATIONS].id.clone()),
            });
        }
    }
    units
}

fn at(station: &Station) -> Position {
    station.position.unwrap_or(CORNER)
}

/// A point within `blocks` half blocks of another.
pub fn around(centre: Position, blocks: f64, random: &mut Xoshiro256PlusPlus) -> Position {
    let reach = BLOCK / 2.0 * blocks;
    Position {
        longitude: centre.longitude + random.random_range(-reach..reach),
        latitude: centre.latitude + random.random_range(-reach..reach),
    }
}
