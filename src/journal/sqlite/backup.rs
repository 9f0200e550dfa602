//! A copy of the journal, taken while a server writes it: a directory with the database, its anchor
//! and a manifest. The manifest comes last, so what has one is whole.
//!
//! The copy is SQLite's own, page by page out of one read transaction. Copying the file instead
//! would miss what is in the write-ahead log, and closing it would drop SQLite's locks.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read},
    path::{Path, PathBuf},
};

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::{
    Connection,
    backup::{Backup as PageCopy, StepResult},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    anchor::{Anchor, AnchorFile},
    fault::{damaged, fault},
    reader::{SqliteReader, check_anchor, last, read_anchor},
    schema,
    staging::unwritable,
};
use crate::{
    domain::record::Seq,
    journal::{
        Epoch, Head, JournalError, JournalReader, Shortage,
        chain::Chain,
        directory::{Files, create_directory, open_private, refused, replace_file, sync_directory},
        room,
    },
};

/// The version of the manifest this release writes, and the newest it reads.
const FORMAT: u32 = 1;

/// Pages copied between two calls of `progress`.
const PAGES_AT_ONCE: i32 = 1_024;

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The manifest's own version.
    pub backup: u32,
    /// The journal's format.
    pub format: u32,
    /// The release that took it.
    pub release: String,
    pub epoch: String,
    /// The last record in it.
    pub seq: Seq,
    /// That record's hash.
    pub hash: String,
    pub taken_at: DateTime<Utc>,
    pub files: Vec<FileSum>,
}

/// One file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSum {
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
}

/// A backup that was found.
#[derive(Clone, Debug)]
pub struct Backup {
    pub manifest: Manifest,
    files: Files,
}

/// What a long work is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Pages are copied.
    Copying,
    /// Records are read and checked.
    Checking,
    /// Bytes are read for their checksum.
    Summing,
}

/// Told now and then: what it is at, how much is done, and of how much.
pub type Progress<'a> = dyn FnMut(Stage, u64, u64) + 'a;

impl SqliteReader {
    /// Copies the journal as it is this moment into a new or empty directory, reads the whole copy,
    /// and writes the manifest. A server goes on meanwhile.
    ///
    /// # Errors
    /// When the journal or its copy is damaged, or the storage refuses; then nothing is left.
    pub fn back_up(&self, to: &Path, progress: &mut Progress) -> Result<Manifest, JournalError> {
        let was_there = to.exists();
        if was_there {
            refuse_unless_empty(to, "name a new or empty directory for the backup")?;
        } else {
            create_directory(to).map_err(|error| unwritable(to, error))?;
        }
        let files = Files::of(to);
        let taken = self.check_room(to).and_then(|()| self.copy_into(&files, progress));
        if taken.is_err() {
            for path in [&files.database, &files.anchor, &files.write_ahead_log, &files.log_index] {
                let _ = fs::remove_file(path);
            }
            if !was_there {
                let _ = fs::remove_dir(to);
            }
        }
        taken
    }

    /// A backup may be on the server's own disk, which must not be full after it.
    fn check_room(&self, to: &Path) -> Result<(), JournalError> {
        let Files { database, write_ahead_log, .. } = self.files();
        let length = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
        let needed = length(database) + length(write_ahead_log);
        room::check(to, needed, room::DEFAULT_RESERVE).map_err(|Shortage { free, reserve, .. }| {
            let mib = |bytes: u64| bytes.div_ceil(1 << 20);
            let cause = format!(
                "{} MiB are free on its disk, and the backup needs {} MiB and leaves {} MiB; name \
                 another",
                free >> 20,
                mib(needed),
                mib(reserve)
            );
            refused(to, cause)
        })
    }

    fn copy_into(&self, to: &Files, progress: &mut Progress) -> Result<Manifest, JournalError> {
        let from = self.files();
        // Read first: it cannot tell of more than the copy has.
        let told = read_anchor(from)?;
        let (epoch, end) = self.with(|connection| {
            let failed = |error| fault(&from.database, 0, error);
            // Within one read transaction the copy is of one moment and never begins again.
            connection.execute_batch("BEGIN").map_err(failed)?;
            let copied = (|| {
                let epoch = schema::check(connection, &from.database)?;
                let end = last(connection, &from.database)?;
                check_anchor(connection, from, &told, &epoch, end)?;
                copy_pages(connection, &to.database, progress)?;
                Ok((epoch, end))
            })();
            connection.execute_batch("COMMIT").map_err(failed)?;
            copied
        })?;
        let anchor = Anchor { seq: end.seq(), hash: end.hash(), epoch: epoch.clone() };
        AnchorFile::create(&to.anchor, &anchor).map_err(|error| unwritable(&to.anchor, error))?;
        check_copy(to, end, progress)?;
        let manifest = Manifest {
            backup: FORMAT,
            format: schema::FORMAT,
            release: env!("CARGO_PKG_VERSION").to_owned(),
            epoch: epoch.0,
            seq: end.seq(),
            hash: end.hash().to_string(),
            taken_at: Utc::now(),
            files: vec![sum(&to.database, progress)?, sum(&to.anchor, progress)?],
        };
        manifest.write(&to.manifest)?;
        Ok(manifest)
    }
}

