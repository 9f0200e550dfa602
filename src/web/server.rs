//! The listening end: connections with bounds, and an orderly stop.

use std::{io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::OwnedSemaphorePermit,
    time::timeout,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower_http::add_extension::AddExtension;

use super::{
    crowd::Doorway,
    encryption::{Encryption, begins_encrypted},
    limits::Limits,
    line::Line,
    route::{self, Site},
};

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

/// Where connections come in, and whether they must be encrypted.
pub struct Entrance {
    pub listener: TcpListener,
    pub encryption: Option<Arc<Encryption>>,
}

impl From<TcpListener> for Entrance {
    fn from(listener: TcpListener) -> Self {
        Self { listener, encryption: None }
    }
}

/// The address a connection comes from.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Serves until `shutdown` resolves; then takes no more connections, lets requests finish, closes
/// sockets as going away (1001), has the site say its last, and returns.
///
/// # Errors
/// When the listener cannot be asked for its address.
pub async fn serve(
    entrance: impl Into<Entrance>,
    site: Site,
    limits: Limits,
    shutdown: impl Future,
) -> io::Result<()> {
    let Entrance { listener, encryption } = entrance.into();
    listener.local_addr()?;
    let closing = Closing::default();
    let doorway = Doorway::new(limits.connections_max);
    let turning_away = Doorway::new(TURNED_AWAY_AT_ONCE);
    let router =
        site.router.clone().layer(Extension(closing.clone())).layer(Extension(doorway.clone()));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head_within)
        .max_headers(limits.headers_max)
        .max_header_size(limits.head_max);
    let serving =
        Counter { http, router, encryption, closing, handshake_within: limits.handshake_within };
    let mut shutdown = pin!(shutdown);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = accept(&listener, &limits) => accepted,
            _ = &mut shutdown => break,
        };
        if let Some(place) = doorway.enter() {
            let serving = serving.clone();
            serving.closing.tasks.clone().spawn(serving.receive(stream, Peer(peer), place));
        } else if let Some(place) = turning_away.enter() {
            let refusing = serving.refusing(route::turned_away());
            refusing.closing.tasks.clone().spawn(refusing.receive(stream, Peer(peer), place));
        }
        // Whoever is still left finds the connection closed.
    }
    drop(listener);
    serving.closing.token.cancel();
    serving.closing.tasks.close();
    if timeout(limits.stop_within, serving.closing.tasks.wait()).await.is_err() {
        tracing::warn!("some connections did not end in time and were cut");
    }
    site.end().await;
    Ok(())
}

/// What a connection is served with.
#[derive(Clone)]
struct Counter {
    http: http1::Builder,
    router: Router,
    encryption: Option<Arc<Encryption>>,
    closing: Closing,
    handshake_within: Duration,
}

impl Counter {
    /// The same for those who get nothing but a refusal, once.
    fn refusing(&self, router: Router) -> Self {
        let mut refusing = self.clone();
        refusing.router = router;
        refusing.http.keep_alive(false).header_read_timeout(TURNED_AWAY_WITHIN);
        refusing
    }

    /// Serves one connection until it ends or the server stops.
    async fn receive(self, stream: TcpStream, peer: Peer, place: OwnedSemaphorePermit) {
        match &self.encryption {
            None => self.talk(Line::Plain(stream), peer).await,
            Some(encryption) => {
                let agreeing = async {
                    if !begins_encrypted(&stream).await? {
                        return Ok(Err(stream));
                    }
                    encryption.agree(stream).await.map(Ok)
                };
                let agreed = tokio::select! {
                    agreed = timeout(self.handshake_within, agreeing) => agreed,
                    () = self.closing.token.cancelled() => return,
                };
                match agreed {
                    Ok(Ok(Ok(stream))) => self.talk(Line::Encrypted(Box::new(stream)), peer).await,
                    Ok(Ok(Err(stream))) => {
                        let refusing = self.refusing(route::encryption_needed());
                        refusing.talk(Line::Plain(stream), peer).await;
                    }
                    Ok(Err(error)) => {
                        metrics::counter!("campus_dispatch_handshakes_failed_total").increment(1);
                        tracing::debug!(%error, "a connection could not be encrypted");
                    }
                    Err(_) => tracing::debug!("a connection took too long to begin"),
                }
            }
        }
        drop(place);
    }

    async fn talk(&self, line: Line, peer: Peer) {
        let service = AddExtension::new(self.router.clone(), peer);
        let connection =
            self.http.serve_connection(TokioIo::new(line), TowerToHyperService::new(service));
        let mut connection = pin!(connection.with_upgrades());
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = self.closing.token.cancelled() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection ended in an error");
        }
    }
}

/// Frames are small and wait for nobody; without this they wait for each other. And what a reader
/// does not take stays here, where the present can overtake it, rather than in the system.
fn tune(stream: &TcpStream, limits: &Limits) {
    let _ = stream.set_nodelay(true);
    #[cfg(target_os = "linux")]
    let _ = socket2::SockRef::from(stream).set_tcp_notsent_lowat(limits.unsent_max);
    #[cfg(not(target_os = "linux"))]
    let _ = limits;
}

/// The next connection, as it is to be served. Out of descriptors it waits instead of spinning.
pub async fn accept(listener: &TcpListener, limits: &Limits) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                tune(&stream, limits);
                return (stream, peer);
            }
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
