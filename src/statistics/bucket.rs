//! The tables the weekly bulletin prints: how many reached a step within fixed limits.

use serde::Serialize;

/// Counts within each limit; a later limit includes the earlier ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Buckets {
    /// Acknowledged within, from dispatch.
    pub acknowledgement: Vec<Bucket>,
    /// En route within, from dispatch.
    pub turnout: Vec<Bucket>,
    /// Result reported within, from the first dispatch.
    pub feedback: Vec<Bucket>,
    /// Arrived within, from receipt.
    pub arrival: Vec<Bucket>,
}

/// Of how many measured spans, so many were at most this long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bucket {
    pub within_seconds: i64,
    pub count: usize,
    pub n: usize,
}

pub(super) const ACKNOWLEDGEMENT: [i64; 4] = [30, 60, 120, 180];
pub(super) const TURNOUT: [i64; 4] = [300, 600, 900, 1800];
pub(super) const FEEDBACK: [i64; 4] = [1800, 3600, 7200, 14_400];
pub(super) const ARRIVAL: [i64; 5] = [60, 180, 300, 480, 600];
