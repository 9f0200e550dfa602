//! Whether the server lives, and whether it takes commands.

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::web::context::Context;

/// How the server is.
#[derive(Serialize, ToSchema)]
struct Health {
    /// `live`, `ready`, `disk_almost_full` or `stopping`.
    status: &'static str,
    /// Why no commands are taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Where probes look.
pub fn routes() -> Router<Context> {
    Router::new().route("/health/live", get(live)).route("/health/ready", get(ready))
}

/// The same within the API.
pub fn api_routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(live)).routes(routes!(ready))
}

/// The process answers.
#[utoipa::path(get, path = "/health/live", tag = "health", responses((status = 200, body = Health)))]
async fn live() -> Json<Health> {
    Json(Health { status: "live", reason: None })
}

/// Commands are taken. 503 once the journal could not be written, while stopping, and while the
/// disk is almost full.
#[utoipa::path(
    get, path = "/health/ready", tag = "health",
    responses((status = 200, body = Health), (status = 503, body = Health))
)]
async fn ready(State(context): State<Context>) -> (StatusCode, Json<Health>) {
    let unready =
        |status, reason| (StatusCode::SERVICE_UNAVAILABLE, Json(Health { status, reason }));
    if !context.engine.is_ready() {
        return unready("stopping", None);
    }
    match context.engine.shortage() {
        Some(shortage) => unready("disk_almost_full", Some(shortage.to_string())),
        None => (StatusCode::OK, Json(Health { status: "ready", reason: None })),
    }
}
