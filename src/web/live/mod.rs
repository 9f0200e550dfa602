//! Live push: a hello, a snapshot or the records since, then one frame per record, without a gap.
//!
//! One shared [`Log`] holds the recent records with their encoded frames: a record is encoded once
//! per shared audience. The [`sweeper`] lays them on a [`tape`] for each audience and writes to all
//! sockets; a socket is a place on the tape, not a queue, and what waits for it goes out in one
//! write. Its own task ([`connection`]) only reads, opens and says goodbye. A reader that falls too
//! far behind costs nobody anything: it is told so and gets a new snapshot; one that does not read
//! at all is closed by name.
//!
//! Absent here: a task, queue or copy per message and socket, and anything that could make the
//! writer wait.

mod close;
mod connection;
mod encoding;
pub mod frame;
mod hearing;
mod inbox;
mod log;
mod outbox;
mod push;
mod seats;
mod snapshot;
mod socket;
mod start;
mod sweeper;
mod tape;
mod wire;

pub use connection::serve;
pub use log::Log;
pub use push::Push;
pub use seats::Seats;
pub use snapshot::Snapshots;
pub use socket::Viewer;
pub use start::Since;
