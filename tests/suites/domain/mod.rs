//! The rules of dispatch, told as timelines on virtual time.

pub mod ask;
mod authority;
pub mod centre;
mod deadline;
mod duplicate;
pub mod model;
pub mod naive;
mod place;
mod play;
mod policy;
pub mod record;
mod time;
mod turn;
mod verdict;