impl Backup {
    /// Finds a backup and reads its manifest.
    ///
    /// # Errors
    /// When there is none, or it was taken by a newer release.
    pub fn find(directory: &Path) -> Result<Self, JournalError> {
        let files = Files::of(directory);
        let path = &files.manifest;
        let bytes = fs::read(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => refused(
                path,
                "it is missing: this is no backup, or one that was not finished; name another",
            ),
            _ => refused(path, error),
        })?;
        let unreadable = |error| damaged(path, 0, format!("it cannot be read: {error}"));
        let Versions { backup, format } = serde_json::from_slice(&bytes).map_err(unreadable)?;
        for (found, known) in [(backup, FORMAT), (format, schema::FORMAT)] {
            if found > known {
                return Err(JournalError::NewerFormat { path: path.clone(), found, known });
            }
        }
        let manifest = serde_json::from_slice(&bytes).map_err(unreadable)?;
        Ok(Self { manifest, files })
    }

    /// Which history it is of.
    pub fn epoch(&self) -> Epoch {
        Epoch(self.manifest.epoch.clone())
    }

    /// Its end.
    pub fn head(&self) -> Head {
        Head { seq: self.manifest.seq, hash: self.manifest.hash.clone() }
    }

    /// Its database, after every file's checksum was found right.
    pub(super) fn checked_database(&self, progress: &mut Progress) -> Result<&Path, JournalError> {
        for told in &self.manifest.files {
            // A name, never a path: a manifest may come from anywhere.
            let path = [&self.files.database, &self.files.anchor]
                .into_iter()
                .find(|path| path.file_name().is_some_and(|name| *name == *told.name))
                .ok_or_else(|| {
                    let what = format!("it tells of \"{}\", which no backup has", told.name);
                    damaged(&self.files.manifest, 0, what)
                })?;
            if sum(path, progress)? != *told {
                let what = "it is not the file the manifest tells of; name another backup";
                return Err(damaged(path, 0, what));
            }
        }
        Ok(&self.files.database)
    }
}

impl Manifest {
    fn write(&self, path: &Path) -> Result<(), JournalError> {
        let mut text = serde_json::to_vec_pretty(self).map_err(|error| refused(path, error))?;
        text.push(b'\n');
        replace_file(path, &[&text]).map_err(|error| unwritable(path, error))
    }
}

#[derive(Deserialize)]
struct Versions {
    backup: u32,
    format: u32,
}

/// Refuses a directory that has anything in it but a data directory's lock.
pub(super) fn refuse_unless_empty(directory: &Path, remedy: &str) -> Result<(), JournalError> {
    let unreadable = |error: io::Error| refused(directory, error);
    for entry in fs::read_dir(directory).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name();
        if name != "lock" && name != "lost+found" {
            let cause = format!("it is not empty (\"{}\"); {remedy}", name.to_string_lossy());
            return Err(refused(directory, cause));
        }
    }
    Ok(())
}

/// What a directory made this moment is called.
pub(super) fn stamp() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true).replace(':', "")
}

fn copy_pages(from: &Connection, to: &Path, progress: &mut Progress) -> Result<(), JournalError> {
    let failed = |error| fault(to, 0, error);
    let mut options = OpenOptions::new();
    open_private(to, options.write(true).create_new(true))
        .map_err(|error| unwritable(to, error))?;
    let mut copy = Connection::open(to).map_err(failed)?;
    {
        let pages = PageCopy::new(from, &mut copy).map_err(failed)?;
        while pages.step(PAGES_AT_ONCE).map_err(failed)? != StepResult::Done {
            let now = pages.progress();
            let count = |pages: i32| u64::try_from(pages).unwrap_or(0);
            progress(Stage::Copying, count(now.pagecount - now.remaining), count(now.pagecount));
        }
    }
    copy.close().map_err(|(_, error)| failed(error))?;
    let synced = File::open(to).and_then(|file| file.sync_all());
    synced.map_err(|error| unwritable(to, error))
}

fn check_copy(to: &Files, end: Chain, progress: &mut Progress) -> Result<(), JournalError> {
    let head = SqliteReader::open(&to.directory)?
        .verify(&mut |done| progress(Stage::Checking, done, end.seq()))?;
    // Reading made these; the copy is whole without them.
    for leftover in [&to.write_ahead_log, &to.log_index] {
        let _ = fs::remove_file(leftover);
    }
    sync_directory(&to.directory).map_err(|error| unwritable(&to.directory, error))?;
    if head == end.head() {
        Ok(())
    } else {
        Err(damaged(&to.database, head.seq, "the copy does not end where the journal did"))
    }
}

fn sum(path: &PathBuf, progress: &mut Progress) -> Result<FileSum, JournalError> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => damaged(path, 0, "the file is missing"),
        _ => refused(path, error),
    };
    let mut file = File::open(path).map_err(unreadable)?;
    let bytes = file.metadata().map_err(unreadable)?.len();
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    let mut done = 0;
    loop {
        let read = file.read(&mut buffer).map_err(unreadable)?;
        if read == 0 {
            break;
        }
        digest.update(&buffer[..read]);
        done += read as u64;
        progress(Stage::Summing, done, bytes);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(FileSum { name, bytes: done, sha256: hex::encode(digest.finalize()) })
}
