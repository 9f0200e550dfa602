//! One socket: its stream, its place on the tape, and what it alone is to be sent.
//!
//! Two hold it. The socket's task reads and waits; the [sweeper](super::sweeper) writes. Whoever
//! has the lock has the stream; neither waits while it has it.

use std::{
    mem::take,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::{Mutex, MutexGuard},
    task::{Context as Wakeup, Poll, Waker},
    time::{Duration, Instant},
};

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::{
    close::Ending,
    hearing::{Hearing, Said},
    outbox::{Outbox, Slices},
    tape::{Patience, Place, Tape},
    wire,
};
use crate::{
    planted::{self, Planted},
    web::{audience::Audience, context::Shared, door::Caller, limits::Limits, line::Line},
};

/// Bytes of one write at most, so that one who gets a large snapshot holds nobody up.
const WRITE_MAX: usize = 256 * 1024;
/// Bytes read at once; clients have nothing to say.
const READ_AT_ONCE: usize = 1_024;
/// Reads before others have their turn.
const READS_MAX: usize = 16;

/// Who follows, and what it is shown.
pub struct Viewer {
    pub caller: Caller,
    pub audience: Audience,
}

impl Viewer {
    /// Whether it may still be told anything.
    pub fn may_look(&self, context: &Shared) -> bool {
        self.caller.still_stands(context) || planted::has(Planted::SkipSocketAuthorization)
    }
}

/// A socket and who looks through it.
pub struct Socket {
    pub viewer: Viewer,
    inner: Mutex<Inner>,
}

struct Inner {
    /// Taken away by the task when the socket ends.
    stream: Option<Line>,
    /// What came with the request, before there was a socket, and is not heard yet.
    early: Bytes,
    /// Of the socket's task.
    waker: Waker,
    outbox: Outbox,
    state: State,
    /// Since when nothing that waits could be written.
    held_up: Option<Instant>,
    hearing: Hearing,
    /// When the client was last heard.
    heard: Instant,
    /// The second in which messages are counted.
    second: Instant,
    messages: u32,
}

/// What the sweeper does with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing: its task is finding out where it begins.
    Apart,
    /// Sends what follows its place. Between two writes that is the border of a frame.
    Following(Place),
    /// Nothing: it fell behind, and its task is to begin anew.
    Behind,
    Ended(Ending),
}

/// What came of a write.
#[derive(Debug, PartialEq, Eq)]
pub enum Written {
    /// Everything went out, so many frames of the tape.
    All(u64),
    /// The rest waits until the client reads; `newly` when nothing waited before.
    HeldUp { newly: bool },
    /// It is not to be written to any more, for now or for good.
    Nothing,
}

/// What the socket's task is to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Turn {
    /// Show the present: it fell behind.
    BeginAnew,
    End(Ending),
}

impl Socket {
    /// A socket over that line, on which so much has been said already.
    pub fn new(stream: Line, early: Bytes, viewer: Viewer) -> Self {
        let now = Instant::now();
        let inner = Mutex::new(Inner {
            stream: Some(stream),
            early,
            waker: Waker::noop().clone(),
            outbox: Outbox::default(),
            state: State::Apart,
            held_up: None,
            hearing: Hearing::default(),
            heard: now,
            second: now,
            messages: 0,
        });
        Self { viewer, inner }
    }

