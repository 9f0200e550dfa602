//! The API over real sockets, told by the people who use it.

pub mod actor;
pub mod house;
pub mod secure;
pub mod visitor;

mod access;
mod access_record;
mod attempts;
mod bad_input;
mod desk_lock;
mod device;
mod district;
mod document;
mod factor;
mod gateway;
mod health;
mod idempotency;
mod import;
mod lifecycle;
mod limits;
mod list;
mod login;
mod origin;
mod overload;
mod password;
mod personal;
mod policy;
mod problem;
mod roles;
mod sessions;
mod setup;
mod statistics;
mod tls;
mod transport;
