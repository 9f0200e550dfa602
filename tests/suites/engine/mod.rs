//! The engine, told as timelines on virtual time: what is shown, when, and what never is.

mod ask;
mod board;
pub mod centre;
mod clock;
mod commit;
mod core;
mod deadlines;
mod failure;
mod feed;
mod gate;
mod mailbox;
pub mod replay;
mod retry;
mod room;
mod snapshot;
