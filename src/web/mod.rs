//! The web floor: HTTP under `/api/v1`, live push, and the embedded screens.
//!
//! Every request passes the same way: [`observe`] gives it an id and a log line, [`problem`] puts
//! refusals into the caller's words, [`door`] finds out who calls, [`extract`] decodes what is
//! asked, a [`route`] makes a command of it, and [`submit`] hands that to the engine. What is
//! answered is shaped in [`view`]. [`live`] follows the engine's feed and pushes it.
//!
//! Absent here: rules (they are the domain's), the journal, SQL, and any change of state that is
//! not a command.

pub mod access;
mod address;
mod around;
mod asset;
pub mod audience;
mod context;
mod crowd;
pub mod disclosure;
mod door;
mod encryption;
mod extract;
mod header;
pub mod limits;
mod line;
mod live;
mod observe;
mod pace;
pub mod problem;
mod refusals;
mod route;
pub mod secret;
mod server;
mod settings;
mod submit;
pub mod view;

pub use access::AccessRules;
pub use encryption::{Encryption, Identity};
pub use limits::Limits;
pub use route::Site;
pub use server::{Entrance, TURNED_AWAY_AT_ONCE, accept, serve};
pub use settings::{Settings, SetupToken, Tiles};
