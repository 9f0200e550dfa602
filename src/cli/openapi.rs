//! `openapi`: the API's document, as a server would answer it.

use std::{process::ExitCode, sync::Arc};

use axum::{
    body::{Body, to_bytes},
    http::{Request, header},
};
use tower::ServiceExt;

use super::{config::Settings, failure::Failure, output, serve::web_settings};
use crate::{
    engine::{Engine, clock::SystemClock},
    journal::memory::MemoryDisk,
    web,
};

/// Bytes of the document; it has some hundred thousand.
const DOCUMENT_MAX: usize = 16 * 1024 * 1024;

/// Runs `openapi`: asks a router that stands on an empty history.
///
/// # Errors
/// When stdout cannot be written.
pub async fn run(settings: &Settings) -> Result<ExitCode, Failure> {
    let engine = Engine::start(
        Box::new(MemoryDisk::default().open()?),
        None,
        Arc::new(SystemClock::new()),
        settings.limits.engine(),
        &mut |_, _| {},
    )?;
    let site = web::Site::of(engine.clone(), web_settings(settings, Vec::new(), None));
    let request = Request::get("/api/v1/openapi.json").header(header::HOST, "localhost");
    let request = request.body(Body::empty()).map_err(Failure::new)?;
    let Ok(response) = site.router.oneshot(request).await;
    let document = to_bytes(response.into_body(), DOCUMENT_MAX).await.map_err(Failure::new)?;
    engine.stop().await;
    output::print(&String::from_utf8_lossy(&document))?;
    Ok(ExitCode::SUCCESS)
}
