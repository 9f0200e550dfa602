//! The data directory: what lies in it, who may read it, and that only one process writes it.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use super::{JournalError, mounts::network_file_system};

/// Where the journal's files lie.
#[derive(Clone, Debug)]
pub struct Files {
    pub directory: PathBuf,
    /// The records.
    pub database: PathBuf,
    /// Commits on their way into the database; SQLite names it.
    pub write_ahead_log: PathBuf,
    /// SQLite's index of it, which is made anew when it is missing.
    pub log_index: PathBuf,
    /// The head as last told; see [`super::sqlite`].
    pub anchor: PathBuf,
    /// A state to start from; see [`super::snapshot`].
    pub snapshot: PathBuf,
    /// Says that this is a backup and what is in it.
    pub manifest: PathBuf,
    /// A restored or repaired journal on its way in.
    pub incoming: PathBuf,
    lock: PathBuf,
}

impl Files {
    /// The files of a data directory.
    pub fn of(directory: &Path) -> Self {
        Self {
            directory: directory.to_owned(),
            database: directory.join("journal.db"),
            write_ahead_log: directory.join("journal.db-wal"),
            log_index: directory.join("journal.db-shm"),
            anchor: directory.join("head.anchor"),
            snapshot: directory.join("snapshot"),
            manifest: directory.join("manifest.json"),
            incoming: directory.join("incoming"),
            lock: directory.join("lock"),
        }
    }

    /// Whether what is written is still found under its name: a file that was removed is written on
    /// without complaint, and gone with the process.
    ///
    /// # Errors
    /// Which one is not.
    pub fn check_in_place(&self) -> io::Result<()> {
        for path in [&self.database, &self.write_ahead_log, &self.anchor] {
            if !path.try_exists()? {
                let gone = format!("{} was removed or renamed while serving", path.display());
                return Err(io::Error::new(ErrorKind::NotFound, gone));
            }
        }
        Ok(())
    }

    /// Makes the directory where it is missing, readable by its owner only, and takes it for this
    /// process until the lock is dropped.
    ///
    /// # Errors
    /// When another process has it, or it is no directory that can be written.
    pub fn take(&self) -> Result<DirectoryLock, JournalError> {
        let path = &self.directory;
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(refused(path, "it is not a directory; name one with --data")),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                create_directory(path).map_err(|error| {
                    refused(path, format!("it cannot be created ({error}); {REMEDY}"))
                })?
            }
            Err(error) => return Err(refused(path, format!("{error}; {REMEDY}"))),
        }
        if let Some(kind) = network_file_system(path) {
            let cause = format!(
                "it lies on a network file system ({kind}), where locks and syncs cannot be \
                 trusted; name a directory on a local disk with --data"
            );
            return Err(refused(path, cause));
        }
        let file = open_private(&self.lock, OpenOptions::new().write(true).create(true))
            .map_err(|error| refused(path, format!("it cannot be written ({error}); {REMEDY}")))?;
        match file.try_lock() {
            Ok(()) => Ok(DirectoryLock { file }),
            Err(TryLockError::WouldBlock) => Err(JournalError::InUse { path: path.clone() }),
            Err(TryLockError::Error(error)) => {
                Err(refused(path, format!("it cannot be locked ({error}); {REMEDY}")))
            }
        }
    }
}

const REMEDY: &str =
    "let this account read and write it, or name another directory on a local disk with --data";

/// Holds a data directory for this process.
#[derive(Debug)]
pub struct DirectoryLock {
    file: File,
}

impl Drop for DirectoryLock {
    /// Closing alone would leave the lock with a child process that is just being started and has
    /// not let go of its copies of our files yet.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

/// A storage failure at `path`.
pub fn refused(path: &Path, cause: impl ToString) -> JournalError {
    JournalError::Storage { path: path.to_owned(), cause: cause.to_string() }
}

/// Opens a file that only its owner may read, whatever the umask.
pub fn open_private(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    let file = options.open(path)?;
    make_private(path)?;
    Ok(file)
}

/// Takes a file from everybody but its owner.
pub fn make_private(path: &Path) -> io::Result<()> {
    set_mode(path, 0o600)
}

/// Writes a file whole or not at all: a reader finds the old one or the new one.
pub fn replace_file(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let new = PathBuf::from(new);
    let written = write_file(&new, parts);
    if written.is_err() {
        // On a full disk the half would take what is left.
        let _ = fs::remove_file(&new);
    }
    written?;
    rename(&new, path)
}

fn write_file(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let mut file = open_private(path, OpenOptions::new().write(true).create(true).truncate(true))?;
    for part in parts {
        io::Write::write_all(&mut file, part)?;
    }
    file.sync_all()
}

/// Renames a file so that the new name outlasts a power cut.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    to.parent().map_or(Ok(()), sync_directory)
}

/// Makes a directory that only its owner may enter.
pub fn create_directory(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)?;
    set_mode(path, 0o700)?;
    // Above, this account may be allowed to pass through only.
    let _ = path.canonicalize()?.parent().map(sync_directory);
    Ok(())
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

/// Makes the names in a directory outlast a power cut.
#[cfg(unix)]
pub fn sync_directory(path: &Path) -> io::Result<()> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    File::open(path)?.sync_all()
}

#[cfg(not(unix))]
pub fn sync_directory(_path: &Path) -> io::Result<()> {
    Ok(())
}
