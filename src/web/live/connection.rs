//! One socket: a cursor into the shared log.

use std::time::Duration;

use axum::extract::ws::{Message, Utf8Bytes, WebSocket};
use futures_util::{SinkExt, StreamExt};
use tokio::{
    sync::watch,
    time::{Instant, MissedTickBehavior, interval, timeout},
};
use tokio_tungstenite::tungstenite;
use tokio_util::sync::CancellationToken;

use super::{
    close::Ending,
    frame::{BUILD, Frame, Reason, text},
    start::{Since, resume},
};
use crate::{
    domain::Seq,
    planted::{self, Planted},
    web::{
        audience::Audience,
        context::{Context, Shared},
        door::Caller,
        view,
    },
};

/// Who follows, and what it is shown.
pub struct Viewer {
    pub caller: Caller,
    pub audience: Audience,
}

impl Viewer {
    /// Whether it may still be told anything.
    fn may_look(&self, context: &Context) -> bool {
        self.caller.still_stands(context) || planted::has(Planted::SkipSocketAuthorization)
    }
}

/// Serves a socket until it ends, and says why it did.
pub async fn serve(
    socket: WebSocket,
    context: Context,
    viewer: Viewer,
    since: Option<Since>,
    closing: CancellationToken,
) {
    let seats = context.seats.clone();
    let max = context.settings.limits.sockets_per_account_max;
    let seat = seats.take(&viewer.caller.account.name, max);
    let mut connection = Connection {
        cursor: 0,
        told: 0,
        heard: Instant::now(),
        second: Instant::now(),
        messages: 0,
        socket,
        context,
        viewer,
    };
    let ending = match seat {
        Some(_) => connection.run(since, closing).await,
        None => Ending::TooManySockets,
    };
    connection.say_goodbye(ending).await;
    metrics::counter!("campus_dispatch_live_closed_total", "why" => ending.name()).increment(1);
    tracing::debug!(account = %connection.viewer.caller.account.name, why = ending.name(), "a socket ended");
}

struct Connection {
    socket: WebSocket,
    context: Context,
    viewer: Viewer,
    /// The last record looked at.
    cursor: Seq,
    /// The last position the client was told of; behind the cursor only for a unit.
    told: Seq,
    /// When the client was last heard.
    heard: Instant,
    /// The second in which messages are counted.
    second: Instant,
    messages: u32,
}

/// A pong is asked for with every so many heartbeats.
const PING_EVERY: u32 = 3;
/// How long the last word may take.
const GOODBYE_WITHIN: Duration = Duration::from_secs(1);

impl Connection {
    async fn run(&mut self, since: Option<Since>, closing: CancellationToken) -> Ending {
        match self.follow(since, closing).await {
            Ok(never) => match never {},
            Err(ending) => ending,
        }
    }

    async fn follow(
        &mut self,
        since: Option<Since>,
        closing: CancellationToken,
    ) -> Result<std::convert::Infallible, Ending> {
        let mut head = self.context.engine.feed().head();
        self.begin(since).await?;
        let limits = &self.context.settings.limits;
        let (heartbeat, silence_max) = (limits.heartbeat, limits.silence_max);
        let mut beats = interval(heartbeat);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        beats.reset();
        let mut until_ping = PING_EVERY;
        loop {
            self.catch_up(&mut head).await?;
            let expiry = self.until_expiry();
            tokio::select! {
                changed = head.changed() => changed.map_err(|_| Ending::GoingAway)?,
                message = self.socket.next() => self.hear(message)?,
                _ = beats.tick() => {
                    if self.heard.elapsed() > silence_max {
                        return Err(Ending::TooSlow);
                    }
                    self.catch_up(&mut head).await?;
                    until_ping -= 1;
                    let ping = (until_ping == 0).then(|| Message::Ping(bytes::Bytes::new()));
                    if ping.is_some() {
                        until_ping = PING_EVERY;
                    }
                    self.beat(ping).await?;
                }
                () = tokio::time::sleep(expiry) => {
                    if !self.viewer.may_look(&self.context) {
                        return Err(Ending::SessionEnded);
                    }
                }
                () = closing.cancelled() => return Err(Ending::GoingAway),
            }
        }
    }

    /// Hello, and a snapshot unless the client's position is taken up.
    async fn begin(&mut self, since: Option<Since>) -> Result<(), Ending> {
        match resume(&self.context, since) {
            Ok(seq) => {
                (self.cursor, self.told) = (seq, seq);
                let hello = self.hello(seq, None);
                self.send([hello]).await
            }
            Err(reason) => self.show(reason).await,
        }
    }

    /// Hello and a snapshot, and why.
    async fn show(&mut self, reason: Reason) -> Result<(), Ending> {
        let Shared { engine, log, settings, snapshots, .. } = &*self.context;
        let limits = &settings.limits;
        // One that is continued from the log, and far from being behind at once. A phone acts by
        // itself on what it is shown, so it is shown no past.
        let age_max = match self.viewer.audience {
            Audience::Unit(_) => 0,
            _ => limits.snapshot_shared_for.min(limits.behind_max / 2),
        };
        let snapshot = snapshots.take(engine, |seq| {
            engine.position().seq - seq <= age_max && log.after(engine, seq, 1).is_some()
        });
        let snapshot = snapshot.await.map_err(|_| Ending::GoingAway)?;
        let seq = snapshot.seq();
        let frames = [self.hello(seq, Some(reason)), snapshot.frame(&self.viewer.audience, engine)];
        (self.cursor, self.told) = (seq, seq);
        self.send(frames).await
    }

