//! Whether the server lives, and whether it takes commands.

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::web::context::Context;

/// How the server is.
#[derive(Serialize, ToSchema)]
struct Health {
    /// `live`, `ready` or `stopping`.
    status: &'static str,
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
    Json(Health { status: "live" })
}

/// Commands are taken. 503 once the journal could not be written, or while stopping.
#[utoipa::path(
    get, path = "/health/ready", tag = "health",
    responses((status = 200, body = Health), (status = 503, body = Health))
)]
async fn ready(State(context): State<Context>) -> (StatusCode, Json<Health>) {
    if context.engine.is_ready() {
        (StatusCode::OK, Json(Health { status: "ready" }))
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, Json(Health { status: "stopping" }))
    }
}
