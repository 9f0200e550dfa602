//! The policy one alert is judged by, which may be a former one.

use axum::{Json, extract::State};

use crate::{
    domain::{Policy, Rejection, authority::View},
    web::{context::Context, door::Caller, extract::AlertPath, problem::Fault, view},
};

/// The policy an alert is judged by: the one that governed when it was received, whatever was
/// adopted since.
#[utoipa::path(
    get, path = "/alerts/{id}/policy", tag = "alerts", params(("id" = u32, Path)),
    responses((status = 200, body = view::Policy))
)]
pub async fn policy(
    State(context): State<Context>,
    caller: Caller,
    AlertPath(id): AlertPath,
) -> Result<Json<Policy>, Fault> {
    caller.check_view(View::Policy)?;
    let (audience, board) = (caller.alert_audience()?, context.engine.board());
    let alert = board.alert(id).filter(|alert| audience.sees(alert, board));
    let alert = alert.ok_or(Rejection::AlertUnknown)?;
    Ok(Json((*alert.policy).clone()))
}
