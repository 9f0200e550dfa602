//! Everything, whole and by group.

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;

use super::{
    asked::{Asked, unfit},
    read,
};
use crate::{
    domain::{authority::View, event::Export},
    web::{context::Context, disclosure, door::Caller, extract::Query, problem::Fault, view},
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

/// How figures are taken away.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Format {
    Csv,
    Print,
}

/// Records that the figures are taken away; the page makes the file, or prints, of what it shows.
#[utoipa::path(
    post, path = "/statistics/response/export", tag = "statistics",
    params(Asked, ("format" = String, Query, description = "csv or print")),
    responses((status = 204, description = "Recorded"))
)]
pub async fn export(
    State(context): State<Context>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<StatusCode, Fault> {
    caller.check_view(View::Statistics)?;
    let (query, mut rest) = asked.with_rest(context.engine.now())?;
    let format = match rest.code("format")?.ok_or_else(|| unfit("format: csv or print"))? {
        Format::Csv => "csv",
        Format::Print => "print",
    };
    rest.end()?;
    let export = Export::of("response_statistics", format, query.asked(), None);
    disclosure::export(&context, &caller, export).await?;
    Ok(StatusCode::NO_CONTENT)
}
