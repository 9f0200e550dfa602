//! One alert with its whole record.

use axum::{Json, extract::State};

use crate::{
    domain::Rejection,
    web::{
        context::Context,
        disclosure,
        door::Caller,
        extract::AlertPath,
        problem::{Fault, Refusal},
        view::{Alert, AlertDetail, Names, TimelineEntry},
    },
};

/// An alert with timeline, clocks and verdicts. Operators and supervisors see the caller's number
/// whole here and nowhere else, unless their desk is locked, and that they looked is recorded. A
/// unit reads what it was sent to; every other alert is unknown to it.
#[utoipa::path(
    get, path = "/alerts/{id}", tag = "alerts", params(("id" = u32, Path)),
    responses((status = 200, body = AlertDetail))
)]
pub async fn detail(
    State(context): State<Context>,
    caller: Caller,
    AlertPath(id): AlertPath,
) -> Result<Json<AlertDetail>, Fault> {
    let audience = caller.alert_audience()?;
    let engine = &context.engine;
    // Read before the alert: what is shown is at least as new as the position says.
    let position = engine.position();
    let alert = engine.board().alert(id).filter(|alert| audience.sees(alert, engine.board()));
    let alert = alert.ok_or(Rejection::AlertUnknown)?;
    let audience = disclosure::open(&context, &caller, alert.personal(), audience).await;
    let records = engine.records_of(id).await.map_err(|error| {
        tracing::error!(%error, alert = id.0, "the record could not be read");
        Fault::from(Refusal::StorageUnreadable)
    })?;
    let names = Names::of(engine.board());
    Ok(Json(AlertDetail {
        alert: Alert::of(&alert, &audience, &names, engine.now()),
        timeline: records.iter().map(|record| TimelineEntry::of(record, &audience)).collect(),
        epoch: position.epoch.0,
        seq: position.seq,
    }))
}
