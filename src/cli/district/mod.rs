//! `import {schools,stations,units}`: reference data from CSV or XLSX, all or nothing.
//!
//! Reading them is [`crate::intake`]'s; the rules are the domain's own: each row is decided like any
//! other definition.

mod help;

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use super::{
    config::Settings,
    data_directory::{self, Draft},
    failure::Failure,
    progress,
};
use crate::{
    domain::{Channel, Command, Rejection, State},
    intake::{self, Decider, said},
};

pub use crate::intake::{Fault, Limits, Noun, Tally, peak, workbook};
pub use help::{SCHOOLS_HELP, STATIONS_HELP, UNITS_HELP};

/// A file of reference data.
#[derive(Args, Debug)]
pub struct DistrictArgs {
    /// XLSX, or CSV in UTF-8, GBK or GB18030; separated by commas, semicolons or tabs
    file: PathBuf,
    /// Check everything and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs `import schools|stations|units`.
///
/// # Errors
/// When the file cannot be read as a whole, or a row is refused; nothing is written then.
pub fn run(noun: Noun, args: &DistrictArgs, settings: &Settings) -> Result<ExitCode, Failure> {
    let (data, limits) = (&settings.data, settings.limits.cli());
    let bytes = read_bounded(&args.file, limits.district_file_max)?;
    let propose = |draft: &mut Draft| {
        let tally = propose(noun, &bytes, limits.district(), draft);
        tally.map_err(|faults| refuse(noun, &faults))
    };
    let mut reading = progress::reading();
    if args.dry_run {
        let known = data_directory::has_journal(data);
        let state =
            if known { data_directory::read_state(data, &mut reading)? } else { State::default() };
        let mut draft = Draft::on(state, Channel::Import);
        let tally = propose(&mut draft)?;
        return Ok(report(noun, tally, "would be "));
    }
    let (mut journal, state) = data_directory::take(data, &mut reading)?;
    let mut draft = Draft::on(state, Channel::Import);
    let tally = propose(&mut draft)?;
    draft.write(&mut journal)?;
    Ok(report(noun, tally, ""))
}

/// Decides every row of a file on a draft, as far as the limits go.
///
/// # Errors
/// Every row that is refused. The draft is worth nothing then.
pub fn propose(
    noun: Noun,
    bytes: &[u8],
    limits: Limits,
    draft: &mut Draft,
) -> Result<Tally, Vec<Fault>> {
    intake::propose(noun, bytes, limits, draft)
}

impl Decider for Draft {
    fn state(&self) -> &State {
        self.state()
    }

    fn propose(&mut self, command: Command) -> Result<usize, Rejection> {
        self.propose(&command)
    }
}

fn read_bounded(path: &Path, bytes_max: u64) -> Result<Vec<u8>, Failure> {
    let shown = path.display();
    let cannot = |error| Failure::new(format!("cannot read {shown}: {error}"));
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(cannot)?;
    file.take(bytes_max.saturating_add(1)).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() as u64 > bytes_max {
        let most = said::size(bytes_max);
        return Err(Failure::new(format!("{shown} is larger than {most}; split it")));
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
