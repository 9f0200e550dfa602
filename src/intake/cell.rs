//! One cell at a time.

use super::{
    Said,
    sheet::{Column, Row},
};
use crate::domain::{
    district::Contact,
    place::{CoordinateSystem, Coordinates, Position},
};

/// Where something lies.
pub const LONGITUDE: Column = Column { key: "longitude", chinese: &["经度"], required: false };
pub const LATITUDE: Column = Column { key: "latitude", chinese: &["纬度"], required: false };
pub const COORDINATE_SYSTEM: Column =
    Column { key: "coordinate_system", chinese: &["坐标系"], required: false };

/// Refuses what a spreadsheet would run.
///
/// # Errors
/// With the cell's column.
pub fn no_formula<'a>(key: &str, text: &'a str) -> Result<&'a str, Said> {
    if text.starts_with(['=', '@']) {
        return Err(Said::new(
            format!("{key} 是公式（{text}）；请填写数值"),
            format!("{key} holds a formula ({text}); give its value"),
        ));
    }
    Ok(text)
}

/// An id stays the text it is.
///
/// # Errors
/// When a spreadsheet has made a number of it, so that digits are lost.
pub fn id<'a>(key: &str, text: &'a str) -> Result<&'a str, Said> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    let is_rounded = text.split_once(['e', 'E']).is_some_and(|(mantissa, exponent)| {
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        let has_mark = mantissa.contains('.') || exponent.starts_with('+');
        let exponent = exponent.trim_start_matches('+');
        has_mark && is_digits(whole) && is_digits(fraction) && is_digits(exponent)
    });
    if is_rounded {
        return Err(Said::new(
            format!("{key} {text} 已被表格软件改成数字并丢失位数；请将该列设为文本后重新填写"),
            format!(
                "{key} {text} is a number that a spreadsheet has rounded; format the column as text \
                 and enter it again"
            ),
        ));
    }
    Ok(text)
}

/// One of a list of words, each in English and Chinese.
///
/// # Errors
/// With the words there are.
pub fn word<T: Copy>(key: &str, text: &str, words: &[(&[&str], T)]) -> Result<T, Said> {
    let said = text.to_lowercase().replace([' ', '-'], "_");
    let is_said = |names: &[&str]| names.iter().any(|name| *name == text || *name == said);
    match words.iter().find(|(names, _)| is_said(names)) {
        Some((_, value)) => Ok(*value),
        None => {
            let names: Vec<&str> = words.iter().map(|(names, _)| names[0]).collect();
            Err(Said::new(
                format!("{key} “{text}”不在可用的值之中：{}", names.join(", ")),
                format!("{key} \"{text}\" is none of {}", names.join(", ")),
            ))
        }
    }
}

/// A point from longitude, latitude and the system they are given in; none where all are empty.
///
/// # Errors
/// When a part is missing, is no number, or is not on the globe.
pub fn position(row: &Row<'_>) -> Result<Option<Position>, Said> {
    let given = [LONGITUDE.key, LATITUDE.key, COORDINATE_SYSTEM.key].map(|key| row.text(key));
    let (longitude, latitude, system) = match given {
        [None, None, _] => return Ok(None),
        [Some(longitude), Some(latitude), Some(system)] => (longitude, latitude, system),
        [Some(_), Some(_), None] => {
            return Err(Said::new(
                "坐标须注明坐标系：WGS-84 或 GCJ-02",
                "coordinates need coordinate_system: WGS-84 or GCJ-02",
            ));
        }
        _ => return Err(Said::new("经度和纬度须同时填写", "longitude and latitude go together")),
    };
    let system = word(
        COORDINATE_SYSTEM.key,
        system,
        &[
            (&["WGS-84", "wgs_84", "wgs84", "gps"], CoordinateSystem::Wgs84),
            (&["GCJ-02", "gcj_02", "gcj02", "火星坐标", "火星坐标系"], CoordinateSystem::Gcj02),
        ],
    )?;
    let (longitude, latitude) =
        (degrees(LONGITUDE.key, longitude)?, degrees(LATITUDE.key, latitude)?);
    let coordinates = Coordinates { longitude, latitude, system };
    match coordinates.to_wgs84() {
        Some(position) => Ok(Some(position)),
        None if latitude.abs() > 90.0 && longitude.abs() <= 90.0 => Err(Said::new(
            format!("纬度 {latitude} 超过 90°；经纬度填反了"),
            format!("latitude {latitude} is beyond 90°; longitude and latitude are swapped"),
        )),
        None => Err(Said::new(
            format!("{longitude}, {latitude} 不是有效坐标"),
            format!("{longitude}, {latitude} is not on the globe"),
        )),
    }
}

fn degrees(key: &str, text: &str) -> Result<f64, Said> {
    text.parse().map_err(|_| {
        Said::new(
            format!("{key} “{text}”不是度数"),
            format!("{key} \"{text}\" is no number of degrees"),
        )
    })
}

/// A person's office and number; none where both are empty.
///
/// # Errors
/// When there is a number without a name.
pub fn contact(row: &Row<'_>, name: &str, phone: &str) -> Result<Option<Contact>, Said> {
    let number = row.optional(phone)?.map(|number| id(phone, number)).transpose()?;
    match (row.optional(name)?, number) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(Said::new(
            format!("填写了 {phone}，但缺少 {name}"),
            format!("{phone} is given without {name}"),
        )),
        (Some(name), number) => Ok(Some(Contact {
            name: name.to_owned(),
            phone: number.unwrap_or_default().to_owned(),
        })),
    }
}
