//! A report, as every form of it shows it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::statistics::report;

/// Title, footing and sections; each section a table of typed columns with its definition.
#[derive(Debug, Serialize, ToSchema)]
pub struct Report {
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub report: report::Report,
}
