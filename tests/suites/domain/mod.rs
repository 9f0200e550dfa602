//! The rules of dispatch, told as timelines on virtual time.

pub mod ask;
pub mod centre;
pub mod model;
pub mod naive;
mod play;
