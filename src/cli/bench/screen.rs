//! A screen: it follows the board and notes when it has which alert.

use std::{net::SocketAddr, sync::Arc, time::Instant};

use dashmap::DashMap;
use futures_util::StreamExt;
use serde::Deserialize;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{
        client::IntoClientRequest,
        http::{HeaderValue, header::AUTHORIZATION},
        protocol::WebSocketConfig,
    },
};

use super::{Sent, site::SCREEN};
use crate::cli::failure::Failure;

/// When screens had which record.
#[derive(Default)]
pub struct Sightings(DashMap<u64, Sighting>);

/// Of one record: on how many screens it is, on the first since when, and on the last.
#[derive(Clone, Copy)]
pub struct Sighting {
    pub screens: usize,
    pub first: Instant,
    pub last: Instant,
}

impl Sightings {
    fn note(&self, seq: u64, at: Instant) {
        let mut seen = self.0.entry(seq).or_insert(Sighting { screens: 0, first: at, last: at });
        seen.screens += 1;
        seen.first = seen.first.min(at);
        seen.last = seen.last.max(at);
    }

    /// Of a record that so many screens have.
    pub fn of(&self, seq: u64, screens: usize) -> Option<Sighting> {
        self.0.get(&seq).map(|seen| *seen).filter(|seen| seen.screens == screens)
    }

    /// Whether so many screens have everything that was sent.
    pub fn are_whole(&self, sent: &[Sent], screens: usize) -> bool {
        sent.iter().all(|sent| self.of(sent.seq, screens).is_some())
    }
}

/// What matters of a frame.
#[derive(Deserialize)]
struct Frame<'a> {
    seq: u64,
    kind: Option<&'a str>,
}

/// Opens one and takes its first picture.
///
/// # Errors
/// When the server does not let it in.
pub async fn open(address: SocketAddr) -> Result<WebSocketStream<TcpStream>, Failure> {
    let failed = |error: &dyn std::fmt::Display| {
        Failure::new(format!("a screen could not be opened: {error}; ask for fewer screens"))
    };
    let request = format!("ws://{address}/api/v1/live").into_client_request();
    let mut request = request.map_err(|error| failed(&error))?;
    let bearer = HeaderValue::try_from(format!("Bearer {SCREEN}"));
    request.headers_mut().insert(AUTHORIZATION, bearer.map_err(|error| failed(&error))?);
    let stream = TcpStream::connect(address).await.map_err(|error| failed(&error))?;
    let small = WebSocketConfig::default().read_buffer_size(4 * 1024).write_buffer_size(1024);
    let opened = client_async_with_config(request, stream, Some(small)).await;
    let (mut socket, _) = opened.map_err(|error| failed(&error))?;
    for _opening in ["hello", "snapshot"] {
        match socket.next().await {
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(failed(&error)),
            None => return Err(failed(&"it was closed")),
        }
    }
    Ok(socket)
}

/// Looks on until the server closes.
pub async fn look(mut socket: WebSocketStream<TcpStream>, sightings: Arc<Sightings>) {
    while let Some(Ok(message)) = socket.next().await {
        let at = Instant::now();
        let Ok(text) = message.to_text() else { continue };
        if let Ok(Frame { seq, kind: Some("alert_raised") }) = serde_json::from_str(text) {
            sightings.note(seq, at);
        }
    }
}
