//! Real dispatch records: reading them by a [`Mapping`], taking them over as handled alerts, and
//! replaying them through the live path.
//!
//! Nothing is invented into completeness. A missing point stays missing; a point that lies before
//! its predecessor is kept as it was read and counted in the report; a call with a bad row is left
//! out whole.

mod columns;
mod fault;
mod form;
mod gather;
mod import;
mod mapping;
mod point;
mod read;
mod rehearse;
pub mod replay;
mod report;
mod row;
mod table;
mod tally;

pub use fault::FileFault;
pub use import::{ImportHistoryArgs, Imported, Stopped, import, prepare, rehearsal, submit_all};
pub use mapping::{Mapping, MappingError};
pub use read::read;
pub use rehearse::{Centre, Figures, Rehearsed, rehearse};
pub use replay::{ReplayArgs, replay};
pub use report::{BadRow, Counts, HistoricCall, Report};
pub use tally::{Count, Tally};
