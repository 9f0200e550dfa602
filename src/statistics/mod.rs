//! Response-time figures over handled alerts. Nothing is averaged, and percentiles are exact.
//!
//! [`Facts`] keeps every alert's figures as [`Columns`], time-sorted and packed, built from the
//! board and kept up by the feed; a question goes through them and not through the alerts:
//! [`Columns::response`] answers it with everything by group, [`Columns::profile`] with one measure
//! by group, [`Columns::alerts_of`] with the alerts behind one figure. What an alert contributes is
//! its [`Fact`], derived from time points alone.
//!
//! Absent here: HTTP and any change of state.

mod aside;
mod bucket;
mod columns;
mod fact;
mod facts;
mod figure;
mod gather;
mod group;
mod hints;
mod interval;
mod lot;
mod measure;
mod on_post;
mod percentile;
mod profile;
mod query;
pub mod report;
mod response;
mod spans;
mod visit;
mod what_if;

pub use aside::aside;
pub use bucket::{Bucket, Buckets};
pub use columns::Columns;
pub use fact::{Fact, LeftOut, SentFact};
pub use facts::Facts;
pub use figure::{Behind, Figure, Listed};
pub use group::Grouping;
pub use hints::{Hint, HintKind, Hints};
pub use interval::wilson;
pub use lot::draw;
pub use measure::Measure;
pub use on_post::{PostTime, post_time};
pub use percentile::Percentiles;
pub use profile::ProfileRow;
pub use query::{Filter, Query};
pub use response::{
    Arrivals, ArrivalsWithin, Before, Endings, LeftOutCounts, PolicyShare, ResponseRow,
    ResponseStatistics,
};
pub use visit::{Visits, visits};
pub use what_if::{WhatIf, WhatIfRow};
