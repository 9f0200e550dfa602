//! Response-time figures, a file per question.

mod alerts;
pub(super) mod asked;
mod hints;
mod profile;
mod response;
mod what_if;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::Seq,
    statistics::Columns,
    web::{
        context::Context,
        problem::{Fault, Refusal},
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(response::response))
        .routes(routes!(response::export))
        .routes(routes!(profile::profile))
        .routes(routes!(alerts::alerts))
        .routes(routes!(hints::hints))
        .routes(routes!(what_if::what_if))
}

/// What the columns say. Many alerts may be looked at: not on a thread that has sockets to serve.
pub(super) async fn read<T: Send + 'static>(
    context: Context,
    look: impl FnOnce(&Context, &Columns, Seq) -> T + Send + 'static,
) -> Result<T, Fault> {
    let work =
        move || context.facts.read(&context.engine, |columns, seq| look(&context, columns, seq));
    tokio::task::spawn_blocking(work).await.map_err(|_| Fault::from(Refusal::Internal))
}
