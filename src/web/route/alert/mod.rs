//! Alerts: a file per group of verbs that answer for one another.

mod alarm;
mod detail;
mod dispatch;
mod duplicates;
mod ending;
mod evidence;
mod handover;
mod hazard;
mod list;
mod merge;
mod policy;
mod raise;
mod reclassify;
mod report;
mod supervise;

use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::web::context::Context;

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(raise::raise, list::list))
        .routes(routes!(duplicates::duplicates))
        .routes(routes!(handover::export))
        .routes(routes!(detail::detail))
        .routes(routes!(policy::policy))
        .routes(routes!(evidence::report))
        .routes(routes!(evidence::export))
        .routes(routes!(evidence::proof))
        .routes(routes!(dispatch::dispatch))
        .routes(routes!(reclassify::reclassify))
        .routes(routes!(report::note))
        .routes(routes!(report::feedback))
        .routes(routes!(alarm::see))
        .routes(routes!(ending::resolve))
        .routes(routes!(ending::close))
        .routes(routes!(ending::reopen))
        .routes(routes!(ending::cancel))
        .routes(routes!(merge::merge))
        .routes(routes!(merge::unmerge))
        .routes(routes!(supervise::turn_actual))
        .routes(routes!(supervise::excuse))
        .routes(routes!(supervise::correct))
        .routes(routes!(hazard::defer))
        .routes(routes!(hazard::fix))
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Reason {
    reason: String,
}
