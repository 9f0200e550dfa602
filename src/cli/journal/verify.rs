//! `journal verify`: is the record what was written?

use std::{path::Path, process::ExitCode};

use crate::{
    cli::{failure::Failure, output, progress::Progress},
    journal::{
        JournalReader,
        seal::{Seal, Sealer},
        sqlite::SqliteReader,
    },
};

pub const EXAMPLES: &str = "\
Examples:
  campus-dispatch journal verify --data /srv/dispatch

It reads beside a running server and changes nothing. Exit code 4, with file, position and remedy,
when the journal is damaged.";

/// Runs `journal verify`.
///
/// # Errors
/// The first fault found.
pub fn run(data: &Path) -> Result<ExitCode, Failure> {
    let reader = SqliteReader::open(data)?;
    let all = reader.head()?.seq;
    let mut progress = Progress::of("Verifying");
    let head = reader.verify(&mut |done| progress.tell(done, all))?;
    progress.done();
    let Seal { digest, .. } = Sealer::of(&reader, head.seq)?.seal();
    output::print(&format!(
        "The journal is whole: {} records, head {}\nIts seal, to compare proofs with: {digest}\n",
        head.seq, head.hash
    ))?;
    Ok(ExitCode::SUCCESS)
}
