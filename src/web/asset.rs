//! The embedded screens. Files whose names carry their content's hash are kept for ever; every
//! other one is asked for anew. An address that is a page of the application gets `index.html`,
//! the phone's a page of its own, which a worker in the browser keeps for a start without network.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::problem::{Fault, Refusal};

#[derive(RustEmbed)]
#[folder = "static/dist"]
#[allow_missing = true]
struct Screens;

/// Where the build puts files whose names carry a hash.
const HASHED: &str = "assets/";

/// The phone's address and file.
const PHONE: (&str, &str) = ("unit", "unit.html");

/// Answers whatever no route answers.
pub async fn serve(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return Fault::from(Refusal::NotFound).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = if path == PHONE.0 { PHONE.1 } else { path };
    if let Some(file) = Screens::get(path) {
        return answer(path, file, request.headers());
    }
    let wants_page = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    match Screens::get("index.html") {
        Some(page) if wants_page && !path.starts_with(HASHED) => {
            answer("index.html", page, request.headers())
        }
        None if wants_page => (StatusCode::NOT_FOUND, NO_SCREENS).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

const NO_SCREENS: &str =
    "This build has no web interface (CAMPUS_UI=skip); the API is at /api/docs.";

fn answer(path: &str, file: EmbeddedFile, asked: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..16]));
    let caching = match path.starts_with(HASHED) {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    let fresh =
        asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut kind = file.metadata.mimetype().to_owned();
    if kind.starts_with("text/") {
        kind += "; charset=utf-8";
    }
    let about = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, caching.to_owned()),
        (header::ETAG, tag),
    ];
    if fresh {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, file.data).into_response()
}
