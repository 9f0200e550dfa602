//! A row of schools.

use super::{
    Said,
    cell::{self, COORDINATE_SYSTEM, LATITUDE, LONGITUDE},
    peak,
    sheet::{Column, Row},
};
use crate::domain::{
    Command,
    classification::Zone,
    decide::district::DefineSchool,
    district::{School, SchoolKind},
};

/// A school's columns.
pub const COLUMNS: &[Column] = &[
    Column { key: "id", chinese: &["学校编号", "学校代码", "编号"], required: true },
    Column { key: "name", chinese: &["学校名称", "名称"], required: true },
    Column { key: "kind", chinese: &["学校类型", "类型"], required: true },
    Column { key: "zone", chinese: &["区域", "分区"], required: true },
    LONGITUDE,
    LATITUDE,
    COORDINATE_SYSTEM,
    Column { key: "station", chinese: &["责任派出所", "派出所"], required: false },
    Column { key: "peak_windows", chinese: &["高峰勤务", "高峰时段"], required: false },
    Column { key: "contact_name", chinese: &["联系人"], required: false },
    Column { key: "contact_phone", chinese: &["联系电话"], required: false },
];

const KINDS: &[(&[&str], SchoolKind)] = &[
    (&["kindergarten", "幼儿园"], SchoolKind::Kindergarten),
    (&["primary", "小学"], SchoolKind::Primary),
    (&["secondary", "中学", "初中", "高中"], SchoolKind::Secondary),
    (&["combined", "一贯制", "九年一贯制", "十二年一贯制"], SchoolKind::Combined),
    (&["vocational", "职业学校", "中职"], SchoolKind::Vocational),
    (&["special", "特殊教育", "特殊教育学校"], SchoolKind::Special),
    (&["university", "大学", "高校"], SchoolKind::University),
];

const ZONES: &[(&[&str], Zone)] =
    &[(&["A", "a"], Zone::A), (&["B", "b"], Zone::B), (&["C", "c"], Zone::C)];

/// The school a row defines.
///
/// # Errors
/// The first cell that cannot be read.
pub fn read(row: &Row<'_>) -> Result<Command, Said> {
    let station = row.optional("station")?;
    let station = station.map(|station| cell::id("station", station)).transpose()?;
    let school = School {
        id: row.id()?.into(),
        name: row.required("name")?.to_owned(),
        kind: cell::word("kind", row.required("kind")?, KINDS)?,
        zone: cell::word("zone", row.required("zone")?, ZONES)?,
        position: cell::position(row)?,
        station: station.map(Into::into),
        duty_windows: peak::windows(row.text("peak_windows").unwrap_or_default())?,
        contact: cell::contact(row, "contact_name", "contact_phone")?,
    };
    Ok(Command::DefineSchool(DefineSchool { school }))
}
