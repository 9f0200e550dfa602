//! A row of units.

use super::{
    Said, cell,
    sheet::{Column, Row},
};
use crate::domain::{
    Command,
    decide::district::DefineUnit,
    district::{UnitKind, UnitProfile},
};

/// A unit's columns.
pub const COLUMNS: &[Column] = &[
    Column { key: "id", chinese: &["警力编号", "编号"], required: true },
    Column { key: "name", chinese: &["警力名称", "名称"], required: true },
    Column { key: "kind", chinese: &["警力类型", "类型"], required: true },
    Column { key: "station", chinese: &["所属派出所", "派出所"], required: false },
];

const KINDS: &[(&[&str], UnitKind)] = &[
    (&["post", "护学岗"], UnitKind::Post),
    (&["patrol", "巡逻警力", "巡逻"], UnitKind::Patrol),
    (&["station", "派出所"], UnitKind::Station),
    (&["traffic", "交管", "交警"], UnitKind::Traffic),
    (&["swat", "特警"], UnitKind::Swat),
    (&["school_guard", "学校最小应急单元", "校园安保"], UnitKind::SchoolGuard),
];

/// The unit a row defines.
///
/// # Errors
/// The first cell that cannot be read.
pub fn read(row: &Row<'_>) -> Result<Command, Said> {
    let station = row.optional("station")?;
    let station = station.map(|station| cell::id("station", station)).transpose()?;
    let profile = UnitProfile {
        id: row.id()?.into(),
        name: row.required("name")?.to_owned(),
        kind: cell::word("kind", row.required("kind")?, KINDS)?,
        station: station.map(Into::into),
    };
    Ok(Command::DefineUnit(DefineUnit { profile }))
}
