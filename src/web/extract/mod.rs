//! What a request says, decoded strictly: an unknown field, a doubled key or a byte too many is
//! refused, with the path to it.

mod body;
mod control;
mod depth;
mod key;
mod path;
mod query;
mod upgrade;

pub use body::{Body, OptionalBody, read_bounded};
pub use key::IdempotencyKey;
pub use path::{AlertPath, AssignmentPath, NamePath, SamplePath};
pub use query::Query;
pub use upgrade::Upgrade;
