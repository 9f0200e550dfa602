//! The engine: one writer that decides, makes durable, and only then lets anything be seen.
//!
//! [`Core`](core::Core) is the rule of it, synchronous and plain: inputs in, decisions out. The
//! [`Writer`] takes turns around it, on its own thread or in a simulation's loop: it takes all that
//! waits, appends one batch, and releases in order: read board, feed, replies. [`Engine`] is the
//! handle everybody else holds.
//!
//! What is known before a command is the [`Past`](past::Past): the folded state and what each
//! command came to. Live, replayed and read from a snapshot, it is built by the same `apply`.
//!
//! Absent here: HTTP, JSON shapes, and any timer that changes state other than the deadline queue.

pub mod board;
pub mod clock;
pub mod commands;
pub mod core;
pub mod deadlines;
mod evidence;
pub mod feed;
mod handle;
pub mod hindsight;
pub mod limits;
mod mail;
mod manual_clock;
pub mod past;
mod replay;
mod snapshots;
mod subject;
mod writer;

pub use board::{Board, Picture};
pub use feed::{Feed, Published};
pub use handle::{Engine, Position, Submission, SubmitError};
pub use limits::Limits;
pub use past::SNAPSHOT_FORMAT;
pub use writer::Writer;

/// What answers for the whole history.
pub use crate::journal::seal::Seal;
