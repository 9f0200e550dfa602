//! `import {schools,stations,units}`: reference data from CSV or XLSX, all or nothing.
//!
//! [`text`] makes the bytes of a CSV file a text and [`workbook`] takes those of a spreadsheet apart,
//! by what they are and not by the file's name; [`sheet`] has the rows under known columns, [`cell`] reads one
//! cell, and [`school`], [`station`] and [`unit`] make a row the thing it is. The rules are the
//! domain's own: each row is decided like any other definition.

pub mod cell;
mod help;
pub mod peak;
pub mod school;
pub mod sheet;
pub mod station;
pub mod text;
pub mod unit;
pub mod workbook;

use std::{
    collections::HashMap,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use self::sheet::{Column, Row, Sheet};
use super::{
    data_directory::{self, Draft},
    failure::Failure,
    progress,
};
use crate::domain::{Channel, Command, Rejection, State};

pub use help::{SCHOOLS_HELP, STATIONS_HELP, UNITS_HELP};

/// Bytes in a file.
pub const BYTES_MAX: u64 = 10 * 1024 * 1024;
/// Rows in a file.
pub const ROWS_MAX: usize = 50_000;

/// A file of reference data.
#[derive(Args, Debug)]
pub struct DistrictArgs {
    /// XLSX, or CSV in UTF-8, GBK or GB18030; separated by commas, semicolons or tabs
    file: PathBuf,
    /// Check everything and write nothing
    #[arg(long)]
    dry_run: bool,
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
    pub reason: String,
}

/// What taking over a file comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
}

impl Noun {
    fn plural(self) -> &'static str {
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

    fn command(self, row: &Row<'_>) -> Result<Command, String> {
        match self {
            Self::School => school::read(row),
            Self::Station => station::read(row),
            Self::Unit => unit::read(row),
        }
    }
}

/// Runs `import schools|stations|units`.
///
/// # Errors
/// When the file cannot be read as a whole, or a row is refused; nothing is written then.
pub fn run(noun: Noun, args: &DistrictArgs, data: &Path) -> Result<ExitCode, Failure> {
    let bytes = read_bounded(&args.file)?;
    let mut reading = progress::reading();
    if args.dry_run {
        let known = data_directory::has_journal(data);
        let state =
            if known { data_directory::read_state(data, &mut reading)? } else { State::default() };
        let mut draft = Draft::on(state, Channel::Import);
        let tally = propose(noun, &bytes, &mut draft).map_err(|faults| refuse(noun, &faults))?;
        return Ok(report(noun, tally, "would be "));
    }
    let (mut journal, state) = data_directory::take(data, &mut reading)?;
    let mut draft = Draft::on(state, Channel::Import);
    let tally = propose(noun, &bytes, &mut draft).map_err(|faults| refuse(noun, &faults))?;
    draft.write(&mut journal)?;
    Ok(report(noun, tally, ""))
}

/// Decides every row of a file on a draft.
///
/// # Errors
/// Every row that is refused; a fault of the file as a whole stands at line 1. The draft is worth
/// nothing then.
pub fn propose(noun: Noun, bytes: &[u8], draft: &mut Draft) -> Result<Tally, Vec<Fault>> {
    let whole = |reason| vec![Fault { line: 1, reason }];
    let sheet = if workbook::is_one(bytes) {
        let rows = workbook::rows(bytes, ROWS_MAX).map_err(|fault| vec![fault])?;
        Sheet::of(rows, noun.columns())
    } else {
        let text = text::decode(bytes).map_err(whole)?;
        Sheet::parse(&text, noun.columns(), ROWS_MAX)
    };
    let sheet = sheet.map_err(|fault| vec![fault])?;
    let mut faults = Vec::new();
    let mut tally = Tally::default();
    let mut seen: HashMap<String, u64> = HashMap::new();
    for row in sheet.rows() {
        match take_row(noun, &row, draft, &mut seen, &mut tally) {
            Ok(()) => {}
            Err(reason) => faults.push(Fault { line: row.line(), reason }),
        }
    }
    if faults.is_empty() { Ok(tally) } else { Err(faults) }
}

fn take_row(
    noun: Noun,
    row: &Row<'_>,
    draft: &mut Draft,
    seen: &mut HashMap<String, u64>,
    tally: &mut Tally,
) -> Result<(), String> {
    row.check_length()?;
    let id = row.id()?;
    if let Some(earlier) = seen.insert(id.to_owned(), row.line()) {
        return Err(format!("the id {id} was given in line {earlier} already"));
    }
    let command = noun.command(row)?;
    let is_known = is_known(noun, draft.state(), id);
    let records = draft.propose(&command).map_err(|rejection| explain(rejection, row))?;
    match (is_known, records) {
        (_, 0) => tally.unchanged += 1,
        (true, _) => tally.changed += 1,
        (false, _) => tally.added += 1,
    }
    Ok(())
}

fn is_known(noun: Noun, state: &State, id: &str) -> bool {
    match noun {
        Noun::School => state.schools.contains_key(&id.into()),
        Noun::Station => state.stations.contains_key(&id.into()),
        Noun::Unit => state.units.contains_key(&id.into()),
    }
}

fn explain(rejection: Rejection, row: &Row<'_>) -> String {
    match rejection {
        Rejection::IdInvalid => {
            "an id is 1 to 64 letters, digits, -, _ or . of any script".to_owned()
        }
        Rejection::StationUnknown => format!(
            "the station {} is not known; import the stations first",
            row.text("station").unwrap_or_default()
        ),
        Rejection::TextMissing => "a name is missing".to_owned(),
        Rejection::TextTooLong => "a text is too long".to_owned(),
        Rejection::DutyWindowInvalid => "too many peak windows, or one that ends early".to_owned(),
        other => format!("refused: {}", other.code()),
    }
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, Failure> {
    let shown = path.display();
    let cannot = |error| Failure::new(format!("cannot read {shown}: {error}"));
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(cannot)?;
    file.take(BYTES_MAX + 1).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(Failure::new(format!("{shown} is larger than 10 MiB; split it")));
    }
    Ok(bytes)
}

fn refuse(noun: Noun, faults: &[Fault]) -> Failure {
    for fault in faults {
        eprintln!("line {}: {}", fault.line, fault.reason);
    }
    let rows =
        if faults.len() == 1 { "1 fault".to_owned() } else { format!("{} faults", faults.len()) };
    Failure::new(format!(
        "{rows}, so no {} were taken over and nothing was written; mend the file and import it again",
        noun.plural()
    ))
}

fn report(noun: Noun, tally: Tally, mood: &str) -> ExitCode {
    let Tally { added, changed, unchanged } = tally;
    println!(
        "{}: {added} {mood}added, {changed} {mood}changed, {unchanged} unchanged",
        noun.plural()
    );
    ExitCode::SUCCESS
}
