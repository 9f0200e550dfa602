//! The journal floor: one contract, run on every adapter, and what is an adapter's own.

mod backup;
mod contract;
mod damage;
mod every_bit;
mod memory;
mod records;
mod repair;
mod snapshot;
mod sqlite;
mod synced;
