//! One-click logins of a demo. Without accounts named for it there is nothing here.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::session;
use crate::{
    domain::Role,
    web::{
        access::visitor::Visitor,
        context::Context,
        problem::{Fault, Refusal},
    },
};

/// Outside the API: these are links for people.
pub fn routes() -> Router<Context> {
    Router::new().route("/demo/{role}", get(enter))
}

/// Logs in as the demo's account of that role and goes to its page.
async fn enter(
    State(context): State<Context>,
    visitor: Visitor,
    Path(role): Path<String>,
) -> Result<Response, Fault> {
    let mut named = context.settings.demo.iter();
    let (role, name) = named
        .find(|(known, _)| serde_json::to_value(known).is_ok_and(|known| known == role))
        .ok_or(Refusal::NotFound)?;
    let account = context.engine.board().account(name).filter(|account| !account.disabled);
    let account = account.ok_or(Refusal::NotFound)?;
    let opened = session::begin(&context, &visitor, &account, None).await?;
    let headers = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::LOCATION, HeaderValue::from_static(home(*role))),
    ];
    Ok((StatusCode::SEE_OTHER, headers, opened.cookies).into_response())
}

/// The page a role begins with.
fn home(role: Role) -> &'static str {
    match role {
        Role::Operator | Role::Supervisor => "/desk",
        Role::Unit => "/unit",
        Role::Manager | Role::Auditor => "/stats",
        Role::Admin => "/admin",
        Role::Screen => "/wall",
        Role::Gateway | Role::System | Role::Console => "/",
    }
}
