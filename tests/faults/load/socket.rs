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
                while let Ok(frame) = next(&mut socket).await {
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
        screen.takes(&frame.with_context(|| format!("{frames} frames were shown"))?);
    }
    // So that the account has its place back at once.
    let _ = timeout(PATIENCE, socket.close(None)).await;
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

/// The next frame.
///
/// # Errors
/// When the socket has ended: why.
pub async fn next(socket: &mut Socket) -> anyhow::Result<Value> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text)?),
            Some(Ok(Message::Close(Some(why)))) => bail!("closed with {} {}", why.code, why.reason),
            Some(Ok(Message::Close(None))) | None => bail!("the socket has ended"),
            Some(Err(error)) => bail!("the socket has ended: {error}"),
            Some(Ok(_)) => {}
        }
    }
}