    /// After a panic it is not whole any more, and nobody touches it again.
    fn lock(&self) -> Option<MutexGuard<'_, Inner>> {
        self.inner.lock().ok()
    }

    /// Puts frames of its own into its way.
    pub fn put(&self, frames: impl IntoIterator<Item = Bytes>) {
        if let Some(mut inner) = self.lock() {
            frames.into_iter().for_each(|frame| inner.outbox.put(frame));
        }
    }

    /// Begins to follow, unless it has ended.
    pub fn follow(&self, place: Place) -> bool {
        let mut inner = self.lock();
        let apart = inner.as_mut().filter(|inner| inner.state == State::Apart);
        apart.map(|inner| inner.state = State::Following(place)).is_some()
    }

    /// Ends it; the first ending counts. Its task says goodbye.
    pub fn end(&self, ending: Ending) {
        self.leave_off(State::Ended(ending));
    }

    /// Has its task begin anew.
    pub fn begin_anew(&self) {
        self.leave_off(State::Behind);
    }

    fn leave_off(&self, state: State) {
        let Some(mut inner) = self.lock() else { return };
        if !matches!(inner.state, State::Ended(_)) {
            inner.state = state;
            inner.waker.wake_by_ref();
        }
    }

    /// Whether nothing was heard for longer than that.
    pub fn is_silent_for(&self, longest: Duration, now: Instant) -> bool {
        self.lock().is_some_and(|inner| now.duration_since(inner.heard) > longest)
    }

    /// Since when it has been held up; `None` when it is not, or not followed.
    pub fn held_up_since(&self) -> Option<Instant> {
        let inner = self.lock()?;
        inner.held_up.filter(|_| matches!(inner.state, State::Following(_)))
    }

    /// Writes what waits, as far as the client reads. A panic costs this socket only.
    pub fn write(&self, tape: &Tape, patience: Patience, now: Instant) -> Written {
        let write = || {
            let mut inner = self.lock()?;
            planted::break_down(Planted::PanicInSocket, || {
                // The opening is the socket's own; what breaks is telling it of a record.
                let has_news = matches!(inner.state, State::Following(place) if place < tape.end());
                let name = &self.viewer.caller.account.name;
                if has_news { name.to_string() } else { String::new() }
            });
            Some(inner.write(tape, patience, now))
        };
        match catch_unwind(AssertUnwindSafe(write)) {
            Ok(written) => written.unwrap_or(Written::Nothing),
            Err(_) => {
                tracing::error!(account = %self.viewer.caller.account.name, "a socket panicked");
                metrics::counter!("campus_dispatch_panics_total").increment(1);
                // Nothing may follow what may be half a frame: the socket is cut.
                let mut inner = self.inner.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                inner.stream = None;
                inner.waker.wake_by_ref();
                Written::Nothing
            }
        }
    }

    /// What the socket's task waits for: reads, and says whether the sweeper should write.
    pub fn poll(
        &self,
        wakeup: &mut Wakeup<'_>,
        shared: &Shared,
        should_write: impl FnOnce(),
    ) -> Poll<Turn> {
        let Some(mut inner) = self.lock() else { return Poll::Ready(Turn::End(Ending::Gone)) };
        inner.waker.clone_from(wakeup.waker());
        match inner.state {
            State::Ended(ending) => return Poll::Ready(Turn::End(ending)),
            State::Behind => {
                inner.state = State::Apart;
                return Poll::Ready(Turn::BeginAnew);
            }
            State::Apart | State::Following(_) => {}
        }
        if let Err(ending) = inner.read(wakeup, shared) {
            inner.state = State::Ended(ending);
            return Poll::Ready(Turn::End(ending));
        }
        let has_more = inner.held_up.is_some() || !inner.outbox.is_empty();
        drop(inner);
        if has_more {
            should_write();
        }
        Poll::Pending
    }

    /// Takes the stream away, with the rest of a frame that has begun.
    pub fn take_apart(&self, ending: Ending) -> Option<(Line, Outbox)> {
        let mut inner = self.lock()?;
        inner.state = State::Ended(ending);
        let mut outbox = take(&mut inner.outbox);
        outbox.keep_begun_only();
        inner.stream.take().map(|stream| (stream, outbox))
    }
}

impl Inner {
    fn write(&mut self, tape: &Tape, patience: Patience, now: Instant) -> Written {
        let State::Following(begun_at) = self.state else { return Written::Nothing };
        let is_too_far = tape.is_too_far(begun_at, patience, now);
        // A frame that has begun is ended first; while that waits, so does the present.
        if is_too_far && self.write_on(&Tape::default(), &mut 0, &mut false).is_ready() {
            metrics::counter!("campus_dispatch_live_resynchronised_total").increment(1);
            self.held_up = None;
            self.state = State::Behind;
            self.waker.wake_by_ref();
            return Written::Nothing;
        }
        let mut place = begun_at;
        let mut moved = false;
        match self.write_on(tape, &mut place, &mut moved) {
            Poll::Ready(Some(())) => {
                self.held_up = None;
                self.state = State::Following(place);
                Written::All(tape.frames_between(begun_at, place))
            }
            Poll::Pending => {
                let newly = self.held_up.is_none();
                // Any progress begins the waiting anew.
                if newly || moved {
                    self.held_up = Some(now);
                }
                if let Some(rest) = tape.rest_of_frame(place) {
                    place += rest.len() as u64;
                    self.outbox.put_rest(rest);
                }
                self.state = State::Following(place);
                Written::HeldUp { newly }
            }
            Poll::Ready(None) => {
                self.state = State::Ended(Ending::Gone);
                self.waker.wake_by_ref();
                Written::Nothing
            }
        }
    }

