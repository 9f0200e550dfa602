//! Live push over real sockets: no gap, nothing twice, nothing that is another's.

pub mod viewer;

mod access;
mod follow;
mod fragments;
mod limits;
mod misuse;
mod origins;
mod resume;
mod scope;
mod slow;
mod wire;
