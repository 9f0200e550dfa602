//! Response-time figures over handled alerts. Every figure is derived from time points at the
//! moment of asking; nothing is averaged, and percentiles are exact.
//!
//! Absent here: HTTP and any change of state.

mod bucket;
mod fact;
mod group;
mod interval;
mod lot;
mod on_post;
mod percentile;
mod query;
mod response;
mod visit;
mod what_if;

pub use bucket::{Bucket, Buckets};
pub use fact::{Fact, LeftOut};
pub use group::Grouping;
pub use lot::draw;
pub use on_post::{PostTime, post_time};
pub use percentile::Percentiles;
pub use query::{Filter, Query};
pub use response::{
    Arrivals, ArrivalsWithin, Before, LeftOutCounts, PolicyShare, ResponseRow, ResponseStatistics,
    response, response_of,
};
pub use visit::{Visits, visits};
pub use what_if::{WhatIf, what_if};
