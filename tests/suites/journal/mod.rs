//! The journal floor: one contract, run on every adapter, and what is an adapter's own.

mod contract;
mod damage;
mod memory;
mod records;
mod snapshot;
mod sqlite;