    /// Writes until nothing waits or the stream takes no more; `None` when it is broken.
    fn write_on(&mut self, tape: &Tape, place: &mut Place, moved: &mut bool) -> Poll<Option<()>> {
        let Self { stream: Some(stream), outbox, waker, .. } = self else {
            return Poll::Ready(None);
        };
        let mut stream = Pin::new(stream);
        let mut wakeup = Wakeup::from_waker(waker);
        let mut at_once = true;
        loop {
            let mut slices = Slices::new();
            let own = outbox.gather(&mut slices, WRITE_MAX);
            tape.gather(*place, &mut slices, WRITE_MAX - own);
            if slices.is_empty() {
                return stream.poll_flush(&mut wakeup).map(Result::ok);
            }
            let sent = take(&mut at_once).then(|| stream.send_at_once(&slices)).flatten();
            let wrote = match (sent, &slices[..]) {
                (Some(sent), _) => Poll::Ready(Ok(sent)),
                (None, [one]) => stream.as_mut().poll_write(&mut wakeup, one),
                (None, several) => stream.as_mut().poll_write_vectored(&mut wakeup, several),
            };
            drop(slices);
            match wrote {
                Poll::Ready(Ok(bytes @ 1..)) => {
                    *moved = true;
                    *place += outbox.sent(bytes) as u64;
                }
                Poll::Ready(Ok(0) | Err(_)) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            }
        }
    }

    /// Hears the client out, as far as it has spoken.
    fn read(&mut self, wakeup: &mut Wakeup<'_>, shared: &Shared) -> Result<(), Ending> {
        let limits = &shared.settings.limits;
        let early = take(&mut self.early);
        self.hear(&early, limits)?;
        for _ in 0..READS_MAX {
            // On the stack: a socket that is silent has no buffer.
            let mut buffer = [0; READ_AT_ONCE];
            let mut buffer = ReadBuf::new(&mut buffer);
            let stream = self.stream.as_mut().ok_or(Ending::Gone)?;
            match Pin::new(stream).poll_read(wakeup, &mut buffer) {
                Poll::Pending => return Ok(()),
                Poll::Ready(Err(_)) => return Err(Ending::Gone),
                Poll::Ready(Ok(())) if buffer.filled().is_empty() => return Err(Ending::Gone),
                Poll::Ready(Ok(())) => self.hear(buffer.filled(), limits)?,
            }
        }
        wakeup.waker().wake_by_ref();
        Ok(())
    }

    /// Takes in what a client said.
    fn hear(&mut self, bytes: &[u8], limits: &Limits) -> Result<(), Ending> {
        if bytes.is_empty() {
            return Ok(());
        }
        let Self { outbox, hearing, heard, second, messages, .. } = self;
        *heard = Instant::now();
        hearing.take(bytes, limits.message_max, |said| {
            match &said {
                Said::Close => return Err(Ending::Left),
                Said::Pong => return Ok(()),
                Said::Ping(_) => {}
                Said::Message => {
                    metrics::counter!("campus_dispatch_live_messages_ignored_total").increment(1);
                }
            }
            if heard.duration_since(*second) >= Duration::from_secs(1) {
                (*second, *messages) = (*heard, 0);
            }
            *messages += 1;
            if *messages > limits.messages_per_second_max {
                return Err(Ending::Flood);
            }
            if let Said::Ping(said) = said {
                outbox.put(wire::pong(&said));
            }
            Ok(())
        })
    }
}
