//! Integrity hints.

use axum::{Json, extract::State};

use super::{asked::Asked, read};
use crate::{
    domain::authority::View,
    web::{context::Context, door::Caller, extract::Query, problem::Fault, view},
};

/// What may be worth a look in how alerts were handled, each with its n; an accusation of nobody.
#[utoipa::path(
    get, path = "/statistics/hints", tag = "statistics", params(Asked),
    responses((status = 200, body = view::Hints))
)]
pub async fn hints(
    State(context): State<Context>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<view::Hints>, Fault> {
    caller.check_view(View::IntegrityHints)?;
    let now = context.engine.now();
    let query = asked.question(now)?;
    let answer = read(context, move |context, columns, seq| view::Hints {
        epoch: context.engine.position().epoch.0,
        seq,
        hints: columns.hints(&query, now, |id| context.engine.board().alert(id)),
    });
    Ok(Json(answer.await?))
}
