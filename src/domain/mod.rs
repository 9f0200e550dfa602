//! The rules of dispatch, pure: values in, values out.
//!
//! Absent here, on purpose: the clock (every instant is an argument), async, I/O, randomness,
//! logging, HTTP and texts for people.
//!
//! Start at [`decide`]: what may happen. Then [`State::apply`]: what it means that it happened.
//! [`verdict`] is what the whole product is about.

mod access;
pub mod account;
pub mod alert;
pub mod assignment;
pub mod authority;
pub mod classification;
pub mod command;
pub mod deadline;
pub mod decide;
pub mod derivation;
pub mod district;
pub mod duplicate;
pub mod event;
mod fold;
pub mod history;
pub mod id;
pub mod limit;
pub mod patrol;
pub mod place;
pub mod policy;
pub mod record;
pub mod rejection;
pub mod retold;
pub mod sample;
pub mod state;
pub mod time;
pub mod verdict;

pub use account::{Actor, Channel, Role};
pub use alert::{Alert, Stage};
pub use command::Command;
pub use decide::decide;
pub use event::Event;
pub use policy::Policy;
pub use record::{CommandKey, Record, Seq};
pub use rejection::Rejection;
pub use state::{Change, State};
pub use time::{Timestamp, Within};
pub use verdict::Verdict;
