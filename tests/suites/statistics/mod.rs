//! Response-time figures, on alerts that lived through a whole engine on virtual time.

mod centre;
mod chance;
mod columns;
mod hints;
mod lot;
mod naive;
mod on_post;
pub mod read_back;
mod response;
mod visit;
mod what_if;
