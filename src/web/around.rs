//! What surrounds every request: its address and id before, refusals in the caller's words, headers,
//! a log line and counts after. One layer for all of it, since each layer of its own is a clone of
//! all below it and two boxes more on every request.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tracing::Instrument;

use super::{
    address,
    context::Context,
    door, header,
    observe::{Measures, Watched},
    problem::page::Teller,
    refusals,
};

/// What is needed for it. Cheap to clone.
#[derive(Clone)]
pub struct Surroundings(Arc<Inner>);

struct Inner {
    /// None where nobody gets anything but a refusal.
    context: Option<Context>,
    always: header::Always,
    measures: Measures,
}

impl Surroundings {
    /// Around all that is served.
    pub fn of(context: &Context) -> Self {
        let settings = &context.settings;
        let always = header::Always::new(settings.secure_cookies, settings.tiles.as_ref());
        let context = Some(context.clone());
        Self(Arc::new(Inner { context, always, measures: Measures::default() }))
    }

    /// Around a refusal of everything.
    pub fn of_refusals() -> Self {
        let always = header::Always::new(false, None);
        Self(Arc::new(Inner { context: None, always, measures: Measures::default() }))
    }
}

/// Sees a request through.
pub async fn surround(
    State(Surroundings(around)): State<Surroundings>,
    mut request: Request,
    next: Next,
) -> Response {
    if let Some(context) = &around.context {
        address::note(&context.settings, &mut request);
    }
    let watched = Watched::begin(&mut request);
    let wanted = header::Wanted::of(&request);
    let teller = Teller::of(&request);
    let answering = answer(around.context.as_ref(), request, next);
    let mut response = teller.tell(answering.instrument(watched.span.clone()).await);
    wanted.add(&around.always, &mut response);
    watched.end(&around.measures, &mut response);
    response
}

async fn answer(context: Option<&Context>, request: Request, next: Next) -> Response {
    let Some(context) = context else { return next.run(request).await };
    let is_api = request.uri().path().starts_with("/api/v1/");
    let asker = refusals::Asker::of(&request);
    let response = match door::check(&context.settings, &request) {
        Ok(()) => next.run(request).await,
        Err(fault) => fault.into_response(),
    };
    if is_api {
        refusals::count(context, &asker, &response);
    }
    response
}
