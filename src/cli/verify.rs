//! `journal verify`: is the record what was written?

use std::{path::Path, process::ExitCode};

use clap::{Args, Subcommand};

use super::{failure::Failure, output, progress::Progress};
use crate::journal::{JournalReader, sqlite::SqliteReader};

const EXAMPLES: &str = "\
Examples:
  campus-dispatch journal verify --data /srv/dispatch

It reads beside a running server and changes nothing. Exit code 4, with file, position and remedy,
when the journal is damaged.";

/// Looks after the journal.
#[derive(Args, Debug)]
pub struct JournalArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Read every record and check gap, hash chain and anchored head
    #[command(after_help = EXAMPLES)]
    Verify,
}

/// Runs `journal …`.
///
/// # Errors
/// The first fault found.
pub fn run(args: &JournalArgs, data: &Path) -> Result<ExitCode, Failure> {
    let What::Verify = args.what;
    let reader = SqliteReader::open(data)?;
    let all = reader.head()?.seq;
    let mut progress = Progress::of("Verifying");
    let head = reader.verify(&mut |done| progress.tell(done, all))?;
    progress.done();
    output::print(&format!("The journal is whole: {} records, head {}\n", head.seq, head.hash))?;
    Ok(ExitCode::SUCCESS)
}
