//! What can be wrong with a journal, cut by what the caller must do next.

use std::path::PathBuf;

use crate::domain::record::Seq;

/// A journal's failure.
#[derive(Clone, Debug, thiserror::Error)]
pub enum JournalError {
    /// The batch does not follow the head: a programming error, nothing was written.
    #[error("a batch begins at seq {found} where {expected} follows")]
    Gap { expected: Seq, found: Seq },
    /// A record of the batch would not be read back as it is; nothing was written.
    #[error("the record at seq {seq} cannot be written: {cause}")]
    Unwritable { seq: Seq, cause: String },
    /// An append failed. Whether it happened is unknown until the next start.
    #[error(
        "writing the journal failed, and whether the last commands were kept is not known: {cause}"
    )]
    OutcomeUnknown { cause: String },
    /// An earlier append failed; this value writes no more.
    #[error("the journal writes no more after a failed append; restart to go on")]
    Poisoned,
    /// Another process has the data directory.
    #[error("{} is in use by another campus-dispatch; stop it, or name another directory with --data", path.display())]
    InUse { path: PathBuf },
    /// The journal was written by a newer release.
    #[error("{} has journal format {found}, and this release reads up to {known}; use the newer release", path.display())]
    NewerFormat { path: PathBuf, found: u32, known: u32 },
    /// What is on disk is not what was written. Position 0 stands for the file as a whole.
    #[error("{} is damaged at seq {seq}: {what}. See `campus-dispatch journal verify`, and bring in a backup with `campus-dispatch journal repair`", path.display())]
    Damaged { path: PathBuf, seq: Seq, what: String },
    /// The storage could not be opened or read.
    #[error("{}: {cause}", path.display())]
    Storage { path: PathBuf, cause: String },
}
