//! One socket's task: it opens, reads and says goodbye. What is told in between the sweeper writes.

use std::{future::poll_fn, io, pin::Pin, sync::Arc, time::Duration};

use bytes::Bytes;
use tokio::{
    io::{AsyncRead, AsyncWriteExt, ReadBuf},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use super::{
    close::Ending,
    frame::{BUILD, Frame, Reason},
    outbox::{Outbox, Slices},
    socket::{Socket, Turn, Viewer},
    start::{Since, resume},
    wire,
};
use crate::{
    domain::Seq,
    web::{
        audience::Audience,
        context::{Context, Shared},
        line::Line,
        view,
    },
};

/// How long the last word may take.
const GOODBYE_WITHIN: Duration = Duration::from_secs(1);

/// Serves a socket until it ends, and says why it did. `early` came with the request for it.
pub async fn serve(
    stream: Line,
    early: Bytes,
    context: Context,
    viewer: Viewer,
    since: Option<Since>,
    closing: CancellationToken,
) {
    let max = context.settings.limits.sockets_per_account_max;
    let seat = context.seats.take(&viewer.caller.account.name, max);
    let socket = Arc::new(Socket::new(stream, early, viewer));
    let ending = match &seat {
        Some(_) => tokio::select! {
            ending = follow(&context, &socket, since) => ending,
            () = closing.cancelled() => Ending::GoingAway,
        },
        None => Ending::TooManySockets,
    };
    if let Some((stream, outbox)) = socket.take_apart(ending) {
        // Apart from the rest, so that an open socket does not take the memory of a closing one.
        Box::pin(say_goodbye(stream, outbox, ending)).await;
    }
    metrics::counter!("campus_dispatch_live_closed_total", "why" => ending.name()).increment(1);
    let account = &socket.viewer.caller.account.name;
    tracing::debug!(%account, why = ending.name(), "a socket ended");
}

/// Opens, and opens again whenever it fell behind.
async fn follow(context: &Context, socket: &Arc<Socket>, since: Option<Since>) -> Ending {
    let sweeper = context.push.sweeper(&context.downgrade());
    let mut opening = match resume(context, since) {
        Ok(seq) => Ok(Opening { seq, frames: vec![hello(context, &socket.viewer, seq, None)] }),
        Err(reason) => Opening::of(context, &socket.viewer, reason).await,
    };
    loop {
        let Ok(Opening { seq, frames }) = opening else { return Ending::GoingAway };
        socket.put(frames);
        if sweeper.is_closed() {
            return Ending::GoingAway;
        }
        sweeper.follow(socket.clone(), seq);
        let turn = poll_fn(|wakeup| socket.poll(wakeup, context, || sweeper.write(socket.clone())));
        match turn.await {
            Turn::BeginAnew => {
                opening = Opening::of(context, &socket.viewer, Reason::Behind).await;
            }
            Turn::End(ending) => return ending,
        }
    }
}

/// What a socket is told first, and the position it follows from.
struct Opening {
    seq: Seq,
    frames: Vec<Bytes>,
}

/// The engine has stopped.
struct Stopped;

impl Opening {
    /// Hello and a snapshot, and why.
    async fn of(context: &Context, viewer: &Viewer, reason: Reason) -> Result<Self, Stopped> {
        let Shared { engine, log, settings, snapshots, .. } = &**context;
        let limits = &settings.limits;
        // One that is continued from the log, and far from being behind at once. A phone acts by
        // itself on what it is shown, so it is shown no past.
        let age_max = match viewer.audience {
            Audience::Unit(_) => 0,
            _ => limits.snapshot_shared_for.min(limits.behind_max / 2),
        };
        let snapshot = snapshots.take(engine, |seq| {
            engine.position().seq - seq <= age_max && log.after(engine, seq, 1).is_some()
        });
        let snapshot = snapshot.await.map_err(|_| Stopped)?;
        let seq = snapshot.seq();
        let hello = hello(context, viewer, seq, Some(reason));
        Ok(Self { seq, frames: vec![hello, snapshot.frame(&viewer.audience, engine)] })
    }
}

fn hello(context: &Context, viewer: &Viewer, seq: Seq, reason: Option<Reason>) -> Bytes {
    let engine = &context.engine;
    let expires_at = viewer.caller.session.as_ref().map(|session| session.expires_at);
    let heartbeat = context.settings.limits.heartbeat;
    wire::text(&Frame::Hello {
        epoch: &engine.position().epoch.0,
        seq,
        at: engine.now(),
        build: BUILD,
        heartbeat_ms: u64::try_from(heartbeat.as_millis()).unwrap_or(u64::MAX),
        resumed: reason.is_none(),
        reason,
        session: view::Session::of(&viewer.caller.account, expires_at),
    })
}

/// Ends a frame that has begun, says why it is the last, and waits for the other side to close.
async fn say_goodbye(mut stream: Line, mut outbox: Outbox, ending: Ending) {
    let Some(last) = ending.frame() else { return };
    outbox.put(last);
    let goodbye = async {
        while !outbox.is_empty() {
            let mut slices = Slices::new();
            outbox.gather(&mut slices, usize::MAX);
            let sent = stream.write_vectored(&slices).await?;
            drop(slices);
            if sent == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
            outbox.sent(sent);
        }
        stream.flush().await?;
        if ending != Ending::Left {
            while drain(&mut stream).await? {}
        }
        stream.shutdown().await
    };
    // Whoever is gone already hears no goodbye.
    let _ = timeout(GOODBYE_WITHIN, goodbye).await;
}

/// Reads something and forgets it; false at the end. What is left unread when a socket is closed
/// would take the last word with it.
async fn drain(stream: &mut Line) -> io::Result<bool> {
    poll_fn(|wakeup| {
        let mut buffer = [0; 1_024];
        let mut buffer = ReadBuf::new(&mut buffer);
        let read = Pin::new(&mut *stream).poll_read(wakeup, &mut buffer);
        read.map_ok(|()| !buffer.filled().is_empty())
    })
    .await
}
