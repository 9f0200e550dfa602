//! Response-time figures, with the position they rest on.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{domain::record::Seq, statistics};

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
