//! The listening end: connections with bounds, and an orderly stop.

use std::{io, pin::pin, time::Duration};

use axum::{Extension, Router, extract::Request};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::OwnedSemaphorePermit,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

use super::{access::visitor::Peer, crowd::Doorway, limits::Limits, route};

/// Connections told at once that there is no room; any beyond are closed without a word.
pub const TURNED_AWAY_AT_ONCE: usize = 32;
/// Whoever is turned away has this long to say what was wanted.
const TURNED_AWAY_WITHIN: Duration = Duration::from_secs(1);

/// Tells connections and open sockets that the server stops, and lets it wait for their last word.
#[derive(Clone, Default)]
pub struct Closing {
    pub token: CancellationToken,
    pub tasks: TaskTracker,
}

/// Serves until `shutdown` resolves; then takes no more connections, lets requests finish, closes
/// sockets as going away (1001), and returns.
///
/// # Errors
/// When the listener cannot be asked for its address.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    shutdown: impl Future,
) -> io::Result<()> {
    listener.local_addr()?;
    let closing = Closing::default();
    let doorway = Doorway::new(limits.connections_max);
    let turning_away = Doorway::new(TURNED_AWAY_AT_ONCE);
    let router = router.layer(Extension(closing.clone())).layer(Extension(doorway.clone()));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head_within)
        .max_headers(limits.headers_max)
        .max_header_size(limits.head_max);
    let mut refusing = http.clone();
    refusing.keep_alive(false).header_read_timeout(TURNED_AWAY_WITHIN);
    let mut shutdown = pin!(shutdown);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = accept(&listener) => accepted,
            _ = &mut shutdown => break,
        };
        // Frames are small and wait for nobody; without this they wait for each other.
        let _ = stream.set_nodelay(true);
        if let Some(place) = doorway.enter() {
            closing.tasks.spawn(talk(
                http.clone(),
                (stream, peer),
                router.clone(),
                closing.clone(),
                place,
            ));
        } else if let Some(place) = turning_away.enter() {
            let turned_away = route::turned_away();
            closing.tasks.spawn(talk(
                refusing.clone(),
                (stream, peer),
                turned_away,
                closing.clone(),
                place,
            ));
        }
        // Whoever is still left finds the connection closed.
    }
    drop(listener);
    closing.token.cancel();
    closing.tasks.close();
    if tokio::time::timeout(limits.stop_within, closing.tasks.wait()).await.is_err() {
        tracing::warn!("some connections did not end in time and were cut");
    }
    Ok(())
}

/// Serves one connection until it ends or the server stops.
async fn talk(
    http: http1::Builder,
    (stream, peer): (TcpStream, Peer),
    router: Router,
    closing: Closing,
    place: OwnedSemaphorePermit,
) {
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        request
    });
    let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let mut connection = pin!(connection.with_upgrades());
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = closing.token.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended in an error");
    }
    drop(place);
}

/// The next connection. Out of descriptors it waits instead of spinning.
async fn accept(listener: &TcpListener) -> (TcpStream, Peer) {
    loop {
        match listener.accept().await {
            Ok((stream, from)) => return (stream, Peer(from.ip())),
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "cannot accept connections");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
