//! The rules of dispatch, told as timelines on virtual time.

pub mod ask;
pub mod centre;
mod model;
mod naive;
mod play;
