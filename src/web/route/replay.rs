//! The board as it stood: at any instant of the past, and record by record from there.

use axum::{Json, extract::State};
use serde::Deserialize;
use serde_json::value::{RawValue, to_raw_value};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{Timestamp, Within, authority::View, record::Seq},
    web::{
        audience::Audience,
        context::Context,
        door::Caller,
        extract::Query,
        live::frame::{self, Frame},
        problem::{Fault, Refusal, unreadable},
        view::{ReplayBoard, ReplayMark, ReplayMarks, ReplayRecords},
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(board)).routes(routes!(records)).routes(routes!(marks))
}

/// Which instant.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Moment {
    #[param(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// The board as it stood at an instant.
#[utoipa::path(
    get, path = "/replay/board", tag = "replay", params(Moment),
    responses((status = 200, body = ReplayBoard))
)]
async fn board(
    State(context): State<Context>,
    caller: Caller,
    Query(Moment { at }): Query<Moment>,
) -> Result<Json<ReplayBoard>, Fault> {
    let audience = looking_back(&caller)?;
    let engine = &context.engine;
    let now = engine.now();
    if at > now {
        return Err(Fault::from(Refusal::QueryInvalid).at("at: must lie in the past"));
    }
    let begins_at = engine.beginning().await.map_err(unreadable)?;
    let standing = engine.board_at(at).await.map_err(unreadable)?;
    let epoch = engine.position().epoch;
    let picture = standing.picture(epoch.clone(), at);
    let snapshot = frame::shown(&picture, &audience, &*standing);
    Ok(Json(ReplayBoard { epoch: epoch.0, begins_at, now, snapshot: raw(&snapshot)? }))
}

/// Which records.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct After {
    /// The last record taken in.
    after: Seq,
    /// Up to which instant.
    #[param(value_type = String, format = DateTime)]
    until: Timestamp,
    /// 1 to 200; 200 where not given.
    limit: Option<usize>,
}

/// The records after a position, as live push would have told them.
#[utoipa::path(
    get, path = "/replay/records", tag = "replay", params(After),
    responses((status = 200, body = ReplayRecords))
)]
async fn records(
    State(context): State<Context>,
    caller: Caller,
    Query(asked): Query<After>,
) -> Result<Json<ReplayRecords>, Fault> {
    let audience = looking_back(&caller)?;
    let engine = &context.engine;
    let max = context.settings.limits.page_max;
    let limit = asked.limit.unwrap_or(max);
    if !(1..=max).contains(&limit) {
        return Err(Fault::from(Refusal::QueryInvalid).at(format!("limit: must be 1 to {max}")));
    }
    let until = asked.until.min(engine.now());
    let stretch = engine.records_since(asked.after, until, limit).await.map_err(unreadable)?;
    let mut previous = asked.after;
    let mut frames = Vec::with_capacity(stretch.records.len());
    for published in &stretch.records {
        let told = frame::changed(published, previous, &audience, &*stretch.standing);
        if let Some(told) = told {
            frames.push(raw(&told)?);
            previous = published.record.seq;
        }
    }
    let until = match stretch.records.last() {
        Some(last) if stretch.has_more => last.record.at,
        _ => until,
    };
    let epoch = engine.position().epoch.0;
    let (seq, has_more) = (stretch.standing.seq(), stretch.has_more);
    Ok(Json(ReplayRecords { epoch, frames, seq, until, has_more }))
}

/// Which stretch.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Between {
    #[param(value_type = String, format = DateTime)]
    from: Timestamp,
    #[param(value_type = String, format = DateTime)]
    to: Timestamp,
}

/// A day and its night: what a timeline shows.
const MARKED: Within = Within::from_seconds(26 * 3600);
/// More than a screen has pixels for.
const MARKS_MAX: usize = 5_000;

/// Alerts raised and deadlines told within a day, to be found again on a timeline.
#[utoipa::path(
    get, path = "/replay/marks", tag = "replay", params(Between),
    responses((status = 200, body = ReplayMarks))
)]
async fn marks(
    State(context): State<Context>,
    caller: Caller,
    Query(Between { from, to }): Query<Between>,
) -> Result<Json<ReplayMarks>, Fault> {
    looking_back(&caller)?;
    if from >= to || to - from > MARKED {
        let at = "to: must lie after from, and within 26 hours of it";
        return Err(Fault::from(Refusal::QueryInvalid).at(at));
    }
    let found = context.engine.marks(from, to, MARKS_MAX).await.map_err(unreadable)?;
    let (marks, complete) = found;
    Ok(Json(ReplayMarks { marks: marks.into_iter().map(ReplayMark::from).collect(), complete }))
}

fn looking_back(caller: &Caller) -> Result<Audience, Fault> {
    caller.check_view(View::Replay)?;
    caller.alert_audience()
}

/// A frame as live push writes it.
fn raw(frame: &Frame<'_>) -> Result<Box<RawValue>, Fault> {
    to_raw_value(frame).map_err(|error| {
        tracing::error!(%error, "a frame has no written form");
        Refusal::Internal.into()
    })
}
