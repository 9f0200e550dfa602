//! One alert's report, that it is printed, and its proof for whoever does not have the journal.

use axum::{
    Json,
    extract::State,
    http::{
        StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};

use crate::{
    domain::{Alert, Rejection, authority::View, event::Export},
    web::{
        context::Context,
        disclosure,
        door::Caller,
        extract::AlertPath,
        problem::{Fault, unreadable},
        view::{AlertReport, Names},
    },
};

/// An alert with its whole record, every clock with the records its verdict rests on, where the
/// time went, and the seal of the history it stands in.
#[utoipa::path(
    get, path = "/alerts/{id}/report", tag = "alerts", params(("id" = u32, Path)),
    responses((status = 200, body = AlertReport))
)]
pub async fn report(
    State(context): State<Context>,
    caller: Caller,
    AlertPath(id): AlertPath,
) -> Result<Json<AlertReport>, Fault> {
    caller.check_view(View::Report)?;
    let engine = &context.engine;
    let known = engine.board().alert(id).ok_or(Rejection::AlertUnknown)?;
    let audience = caller.alert_audience()?;
    let audience = disclosure::open(&context, &caller, known.personal(), audience).await;
    let records = engine.records_of(id).await.map_err(unreadable)?;
    let at = engine.now();
    // Told by the records that were read, so that nothing in it is newer than they are.
    let alert = Alert::retold(&records, known.policy.clone());
    let alert = alert.ok_or_else(|| unreadable("its records cannot be followed"))?;
    let seal = engine.seal().await.map_err(unreadable)?;
    let names = Names::of(engine.board());
    let sealed = (engine.position().epoch.0, seal.into());
    Ok(Json(AlertReport::of(&alert, &records, &audience, &names, at, sealed)))
}

/// Records that the report is printed, by the page that shows it.
#[utoipa::path(
    post, path = "/alerts/{id}/report/export", tag = "alerts", params(("id" = u32, Path)),
    responses((status = 204, description = "Recorded"))
)]
pub async fn export(
    State(context): State<Context>,
    caller: Caller,
    AlertPath(id): AlertPath,
) -> Result<StatusCode, Fault> {
    caller.check_view(View::Report)?;
    context.engine.board().alert(id).ok_or(Rejection::AlertUnknown)?;
    let export = Export::of("alert_report", "print", format!("alert={id}"), None);
    disclosure::export(&context, &caller, export).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A file for `campus-dispatch journal check`: the alert's records as they are, the caller's number
/// included, with what leads from them to the seal of the history, the policy and the verdict.
#[utoipa::path(
    get, path = "/alerts/{id}/proof", tag = "alerts", params(("id" = u32, Path)),
    responses((status = 200, body = Object, content_type = "application/json"))
)]
pub async fn proof(
    State(context): State<Context>,
    caller: Caller,
    AlertPath(id): AlertPath,
) -> Result<Response, Fault> {
    caller.check_view(View::Proof)?;
    let engine = &context.engine;
    if engine.board().alert(id).is_none() {
        return Err(Rejection::AlertUnknown.into());
    }
    let file = engine.prove(id).await.map_err(unreadable)?;
    let export = Export::of("alert_proof", "json", format!("alert={id}"), None);
    disclosure::export(&context, &caller, export).await?;
    let disposition = format!("attachment; filename=\"alert-{id}-proof.json\"");
    let headers =
        [(CONTENT_TYPE, "application/json".to_owned()), (CONTENT_DISPOSITION, disposition)];
    Ok((headers, file).into_response())
}
