//! The shift's hand-over list, which the desk's page makes of the board.

use axum::{extract::State, http::StatusCode};

use crate::{
    domain::{authority::View, event::Export},
    web::{context::Context, disclosure, door::Caller, problem::Fault},
};

/// Records that the hand-over list is printed, by the page that shows it.
#[utoipa::path(
    post, path = "/alerts/handover/export", tag = "alerts",
    responses((status = 204, description = "Recorded"))
)]
pub async fn export(State(context): State<Context>, caller: Caller) -> Result<StatusCode, Fault> {
    caller.check_view(View::Alerts)?;
    let export = Export::of("handover_list", "print", String::new(), None);
    disclosure::export(&context, &caller, export).await?;
    Ok(StatusCode::NO_CONTENT)
}
