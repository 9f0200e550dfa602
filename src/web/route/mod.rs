//! The routes: a router per noun, a handler per verb. Each path and body is described where it is
//! handled; the API's document is gathered from there.

mod access_record;
mod account;
mod alert;
mod assignment;
mod demo;
mod document;
mod health;
mod import;
mod live;
mod map;
mod measure;
mod policy;
mod replay;
mod report;
mod school;
mod session;
mod setup;
mod station;
mod statistics;
mod unit;

pub use document::DOCUMENTATION;
pub use unit::SaidDuty;

use axum::{
    Router, middleware,
    response::{IntoResponse, Response},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, Predicate,
        predicate::{DefaultPredicate, SizeAbove},
    },
};
use utoipa_axum::router::OpenApiRouter;

use super::{
    around::{Surroundings, surround},
    asset,
    context::Context,
    crowd::{self, SOON},
    door,
    problem::{Fault, Refusal},
    refusals,
    settings::Settings,
};
use crate::engine::Engine;

/// Everything that is served, and what is left to be done when it no longer is.
pub struct Site {
    pub router: Router,
    context: Context,
}

impl Site {
    /// The API, its document, push, health, metrics and the screens.
    pub fn of(engine: Engine, settings: Settings) -> Self {
        measure::install();
        let context = Context::new(engine, settings);
        Self { router: router(&context), context }
    }

    /// Tells what was kept back to be told together. The engine must still stand.
    pub async fn end(&self) {
        refusals::tell(&self.context).await;
    }
}

fn router(context: &Context) -> Router {
    let (api, document) = OpenApiRouter::with_openapi(document::frame())
        .nest("/api/v1", api(context))
        .split_for_parts();
    // What fits in a packet is not made faster by packing it.
    let worth_packing = DefaultPredicate::new().and(SizeAbove::new(1_024));
    let refused = |refusal: Refusal| move || async move { Fault::from(refusal) };
    api.method_not_allowed_fallback(refused(Refusal::MethodNotAllowed))
        .merge(document::routes(document))
        .merge(demo::routes())
        .merge(health::routes())
        .merge(measure::routes())
        .fallback(asset::serve)
        .layer(
            ServiceBuilder::new()
                .layer(middleware::from_fn_with_state(Surroundings::of(context), surround))
                .layer(CatchPanicLayer::custom(panicked))
                .layer(CompressionLayer::new().compress_when(worth_packing)),
        )
        .with_state(context.clone())
}

/// What is served where there is no room for another connection.
pub fn turned_away() -> Router {
    refusing(|| Fault::from(Refusal::Overloaded).retry_after(SOON))
}

/// What is served in the clear where everything must be encrypted. Whoever asks so has shown the
/// network what was asked; to be led on would hide that.
pub fn encryption_needed() -> Router {
    refusing(|| Refusal::EncryptionNeeded.into())
}

fn refusing(fault: fn() -> Fault) -> Router {
    Router::new()
        .fallback(move || async move { fault() })
        .layer(middleware::from_fn_with_state(Surroundings::of_refusals(), surround))
}

/// What stands behind the door, and the few routes before it.
fn api(context: &Context) -> OpenApiRouter<Context> {
    let enter = middleware::from_fn_with_state(context.clone(), door::enter);
    OpenApiRouter::new()
        .merge(alert::routes())
        .merge(assignment::routes())
        .merge(unit::routes())
        .merge(school::routes())
        .merge(station::routes())
        .merge(import::routes())
        .merge(policy::routes())
        .merge(account::routes())
        .merge(access_record::routes())
        .merge(statistics::routes())
        .merge(replay::routes())
        .merge(report::routes())
        .merge(live::routes())
        .merge(map::routes())
        .merge(session::routes())
        .route_layer(enter)
        .merge(open_routes(context))
        .merge(health::api_routes())
}

/// What stands before the door, for those who come to prove who they are.
fn open_routes(context: &Context) -> OpenApiRouter<Context> {
    session::open_routes()
        .merge(setup::routes())
        .route_layer(middleware::from_fn_with_state(context.clone(), crowd::knock))
}

/// A panic in one request is that request's failure (S24).
fn panicked(cause: Box<dyn std::any::Any + Send>) -> Response {
    let words = cause.downcast_ref::<&str>().map(ToString::to_string);
    let words = words.or_else(|| cause.downcast_ref::<String>().cloned());
    tracing::error!(cause = words.as_deref().unwrap_or("unknown"), "a request panicked");
    metrics::counter!("campus_dispatch_panics_total").increment(1);
    Fault::from(Refusal::Internal).into_response()
}
