//! Hazards that cannot be fixed on the spot.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        Command, Timestamp,
        decide::{defer_hazard::DeferHazard, fix_hazard::FixHazard},
    },
    web::{
        extract::{AlertPath, Body},
        submit::{Answer, Counter},
        view,
    },
};

/// What is done until it is fixed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Deferral {
    /// The temporary measure.
    measure: String,
    /// Who was told.
    informed: String,
    #[schema(value_type = String, format = DateTime)]
    due_at: Timestamp,
}

/// How it was fixed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Fix {
    text: String,
}

/// Defers a hazard: it stays visible until it is fixed.
#[utoipa::path(
    post, path = "/alerts/{id}/defer-hazard", tag = "alerts", params(("id" = u32, Path)),
    request_body = Deferral, responses((status = 200, body = view::Outcome))
)]
pub async fn defer(
    counter: Counter,
    AlertPath(alert): AlertPath,
    Body(Deferral { measure, informed, due_at }): Body<Deferral>,
) -> Answer {
    counter.submit(Command::DeferHazard(DeferHazard { alert, measure, informed, due_at })).await
}

/// Records that a deferred hazard is fixed.
#[utoipa::path(
    post, path = "/alerts/{id}/fix-hazard", tag = "alerts", params(("id" = u32, Path)),
    request_body = Fix, responses((status = 200, body = view::Outcome))
)]
pub async fn fix(
    counter: Counter,
    AlertPath(alert): AlertPath,
    Body(Fix { text }): Body<Fix>,
) -> Answer {
    counter.submit(Command::FixHazard(FixHazard { alert, text })).await
}
