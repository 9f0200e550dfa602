//! Response-time figures, with the position they rest on.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Alert, code};
use crate::{
    domain::{Timestamp, Within, id::UnitId, record::Seq},
    statistics::{self, Measure, ProfileRow},
};

/// The answer to a question about response times.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResponseStatistics {
    pub epoch: String,
    pub seq: Seq,
    /// Where every figure's clock starts.
    pub clock_start: &'static str,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub figures: statistics::ResponseStatistics,
}

/// Percentages of a profile.
pub const PROFILE_PERCENTS: [usize; 3] = [50, 90, 95];

/// One measure by group.
#[derive(Debug, Serialize, ToSchema)]
pub struct Profile {
    pub epoch: String,
    pub seq: Seq,
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub to: Timestamp,
    /// As of when open alerts were judged.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    #[schema(value_type = code::Measure)]
    pub measure: Measure,
    pub percents: [usize; 3],
    #[schema(value_type = Vec<Object>)]
    pub rows: Vec<ProfileRow<3>>,
}

/// The alerts behind a figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureAlerts {
    pub epoch: String,
    pub seq: Seq,
    /// The figure: how many there are, shown or not.
    pub total: usize,
    pub alerts: Vec<FigureAlert>,
}

/// One of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureAlert {
    /// The unit whose span it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub unit: Option<UnitId>,
    /// The span measured, in milliseconds; the response where no measure was asked for.
    #[serde(rename = "span_ms")]
    #[schema(value_type = Option<i64>)]
    pub span: Option<Within>,
    #[serde(flatten)]
    pub alert: Alert,
}

/// Integrity hints.
#[derive(Debug, Serialize, ToSchema)]
pub struct Hints {
    pub epoch: String,
    pub seq: Seq,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub hints: statistics::Hints,
}

/// The same handled alerts as they were judged and as another policy would have judged them.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhatIf {
    pub epoch: String,
    pub seq: Seq,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub judged: statistics::WhatIf,
}
