//! Live sockets: one that comes back for ever, and one that only looks in.

use std::time::Duration;

use anyhow::{Context, bail};
use futures_util::StreamExt;
use serde_json::Value;
use tokio::{
    net::TcpStream,
    time::{sleep, timeout},
};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};
use tokio_util::sync::CancellationToken;

use super::{Shown, look, screen::Screen};
use crate::history::Caller;

/// A socket on loopback.
pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Before one comes back.
const BACK_AFTER: Duration = Duration::from_millis(15);
/// Nothing on loopback takes this long.
const PATIENCE: Duration = Duration::from_secs(20);

/// Shows everything on a screen, and comes back whenever it is cut off, until told to stop.
pub async fn follow(caller: Caller, screen: Shown, stop: CancellationToken) {
    let following = async {
        loop {
            let query = look(&screen, |screen| screen.query());
            if let Ok(Ok((mut socket, _))) =
                timeout(PATIENCE, connect_async(caller.live(&query))).await
            {
                while let Some(frame) = next(&mut socket).await {
                    look(&screen, |screen| screen.takes(&frame));
                }
            }
            sleep(BACK_AFTER).await;
        }
    };
    tokio::select! {
        () = stop.cancelled() => {}
        () = following => {}
    }
}

/// The board as it is now, and at least as of a position: a snapshot may be some records old.
///
/// # Errors
/// When nobody shows it.
pub async fn glance(caller: &Caller, at_least: u64) -> anyhow::Result<Screen> {
    let mut screen = Screen::default();
    let mut socket = open(caller, "").await?;
    let mut frames = 0;
    while frames < 2 || screen.position < at_least {
        frames += 1;
        let frame = timeout(PATIENCE, next(&mut socket)).await.context("no frame comes")?;
        screen.takes(&frame.context("the socket was closed")?);
    }
    Ok(screen)
}

/// Opens a socket at a position; the hello is the first frame.
///
/// # Errors
/// When it is refused.
pub async fn open(caller: &Caller, query: &str) -> anyhow::Result<Socket> {
    match timeout(PATIENCE, connect_async(caller.live(query))).await {
        Ok(Ok((socket, _))) => Ok(socket),
        Ok(Err(error)) => bail!("the live socket is refused: {error}"),
        Err(_) => bail!("the live socket is not answered"),
    }
}

/// The next frame; `None` when the socket has ended.
pub async fn next(socket: &mut Socket) -> Option<Value> {
    loop {
        match socket.next().await? {
            Ok(Message::Text(text)) => return serde_json::from_str(&text).ok(),
            Ok(Message::Close(_)) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}
