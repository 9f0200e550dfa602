//! Reclassify: the alert turns out to be something else, or more or less urgent.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        Command,
        classification::{Category, Severity, Tier},
        decide::reclassify::ReclassifyAlert,
    },
    web::{
        extract::{AlertPath, Body},
        submit::{Answer, Counter},
        view::{self, code},
    },
};

/// What it is instead; what is not given stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reclassification {
    #[serde(default)]
    #[schema(value_type = Option<code::Category>)]
    category: Option<Category>,
    #[serde(default)]
    #[schema(value_type = Option<code::Severity>)]
    severity: Option<Severity>,
    /// A supervisor's override of the tier.
    #[serde(default)]
    #[schema(value_type = Option<code::Tier>)]
    tier: Option<Tier>,
    /// Needed for a downgrade.
    #[serde(default)]
    reason: Option<String>,
}

/// Changes category, severity or tier; the clocks keep their start.
#[utoipa::path(
    post, path = "/alerts/{id}/reclassify", tag = "alerts", params(("id" = u32, Path)),
    request_body = Reclassification, responses((status = 200, body = view::Outcome))
)]
pub async fn reclassify(
    counter: Counter,
    AlertPath(alert): AlertPath,
    Body(change): Body<Reclassification>,
) -> Answer {
    let Reclassification { category, severity, tier, reason } = change;
    let command = ReclassifyAlert { alert, category, severity, tier, reason };
    counter.submit(Command::ReclassifyAlert(command)).await
}