    fn hello(&self, seq: Seq, reason: Option<Reason>) -> Utf8Bytes {
        let engine = &self.context.engine;
        let caller = &self.viewer.caller;
        let expires_at = caller.session.as_ref().map(|session| session.expires_at);
        let heartbeat = self.context.settings.limits.heartbeat;
        text(&Frame::Hello {
            epoch: &engine.position().epoch.0,
            seq,
            at: engine.now(),
            build: BUILD,
            heartbeat_ms: u64::try_from(heartbeat.as_millis()).unwrap_or(u64::MAX),
            resumed: reason.is_none(),
            reason,
            session: view::Session::of(&caller.account, expires_at),
        })
    }

    /// Sends what waits, a flush at a time, until nothing does.
    async fn catch_up(&mut self, head: &mut watch::Receiver<Seq>) -> Result<(), Ending> {
        loop {
            let end = *head.borrow_and_update();
            if end <= self.cursor {
                return Ok(());
            }
            let limits = &self.context.settings.limits;
            let (behind_max, flush_max) = (limits.behind_max, limits.flush_max);
            let waiting = match end - self.cursor {
                behind if behind > behind_max => None,
                _ => self.context.log.after(&self.context.engine, self.cursor, flush_max),
            };
            let Some(entries) = waiting else {
                if !self.viewer.may_look(&self.context) {
                    return Err(Ending::SessionEnded);
                }
                metrics::counter!("campus_dispatch_live_resynchronised_total").increment(1);
                self.show(Reason::Behind).await?;
                continue;
            };
            if entries.is_empty() {
                return Ok(());
            }
            let name = || self.viewer.caller.account.name.to_string();
            planted::break_down(Planted::PanicInSocket, name);
            let mut frames = Vec::with_capacity(entries.len());
            for entry in entries {
                if entry.touches_access() && !self.viewer.may_look(&self.context) {
                    return Err(Ending::SessionEnded);
                }
                let board = self.context.engine.board();
                if let Some(frame) = entry.frame(&self.viewer.audience, self.told, board) {
                    frames.push(frame);
                    self.told = entry.seq();
                }
                self.cursor = entry.seq();
            }
            self.send(frames).await?;
        }
    }

    /// Says how far the client is, after everything up to there.
    async fn beat(&mut self, ping: Option<Message>) -> Result<(), Ending> {
        let beat = text(&Frame::Heartbeat { seq: self.cursor, at: self.context.engine.now() });
        self.told = self.cursor;
        let messages = ping.into_iter().chain([Message::Text(beat)]);
        self.write(messages).await
    }

    async fn send(&mut self, frames: impl IntoIterator<Item = Utf8Bytes>) -> Result<(), Ending> {
        self.write(frames.into_iter().map(Message::Text)).await
    }

    /// Feeds several, flushes once. A session that ends meanwhile ends it, however slow the reader.
    async fn write(&mut self, messages: impl IntoIterator<Item = Message>) -> Result<(), Ending> {
        let Self { socket, context, viewer, .. } = self;
        let writing = async {
            let mut count = 0;
            for message in messages {
                socket.feed(message).await?;
                count += 1;
            }
            metrics::counter!("campus_dispatch_live_frames_total").increment(count);
            socket.flush().await
        };
        let losing_access = async {
            let mut head = context.engine.feed().head();
            while viewer.may_look(context) {
                if head.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        tokio::select! {
            biased;
            written = writing => written.map_err(|_| Ending::Gone),
            () = losing_access => Err(Ending::SessionEnded),
            () = tokio::time::sleep(context.settings.limits.write_within) => Err(Ending::TooSlow),
        }
    }

    /// What clients say is not listened to, only that they speak, and how much.
    fn hear(&mut self, message: Option<Result<Message, axum::Error>>) -> Result<(), Ending> {
        let message = message.ok_or(Ending::Gone)?.map_err(|error| of_error(&error))?;
        self.heard = Instant::now();
        match message {
            Message::Close(_) => return Err(Ending::Gone),
            Message::Pong(_) => return Ok(()),
            Message::Text(_) | Message::Binary(_) | Message::Ping(_) => {}
        }
        if self.second.elapsed() >= Duration::from_secs(1) {
            self.second = Instant::now();
            self.messages = 0;
        }
        self.messages += 1;
        let max = self.context.settings.limits.messages_per_second_max;
        if self.messages > max { Err(Ending::Flood) } else { Ok(()) }
    }

    /// How long the session still lasts; a token's never ends by itself.
    fn until_expiry(&self) -> Duration {
        const LONG: Duration = Duration::from_secs(3600);
        let Some(end) = self.viewer.caller.ends_at(&self.context) else { return LONG };
        let left = (end - self.context.engine.now()).millis();
        Duration::from_millis(u64::try_from(left).unwrap_or(0))
            .clamp(Duration::from_millis(50), LONG)
    }

    async fn say_goodbye(&mut self, ending: Ending) {
        let Some(frame) = ending.frame() else { return };
        let goodbye = async {
            // Whoever is gone already hears no goodbye.
            let _ = self.socket.send(Message::Close(Some(frame))).await;
            while let Some(Ok(_)) = self.socket.next().await {}
        };
        let _ = timeout(GOODBYE_WITHIN, goodbye).await;
    }
}

/// What a failed read says about the client.
fn of_error(error: &axum::Error) -> Ending {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        match error.downcast_ref::<tungstenite::Error>() {
            Some(tungstenite::Error::Capacity(_)) => return Ending::MessageTooBig,
            Some(tungstenite::Error::Utf8(_)) => return Ending::NotText,
            Some(tungstenite::Error::Protocol(_)) => return Ending::ProtocolBroken,
            _ => cause = error.source(),
        }
    }
    Ending::Gone
}
