//! Reports: weekly bulletin and campaign report, to look at and to take away as a file.

mod file;
mod sample;

use axum::{Json, extract::State, http::HeaderMap, response::Response};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::statistics::{asked::Asked, read};
use crate::{
    domain::authority::View,
    statistics::report::{self, JournalHead, Language, Material, Order, Report},
    web::{
        context::Context,
        door::Caller,
        extract::Query,
        problem::{self, Fault, unreadable},
        view,
    },
};
use file::{Format, hand_over};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(bulletin))
        .routes(routes!(export_bulletin))
        .routes(routes!(campaign))
        .routes(routes!(export_campaign))
        .merge(sample::routes())
}

/// The weekly bulletin: bucket tables by station, worst first, and what is not closed at the
/// cut-off. In the language of `Accept-Language`.
#[utoipa::path(
    get, path = "/reports/bulletin", tag = "reports", params(Asked),
    responses((status = 200, body = view::Report))
)]
async fn bulletin(
    State(context): State<Context>,
    caller: Caller,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Json<view::Report>, Fault> {
    caller.check_view(View::Reports)?;
    let query = asked.question(context.engine.now())?;
    let order = Order { query, language: language(&headers) };
    let report = made(context, move |material| report::bulletin(material, &order)).await?;
    Ok(Json(view::Report { report }))
}

/// The campaign report of any period, beside the equal period before. In the language of
/// `Accept-Language`.
#[utoipa::path(
    get, path = "/reports/campaign", tag = "reports", params(Asked),
    responses((status = 200, body = view::Report))
)]
async fn campaign(
    State(context): State<Context>,
    caller: Caller,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Json<view::Report>, Fault> {
    caller.check_view(View::Reports)?;
    let query = asked.question(context.engine.now())?;
    let order = Order { query, language: language(&headers) };
    let report = made(context, move |material| report::campaign(material, &order)).await?;
    Ok(Json(view::Report { report }))
}

/// The bulletin as a file; `format=print` records that it is printed. Each is in the record of
/// access.
#[utoipa::path(
    post, path = "/reports/bulletin/export", tag = "reports",
    params(Asked, ("format" = String, Query, description = "xlsx, csv or print")),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"))
)]
async fn export_bulletin(
    State(context): State<Context>,
    caller: Caller,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    export(context, caller, &headers, asked, report::bulletin).await
}

/// The campaign report as a file; `format=print` records that it is printed. Each is in the record
/// of access.
#[utoipa::path(
    post, path = "/reports/campaign/export", tag = "reports",
    params(Asked, ("format" = String, Query, description = "xlsx, csv or print")),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"))
)]
async fn export_campaign(
    State(context): State<Context>,
    caller: Caller,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    export(context, caller, &headers, asked, report::campaign).await
}

async fn export(
    context: Context,
    caller: Caller,
    headers: &HeaderMap,
    asked: Asked,
    make: fn(&Material<'_>, &Order) -> Report,
) -> Result<Response, Fault> {
    caller.check_view(View::Reports)?;
    let (query, mut rest) = asked.with_rest(context.engine.now())?;
    let format = Format::taken_from(&mut rest)?;
    rest.end()?;
    let order = Order { query, language: language(headers) };
    let report = made(context.clone(), move |material| make(material, &order)).await?;
    hand_over(&context, &caller, report, format).await
}

/// Makes something of the material as it stands.
async fn made<T: Send + 'static>(
    context: Context,
    make: impl FnOnce(&Material<'_>) -> T + Send + 'static,
) -> Result<T, Fault> {
    read(context, move |context, columns, seq| {
        let engine = &context.engine;
        let hash = engine.hash_at(seq).map_err(unreadable)?.unwrap_or_default();
        let head = JournalHead { epoch: engine.position().epoch.0, seq, hash };
        Ok(make(&Material::of_board(columns, engine.board(), head, engine.now())))
    })
    .await?
}

fn language(headers: &HeaderMap) -> Language {
    match problem::Language::of(headers) {
        problem::Language::Chinese => Language::Chinese,
        problem::Language::English => Language::English,
    }
}
