//! The API over real sockets, told by the people who use it.

pub mod actor;
mod alert_report;
pub mod house;
pub mod secure;

mod access;
mod access_record;
mod address;
mod bad_input;
mod configured_limits;
mod credentials;
mod district;
mod document;
mod failure;
mod gateway;
mod headers;
mod health;
mod idempotency;
mod lifecycle;
mod limits;
mod list;
mod login;
mod map;
mod origin;
mod overload;
mod personal;
mod policy;
mod problem;
mod replay;
mod report;
mod roles;
mod setup;
mod statistics;
mod tls;
mod transport;
mod worse_input;
