//! `backup` and `restore`: a copy of the journal taken beside a running server, and put back.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use super::{
    data_directory::check_file_system, disclosure, failure::Failure, output, progress::Progress,
};
use crate::{
    domain::event::Export,
    journal::sqlite::{
        SqliteReader,
        backup::{Manifest, Stage},
        restore,
    },
};

const BACKUP_EXAMPLES: &str = "\
Examples:
  campus-dispatch backup /backup/monday --data /srv/dispatch

A server may go on writing meanwhile: the copy is the journal as it was at one moment, read again
from its first record to its last before the manifest is written. A directory without manifest.json
is an unfinished backup. It holds what the journal holds, callers' phone numbers included, so that it
was taken stands in the record of access.";

const RESTORE_EXAMPLES: &str = "\
Examples:
  campus-dispatch restore /backup/monday --data /srv/dispatch-new

The data directory must be missing or empty; a damaged one is mended by
`campus-dispatch journal repair --from BACKUP`, which also keeps what followed the backup.";

/// Takes a backup.
#[derive(Args, Debug)]
#[command(after_help = BACKUP_EXAMPLES)]
pub struct BackupArgs {
    /// A new or empty directory for the backup
    #[arg(value_name = "DIR")]
    to: PathBuf,
}

/// Restores one.
#[derive(Args, Debug)]
#[command(after_help = RESTORE_EXAMPLES)]
pub struct RestoreArgs {
    /// The directory of the backup
    #[arg(value_name = "DIR")]
    from: PathBuf,
}

/// Runs `backup`.
///
/// # Errors
/// When the journal is damaged or the backup cannot be written.
pub fn back_up(args: &BackupArgs, data: &Path) -> Result<ExitCode, Failure> {
    let mut stages = Stages::default();
    let reader = SqliteReader::open(data)?;
    let rows = reader.head().ok().map(|head| head.seq);
    disclosure::note_if_possible(data, Export::of("backup", "sqlite", String::new(), rows));
    let manifest = reader.back_up(&args.to, &mut stages.tell())?;
    stages.done();
    tell("Backed up", &manifest)
}

/// Runs `restore`.
///
/// # Errors
/// When the backup is not whole, or the data directory is not empty.
pub fn bring_back(args: &RestoreArgs, data: &Path) -> Result<ExitCode, Failure> {
    check_file_system(data)?;
    let mut stages = Stages::default();
    let manifest = restore(&args.from, data, &mut stages.tell())?;
    stages.done();
    tell("Restored", &manifest)
}

fn tell(what: &str, manifest: &Manifest) -> Result<ExitCode, Failure> {
    let Manifest { seq, hash, taken_at, .. } = manifest;
    let taken_at = taken_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    output::print(&format!("{what}: {seq} records, head {hash}, taken at {taken_at}\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// The progress of work in stages, a bar for each.
#[derive(Default)]
pub struct Stages(Option<(Stage, Progress)>);

impl Stages {
    /// Where the work tells what it is at.
    pub fn tell(&mut self) -> impl FnMut(Stage, u64, u64) + '_ {
        |stage, done, all| {
            if self.0.as_ref().is_none_or(|(now, _)| *now != stage) {
                self.done();
                let what = match stage {
                    Stage::Copying => "Copying",
                    Stage::Checking => "Checking",
                    Stage::Summing => "Summing",
                };
                self.0 = Some((stage, Progress::of(what)));
            }
            if let Some((_, progress)) = &mut self.0 {
                progress.tell(done, all);
            }
        }
    }

    /// It is over.
    pub fn done(&mut self) {
        if let Some((_, mut progress)) = self.0.take() {
            progress.done();
        }
    }
}
