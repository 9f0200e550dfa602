//! What the command line takes out, recorded (S22).
//!
//! An export is noted in the data directory, on disk, before its first byte goes out. Whoever serves
//! the directory, now or next, makes a record of the note. The command itself never takes the
//! directory: an export under way must not keep a server from starting.

use std::{
    convert::Infallible,
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::time::{MissedTickBehavior, interval};

use super::{data_directory::wall_clock, failure::Failure};
use crate::{
    domain::{Actor, Channel, Command, decide::access::NoteExport, event::Export, id::CommandId},
    engine::{Engine, Submission, SubmitError},
    journal::directory::{Files, open_private, rename},
};

/// Between two looks for notes.
const LOOKS_EVERY: Duration = Duration::from_secs(1);
/// A note is a few hundred bytes; the longest filter makes it no longer than this.
const NOTE_MAX: u64 = 64 * 1024;

const BEGINNING: &str = "export-";
/// A note that waits to become a record.
const NOTE: &str = "note";
/// A note on its way to disk.
const NEW: &str = "new";
/// What stands where a note should, kept for whoever looks into it.
const UNREAD: &str = "unread";

/// Notes that something is taken out. Nothing is handed over without it.
///
/// # Errors
/// When the note cannot be written.
pub fn note(data: &Path, export: Export) -> Result<(), Failure> {
    leave(data, export).map_err(|error| {
        Failure::new(format!(
            "{} takes no note of this ({error}), and nothing is taken out without one; free some \
             space there, or run it as an account that may write there",
            data.display()
        ))
    })
}

/// Notes it where that can be done: a backup is taken all the more of a disk that is full or fails.
pub fn note_if_possible(data: &Path, export: Export) {
    if let Err(error) = leave(data, export) {
        let data = data.display();
        eprintln!("campus-dispatch: not in the record of access: {data} takes no note ({error})");
    }
}

fn leave(data: &Path, export: Export) -> io::Result<()> {
    if Files::of(data).manifest.exists() {
        eprintln!("campus-dispatch: not in the record of access: a backup is never served");
        return Ok(());
    }
    let export = Export { taken_at: Some(wall_clock()), ..export };
    let id = uuid::Uuid::new_v4().simple();
    let [note, new] = [NOTE, NEW].map(|ending| data.join(format!("{BEGINNING}{id}.{ending}")));
    let left = write(data, &new, &export).and_then(|()| rename(&new, &note));
    if left.is_err() {
        let _ = fs::remove_file(&new);
    }
    left
}

fn write(data: &Path, new: &Path, export: &Export) -> io::Result<()> {
    let mut file = open_private(new, OpenOptions::new().write(true).create_new(true))?;
    file.write_all(&serde_json::to_vec(export)?)?;
    give_to_owner(data, &file)?;
    file.sync_all()
}

/// Root may export what another account serves, which then has to read the note.
#[cfg(unix)]
fn give_to_owner(data: &Path, file: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let (owner, mine) = (fs::metadata(data)?, file.metadata()?);
    if owner.uid() == mine.uid() {
        return Ok(());
    }
    fchown(file, Some(owner.uid()), Some(owner.gid()))
}

#[cfg(not(unix))]
fn give_to_owner(_data: &Path, _file: &File) -> io::Result<()> {
    Ok(())
}

/// Makes records of the notes in a data directory for as long as it is polled.
pub async fn keep(data: PathBuf, engine: Engine) -> Infallible {
    let mut looks = interval(LOOKS_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        let directory = data.clone();
        let notes = tokio::task::spawn_blocking(move || lying(&directory)).await;
        for (path, read) in notes.unwrap_or_default() {
            take_up(&engine, &path, read).await;
        }
    }
}

/// A note with what it says, or why that cannot be told.
type Found = (PathBuf, Result<Export, String>);

/// The notes that lie there. A directory that cannot be read is found out by others.
fn lying(data: &Path) -> Vec<Found> {
    let Ok(entries) = fs::read_dir(data) else { return Vec::new() };
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let is_note = |path: &PathBuf| {
        path.extension() == Some(OsStr::new(NOTE))
            && name(path).is_some_and(|name| name.starts_with(BEGINNING))
    };
    paths
        .filter(is_note)
        .map(|path| {
            let said = read(&path);
            (path, said)
        })
        .collect()
}

fn read(path: &Path) -> Result<Export, String> {
    let found = fs::symlink_metadata(path).map_err(|error| error.to_string())?;
    if !found.is_file() {
        return Err("it is no file".to_owned());
    }
    let mut json = Vec::new();
    let file = File::open(path).map_err(|error| error.to_string())?;
    file.take(NOTE_MAX + 1).read_to_end(&mut json).map_err(|error| error.to_string())?;
    if json.len() as u64 > NOTE_MAX {
        return Err(format!("it is longer than {NOTE_MAX} bytes"));
    }
    serde_json::from_slice(&json).map_err(|error| error.to_string())
}

/// The note's name, which is the command's id: a note that is found again after its record was
/// written, since the power was cut between, makes no second one.
fn name(path: &Path) -> Option<&str> {
    path.file_stem().and_then(OsStr::to_str)
}

async fn take_up(engine: &Engine, path: &Path, read: Result<Export, String>) {
    let Some(id) = name(path).map(CommandId::from) else { return };
    let export = match read {
        Ok(export) => export,
        Err(cause) => return set_aside(path, &cause),
    };
    let (actor, command) =
        (Actor::console(Channel::Console), Command::NoteExport(NoteExport { export }));
    match engine.submit(Submission { actor, id: Some(id), command }).await {
        Ok(_) => {
            if let Err(error) = fs::remove_file(path) {
                tracing::warn!(%error, note = %path.display(), "a recorded note stays");
            }
        }
        Err(
            error @ (SubmitError::Rejected { .. } | SubmitError::IdReused | SubmitError::Failed),
        ) => set_aside(path, &error.to_string()),
        // It lies there until it can be recorded.
        Err(
            SubmitError::Overloaded
            | SubmitError::DiskAlmostFull(_)
            | SubmitError::OutcomeUnknown
            | SubmitError::Stopped,
        ) => {}
    }
}

/// Keeps what cannot become a record out of the way, and says so.
fn set_aside(path: &Path, cause: &str) {
    let aside = path.with_extension(UNREAD);
    let (note, moved) = (aside.display(), rename(path, &aside).err());
    tracing::error!(
        cause, %note, ?moved,
        "an export by the command line left a note that cannot be recorded; it was set aside"
    );
}
