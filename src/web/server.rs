//! The listening end: connections with bounds, and an orderly stop.

use std::{io, pin::pin, sync::Arc, time::Duration};

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::limits::Limits;

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
    let service = TowerToHyperService::new(router.layer(Extension(closing.clone())));
    let permits = Arc::new(Semaphore::new(limits.connections_max));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head_within)
        .max_headers(limits.headers_max)
        .max_header_size(limits.head_max);
    let mut shutdown = pin!(shutdown);
    loop {
        let accepting = async {
            // The semaphore is never closed.
            let permit = permits.clone().acquire_owned().await.ok();
            (accept(&listener).await, permit)
        };
        let (stream, permit) = tokio::select! {
            accepted = accepting => accepted,
            _ = &mut shutdown => break,
        };
        // Frames are small and wait for nobody; without this they wait for each other.
        let _ = stream.set_nodelay(true);
        let connection = http.serve_connection(TokioIo::new(stream), service.clone());
        let stop = closing.token.clone();
        closing.tasks.spawn(async move {
            let mut connection = pin!(connection.with_upgrades());
            let ended = tokio::select! {
                ended = connection.as_mut() => ended,
                () = stop.cancelled() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended in an error");
            }
            drop(permit);
        });
    }
    drop(listener);
    closing.token.cancel();
    closing.tasks.close();
    if tokio::time::timeout(limits.stop_within, closing.tasks.wait()).await.is_err() {
        tracing::warn!("some connections did not end in time and were cut");
    }
    Ok(())
}

/// The next connection. Out of descriptors it waits instead of spinning.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
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
