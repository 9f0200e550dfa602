//! A row of stations.

use super::{
    Said,
    cell::{self, COORDINATE_SYSTEM, LATITUDE, LONGITUDE},
    sheet::{Column, Row},
};
use crate::domain::{Command, decide::district::DefineStation, district::Station};

/// A station's columns.
pub const COLUMNS: &[Column] = &[
    Column { key: "id", chinese: &["派出所编号", "机构代码", "编号"], required: true },
    Column { key: "name", chinese: &["派出所名称", "名称"], required: true },
    LONGITUDE,
    LATITUDE,
    COORDINATE_SYSTEM,
    Column { key: "leader_name", chinese: &["责任领导"], required: false },
    Column { key: "leader_phone", chinese: &["责任领导电话"], required: false },
    Column { key: "liaison_name", chinese: &["联络员"], required: false },
    Column { key: "liaison_phone", chinese: &["联络员电话"], required: false },
];

/// The station a row defines.
///
/// # Errors
/// The first cell that cannot be read.
pub fn read(row: &Row<'_>) -> Result<Command, Said> {
    let station = Station {
        id: row.id()?.into(),
        name: row.required("name")?.to_owned(),
        position: cell::position(row)?,
        leader: cell::contact(row, "leader_name", "leader_phone")?,
        liaison: cell::contact(row, "liaison_name", "liaison_phone")?,
    };
    Ok(Command::DefineStation(DefineStation { station }))
}
