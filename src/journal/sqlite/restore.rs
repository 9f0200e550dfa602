//! A backup put into an empty data directory.

use std::{fs, path::Path};

use super::{
    backup::{Backup, Manifest, Progress, Stage, refuse_unless_empty},
    staging::{Staging, settle, unwritable},
};
use crate::journal::{
    Epoch, JournalError,
    chain::{Chain, Hash},
    directory::{Files, make_private},
    sqlite::fault::damaged,
};

/// Puts a backup into an empty data directory. It becomes a history of its own from there on: what
/// screens knew of the old one is not mistaken for this.
///
/// # Errors
/// When the backup is not whole, or the data directory is not empty or cannot be written; then it
/// is as it was.
pub fn restore(
    backup: &Path,
    directory: &Path,
    progress: &mut Progress,
) -> Result<Manifest, JournalError> {
    let backup = Backup::find(backup)?;
    let files = Files::of(directory);
    let _lock = files.take()?;
    settle(&files)?;
    let remedy = "move what is in it elsewhere, or name another with --data";
    refuse_unless_empty(directory, remedy)?;
    let staging = Staging::begin(&files)?;
    let end = copy(&backup, &staging, progress)?;
    let epoch = Epoch::random();
    staging.change(|writing| writing.set_epoch(&epoch))?;
    staging.finish(end, &epoch, None, &mut |done| progress(Stage::Checking, done, end.seq()))?;
    Ok(backup.manifest)
}

/// Copies a backup's database into place, and returns its end.
pub(super) fn copy(
    backup: &Backup,
    staging: &Staging,
    progress: &mut Progress,
) -> Result<Chain, JournalError> {
    let from = backup.checked_database(progress)?;
    let head = backup.head();
    let hash = Hash::parse(&head.hash)
        .ok_or_else(|| damaged(from, head.seq, "the manifest's hash is none"))?;
    let to = staging.database();
    fs::copy(from, to).and_then(|_| make_private(to)).map_err(|error| unwritable(to, error))?;
    Ok(Chain::after(head.seq, hash))
}
