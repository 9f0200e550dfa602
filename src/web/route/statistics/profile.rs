//! One measure by group, for charts.

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{asked::Asked, read};
use crate::{
    domain::authority::View,
    statistics::Measure,
    web::{
        context::Context,
        door::Caller,
        extract::Query,
        problem::Fault,
        view::{self, code},
    },
};

/// Of which measure.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "only its description is used")]
struct AskedMeasure {
    #[param(value_type = Option<code::Measure>)]
    measure: Option<Measure>,
}

/// The on-time rate and p50, p90, p95 of one measure, by group.
#[utoipa::path(
    get, path = "/statistics/profile", tag = "statistics", params(Asked, AskedMeasure),
    responses((status = 200, body = view::Profile))
)]
pub async fn profile(
    State(context): State<Context>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<view::Profile>, Fault> {
    caller.check_view(View::Statistics)?;
    let now = context.engine.now();
    let (query, mut rest) = asked.with_rest(now)?;
    let measure = rest.code("measure")?.unwrap_or_default();
    rest.end()?;
    let answer = read(context, move |context, columns, seq| view::Profile {
        epoch: context.engine.position().epoch.0,
        seq,
        from: query.from,
        to: query.to,
        at: now,
        measure,
        percents: view::PROFILE_PERCENTS,
        rows: columns.profile(&query, measure, view::PROFILE_PERCENTS, now),
    });
    Ok(Json(answer.await?))
}
