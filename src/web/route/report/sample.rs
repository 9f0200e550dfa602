//! Samples: drawn by lot, scored item by item.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::State, http::HeaderMap, response::Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    file::{Format, hand_over},
    language, made,
};
use crate::{
    domain::{
        Command, Rejection, Timestamp,
        authority::{self, View},
        classification::Mode,
        decide::{draw_sample::DrawSample, score_sample::ScoreSample},
        id::AlertId,
        sample::{CheckItem, Lot, Mark, Sample},
    },
    statistics::report::{self, PassRate, SampledAlert},
    web::{
        context::Context,
        door::Caller,
        extract::{Body, Query, SamplePath},
        problem::Fault,
        submit::{Answer, Counter},
        view::{self, code},
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(list, draw))
        .routes(routes!(show))
        .routes(routes!(score))
        .routes(routes!(export))
}

/// Every sample, the newest first.
#[derive(Serialize, ToSchema)]
struct Samples {
    samples: Vec<Summary>,
}

/// A sample, with how far it has been looked through.
#[derive(Serialize, ToSchema)]
#[schema(as = SampleSummary)]
struct Summary {
    id: u32,
    seed: u32,
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
    #[schema(value_type = code::Mode)]
    mode: Mode,
    /// How many were asked for.
    size: u32,
    #[schema(value_type = String, format = DateTime)]
    drawn_at: Timestamp,
    drawn_by: String,
    /// Handled alerts drawn from.
    handled: u32,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    rate: PassRate,
}

impl Summary {
    fn of(sample: &Sample) -> Self {
        let Lot { seed, from, to, mode, size } = sample.lot;
        Self {
            id: sample.id.0,
            seed,
            from,
            to,
            mode,
            size,
            drawn_at: sample.drawn_at,
            drawn_by: sample.drawn_by.to_string(),
            handled: sample.strata.iter().map(|stratum| stratum.handled).sum(),
            rate: PassRate::of_sample(sample),
        }
    }
}

/// One sample with every alert drawn.
#[derive(Serialize, ToSchema)]
#[schema(as = SampleDetail)]
struct Detail {
    #[serde(flatten)]
    summary: Summary,
    items: Vec<Item>,
    #[schema(value_type = Vec<Object>)]
    alerts: Vec<SampledAlert>,
}

/// An item of the check-list, in the caller's language.
#[derive(Serialize, ToSchema)]
#[schema(as = CheckListItem)]
struct Item {
    code: &'static str,
    name: &'static str,
    question: &'static str,
}

/// What a sample is drawn by. The same lot again is the same sample.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SampleLot)]
struct LotSaid {
    seed: u32,
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
    /// Actual alerts where not said.
    #[serde(default)]
    #[schema(value_type = Option<code::Mode>)]
    mode: Option<Mode>,
    size: u32,
}

/// The marks of one alert.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SampleScore)]
struct ScoreSaid {
    #[schema(value_type = u32)]
    alert: AlertId,
    /// `pass`, `fail` or `not_applicable` for every item of the check-list.
    #[schema(value_type = Object)]
    marks: BTreeMap<CheckItem, Mark>,
    /// Needed where an item failed.
    #[serde(default)]
    remark: String,
}

/// How the results are taken away.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    #[param(inline)]
    format: Format,
}

/// Lists the samples.
#[utoipa::path(get, path = "/samples", tag = "reports", responses((status = 200, body = Samples)))]
async fn list(State(context): State<Context>, caller: Caller) -> Result<Json<Samples>, Fault> {
    caller.check_view(View::Reports)?;
    let samples = context.engine.board().samples();
    Ok(Json(Samples { samples: samples.iter().rev().map(|sample| Summary::of(sample)).collect() }))
}

/// Draws handled alerts of a period by lot, stratified by station.
#[utoipa::path(
    post, path = "/samples", tag = "reports", request_body = LotSaid,
    responses((status = 200, body = view::Outcome))
)]
async fn draw(counter: Counter, Body(said): Body<LotSaid>) -> Answer {
    let LotSaid { seed, from, to, mode, size } = said;
    let lot = Lot { seed, from, to, mode: mode.unwrap_or(Mode::Actual), size };
    let drawn = |strata| Command::DrawSample(DrawSample { lot, strata });
    // Nothing is worked out for somebody who may not.
    if !authority::may(counter.caller.role(), &drawn(Vec::new())) {
        return Err(Rejection::RoleNotPermitted.into());
    }
    let context = counter.context.clone();
    let strata = made(context, move |material| report::handled(material, &lot)).await?;
    counter.submit(drawn(strata)).await
}

/// One sample with every alert drawn, what its record says of itself, and its score.
#[utoipa::path(
    get, path = "/samples/{id}", tag = "reports", params(("id" = u32, Path)),
    responses((status = 200, body = Detail))
)]
async fn show(
    State(context): State<Context>,
    caller: Caller,
    headers: HeaderMap,
    SamplePath(id): SamplePath,
) -> Result<Json<Detail>, Fault> {
    caller.check_view(View::Reports)?;
    let sample: Arc<Sample> = context.engine.board().sample(id).ok_or(Rejection::SampleUnknown)?;
    let summary = Summary::of(&sample);
    let language = language(&headers);
    let item = |item: CheckItem| Item {
        code: item.code(),
        name: language.say(report::check_item(item)),
        question: language.say(report::check_item_question(item)),
    };
    let items = CheckItem::ALL.into_iter().map(item).collect();
    let alerts = made(context, move |material| report::looked_at(material, &sample)).await?;
    Ok(Json(Detail { summary, items, alerts }))
}

/// Marks one drawn alert, item by item. A second look replaces the first.
#[utoipa::path(
    post, path = "/samples/{id}/score", tag = "reports", params(("id" = u32, Path)),
    request_body = ScoreSaid, responses((status = 200, body = view::Outcome))
)]
async fn score(
    counter: Counter,
    SamplePath(sample): SamplePath,
    Body(said): Body<ScoreSaid>,
) -> Answer {
    let ScoreSaid { alert, marks, remark } = said;
    let command = ScoreSample { sample, sampled: alert, marks, remark };
    counter.submit(Command::ScoreSample(command)).await
}

/// The results of a sample as a file. It is in the record of access.
#[utoipa::path(
    post, path = "/samples/{id}/export", tag = "reports", params(("id" = u32, Path), Wanted),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"))
)]
async fn export(
    State(context): State<Context>,
    caller: Caller,
    headers: HeaderMap,
    SamplePath(id): SamplePath,
    Query(Wanted { format }): Query<Wanted>,
) -> Result<Response, Fault> {
    caller.check_view(View::Reports)?;
    let sample = context.engine.board().sample(id).ok_or(Rejection::SampleUnknown)?;
    let language = language(&headers);
    let made = made(context.clone(), move |material| report::sampling(material, &sample, language));
    hand_over(&context, &caller, made.await?, format).await
}
