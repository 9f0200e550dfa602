//! Everything, whole and by group.

use axum::{Json, extract::State};

use super::{asked::Asked, read};
use crate::{
    domain::authority::View,
    web::{context::Context, door::Caller, extract::Query, problem::Fault, view},
};

/// Response times and on-time rates, whole and by group.
#[utoipa::path(
    get, path = "/statistics/response", tag = "statistics", params(Asked),
    responses((status = 200, body = view::ResponseStatistics))
)]
pub async fn response(
    State(context): State<Context>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<view::ResponseStatistics>, Fault> {
    caller.check_view(View::Statistics)?;
    let now = context.engine.now();
    let query = asked.question(now)?;
    let answer = read(context, move |context, columns, seq| view::ResponseStatistics {
        epoch: context.engine.position().epoch.0,
        seq,
        clock_start: "received",
        figures: columns.response(&query, now),
    });
    Ok(Json(answer.await?))
}
