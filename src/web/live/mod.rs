//! Live push: a hello, a snapshot or the records since, then one frame per record, without a gap.
//!
//! One shared [`Log`] holds the recent records with their encoded frames; a connection is a cursor
//! into it, not a queue. A frame is encoded once per shared audience. What waits goes out in one
//! flush. A reader that falls too far behind costs nobody anything: it is told so and gets a new
//! snapshot; one that does not read at all is closed by name.
//!
//! Absent here: a task or queue per message, and anything that could make the writer wait.

mod close;
mod connection;
mod encoding;
pub mod frame;
mod log;
mod seats;
mod snapshot;
mod start;

pub use connection::{Viewer, serve};
pub use log::Log;
pub use seats::Seats;
pub use snapshot::Snapshots;
pub use start::Since;
