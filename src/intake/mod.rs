//! The files people bring: schools, stations and units from CSV or XLSX, as commands. It reads what
//! is given, decides nothing, and writes nothing.
//!
//! [`text`] makes the bytes of a CSV file a text and [`workbook`] takes those of a spreadsheet apart,
//! by what they are and not by the file's name; [`sheet`] has the rows under known columns, [`cell`]
//! reads one cell, and [`school`], [`station`] and [`unit`] make a row the thing it is.

pub mod cell;
pub mod peak;
pub mod said;
pub mod school;
pub mod sheet;
pub mod station;
pub mod text;
pub mod unit;
pub mod workbook;

use std::collections::HashMap;

pub use self::said::Said;
use self::sheet::{Column, Row, Sheet};
use crate::domain::{Command, Rejection, State};

/// What is read of a file at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub rows_max: usize,
    /// Bytes of all parts of a spreadsheet together, unpacked.
    pub unpacked_max: u64,
}

/// What is taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noun {
    School,
    Station,
    Unit,
}

/// A row that cannot be taken over, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub line: u64,
    pub reason: Said,
}

/// What taking over a file comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
}

impl Noun {
    pub fn plural(self) -> &'static str {
        match self {
            Self::School => "schools",
            Self::Station => "stations",
            Self::Unit => "units",
        }
    }

    fn columns(self) -> &'static [Column] {
        match self {
            Self::School => school::COLUMNS,
            Self::Station => station::COLUMNS,
            Self::Unit => unit::COLUMNS,
        }
    }

    fn command(self, row: &Row<'_>) -> Result<Command, Said> {
        match self {
            Self::School => school::read(row),
            Self::Station => station::read(row),
            Self::Unit => unit::read(row),
        }
    }

    fn is_known(self, state: &State, id: &str) -> bool {
        match self {
            Self::School => state.schools.contains_key(&id.into()),
            Self::Station => state.stations.contains_key(&id.into()),
            Self::Unit => state.units.contains_key(&id.into()),
        }
    }
}

/// Whoever decides the rows of a file one after another.
pub trait Decider {
    /// How things stand before the next row.
    fn state(&self) -> &State;

    /// Decides a row's command and takes in what it comes to; how many records that is.
    ///
    /// # Errors
    /// What the rules refuse.
    fn propose(&mut self, command: Command) -> Result<usize, Rejection>;
}

/// Has every row of a file decided, as far as the limits go.
///
/// # Errors
/// Every row that is refused; a fault of the file as a whole stands at line 1.
pub fn propose(
    noun: Noun,
    bytes: &[u8],
    limits: Limits,
    decider: &mut dyn Decider,
) -> Result<Tally, Vec<Fault>> {
    let sheet = if workbook::is_one(bytes) {
        let rows = workbook::rows(bytes, limits).map_err(|fault| vec![fault])?;
        Sheet::of(rows, noun.columns())
    } else {
        let text = text::decode(bytes).map_err(|reason| vec![Fault { line: 1, reason }])?;
        Sheet::parse(&text, noun.columns(), limits.rows_max)
    };
    let sheet = sheet.map_err(|fault| vec![fault])?;
    let mut faults = Vec::new();
    let mut tally = Tally::default();
    let mut seen: HashMap<String, u64> = HashMap::new();
    for row in sheet.rows() {
        if let Err(reason) = take_row(noun, &row, decider, &mut seen, &mut tally) {
            faults.push(Fault { line: row.line(), reason });
        }
    }
    if faults.is_empty() { Ok(tally) } else { Err(faults) }
}

fn take_row(
    noun: Noun,
    row: &Row<'_>,
    decider: &mut dyn Decider,
    seen: &mut HashMap<String, u64>,
    tally: &mut Tally,
) -> Result<(), Said> {
    row.check_length()?;
    let id = row.id()?;
    if let Some(earlier) = seen.insert(id.to_owned(), row.line()) {
        return Err(Said::new(
            format!("编号 {id} 已在第 {earlier} 行出现"),
            format!("the id {id} was given in line {earlier} already"),
        ));
    }
    let command = noun.command(row)?;
    let is_known = noun.is_known(decider.state(), id);
    let records = decider.propose(command).map_err(|rejection| explain(rejection, row))?;
    match (is_known, records) {
        (_, 0) => tally.unchanged += 1,
        (true, _) => tally.changed += 1,
        (false, _) => tally.added += 1,
    }
    Ok(())
}

fn explain(rejection: Rejection, row: &Row<'_>) -> Said {
    match rejection {
        Rejection::IdInvalid => Said::new(
            "编号须为 1 到 64 个文字、数字或 - _ .",
            "an id is 1 to 64 letters, digits, -, _ or . of any script",
        ),
        Rejection::StationUnknown => {
            let station = row.text("station").unwrap_or_default();
            Said::new(
                format!("没有派出所 {station}；请先导入派出所"),
                format!("the station {station} is not known; import the stations first"),
            )
        }
        Rejection::TextMissing => Said::new("缺少名称", "a name is missing"),
        Rejection::TextTooLong => Said::new("有一处文字过长", "a text is too long"),
        Rejection::DutyWindowInvalid => Said::new(
            "高峰时段过多，或结束早于开始",
            "too many peak windows, or one that ends early",
        ),
        other => {
            Said::new(format!("被拒绝：{}", other.code()), format!("refused: {}", other.code()))
        }
    }
}
