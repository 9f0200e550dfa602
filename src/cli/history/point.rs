//! Points as sources write them.

use super::mapping::PointForm;
use crate::domain::place::{CoordinateSystem, Coordinates, Position};

/// Reads a point from one cell; `None` when it is not one or not on the globe.
pub fn read_point(text: &str, form: PointForm, system: CoordinateSystem) -> Option<Position> {
    let (first, second) = match form {
        PointForm::LatLon | PointForm::LonLat => text
            .strip_prefix('(')
            .map_or(Some(text), |rest| rest.strip_suffix(')'))?
            .split_once(',')?,
        PointForm::Wkt => text
            .get(..5)
            .filter(|word| word.eq_ignore_ascii_case("POINT"))
            .and_then(|_| text[5..].trim().strip_prefix('(')?.strip_suffix(')'))?
            .trim()
            .split_once(char::is_whitespace)?,
    };
    match form {
        PointForm::LatLon => position(first, second, system),
        PointForm::LonLat | PointForm::Wkt => position(second, first, system),
    }
}

/// The position two cells give; `None` when they are not degrees on the globe.
pub fn position(latitude: &str, longitude: &str, system: CoordinateSystem) -> Option<Position> {
    let latitude = latitude.trim().parse().ok()?;
    let longitude = longitude.trim().parse().ok()?;
    Coordinates { longitude, latitude, system }.to_wgs84()
}

#[cfg(test)]
mod tests {
    use super::{PointForm, read_point};
    use crate::domain::place::{CoordinateSystem::Wgs84, Position};

    const HERE: Option<Position> = Some(Position { longitude: -122.4, latitude: 37.5 });

    #[test]
    fn a_pair_in_parentheses_is_read_latitude_first() {
        assert_eq!(read_point("(37.5, -122.4)", PointForm::LatLon, Wgs84), HERE);
        assert_eq!(read_point("37.5,-122.4", PointForm::LatLon, Wgs84), HERE);
    }

    #[test]
    fn well_known_text_is_read_longitude_first() {
        assert_eq!(read_point("POINT (-122.4 37.5)", PointForm::Wkt, Wgs84), HERE);
        assert_eq!(read_point("point(-122.4  37.5)", PointForm::Wkt, Wgs84), HERE);
    }

    #[test]
    fn a_swapped_pair_that_leaves_the_globe_is_no_point() {
        assert_eq!(read_point("(-122.4, 37.5)", PointForm::LatLon, Wgs84), None);
    }

    #[test]
    fn what_is_not_a_pair_of_degrees_is_no_point() {
        for text in ["", "(", "()", "(37.5)", "(NaN, 1)", "(1e999, 1)", "(37.5, -122.4", "北京路"]
        {
            assert_eq!(read_point(text, PointForm::LatLon, Wgs84), None, "{text}");
        }
        for text in ["POINT", "POINT ()", "POINT (1)", "POLYGON (1 2)", "学校旁边"] {
            assert_eq!(read_point(text, PointForm::Wkt, Wgs84), None, "{text}");
        }
    }
}
