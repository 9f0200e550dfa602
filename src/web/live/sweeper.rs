//! The sweeper: a thread that writes to every socket.
//!
//! It reads new records once, puts their frames on each audience's [`Tape`], and then goes from
//! socket to socket, sending each what follows its place in one write. What is published meanwhile
//! goes out with the next sweep, so the busier it is, the more goes into one write. A socket that
//! takes no more is passed over until it does.
//!
//! Sockets are swept in the order in which they came, whoever looks through them: so does what the
//! system keeps of them lie in memory, and audience by audience each write costs a sixth more.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    rc::Rc,
    sync::{Arc, Weak},
    task::{Context as Wakeup, Poll, Waker},
    thread,
    time::{Duration, Instant},
};

use bytes::Bytes;
use tokio::sync::watch;

use super::{
    close::Ending,
    frame::Frame,
    inbox::{Inbox, Note},
    log::Entry,
    socket::{Socket, Written},
    tape::{Patience, Tape},
    wire,
};
use crate::{
    domain::{Seq, Timestamp},
    web::{audience::Audience, context::Shared},
};

/// A pong is asked for with every so many heartbeats.
const PING_EVERY: u32 = 3;
/// Nobody's session is looked at more often for having expired.
const EXPIRY_AT_MOST_EVERY: Duration = Duration::from_millis(50);
/// Records read before a sweep.
const TURN_MAX: usize = 256;
/// So many sockets take longer to sweep than it takes to gather.
const MANY: usize = 500;
/// How long more records are waited for at least before so many are written to: what comes with the
/// first one shares its write.
const GATHER: Duration = Duration::from_micros(300);
/// The same for each socket, a twentieth of what it takes to write to it: the more there are, the
/// longer it takes until those who ask again when they have been told have done so.
const GATHER_EACH: Duration = Duration::from_nanos(200);
/// How long at most while they go on coming, for each socket: a fraction of what it takes to write
/// to it, so that a burst costs a write each and one record waits little longer.
const GATHER_EACH_AT_MOST: Duration = Duration::from_micros(1);

/// What everybody is told who looks alike.
struct Group {
    tape: RefCell<Tape>,
    /// Whether somebody was held up in this sweep.
    held_up: Cell<bool>,
}

/// A socket that follows its group's tape.
struct Follower {
    socket: Arc<Socket>,
    group: Rc<Group>,
}

struct Sweeper {
    inbox: Arc<Inbox>,
    /// How far the feed is.
    head: watch::Receiver<Seq>,
    /// The last record on the tapes.
    seq: Seq,
    groups: HashMap<Audience, Rc<Group>>,
    /// In the order in which they came.
    followers: Vec<Follower>,
    /// Those who are held up, and some who no longer are.
    held_up: Vec<Arc<Socket>>,
    next_beat: Instant,
    until_ping: u32,
    /// When the first session ends.
    first_expiry: Option<Timestamp>,
}

/// Sweeps on the calling thread until the inbox is closed or nobody is left to sweep for.
pub fn run(shared: Weak<Shared>, inbox: Arc<Inbox>) {
    let begin = |strong: Arc<Shared>| (strong.engine.feed().head(), Sweeper::new(&strong, &inbox));
    let Some((mut head, mut sweeper)) = shared.upgrade().map(begin) else { return };
    let waker = Waker::from(inbox.clone());
    loop {
        let mut changed = pin!(head.changed());
        let news = changed.as_mut().poll(&mut Wakeup::from_waker(&waker));
        let is_over = matches!(news, Poll::Ready(Err(_))) || inbox.is_closed();
        let Some(strong) = shared.upgrade().filter(|_| !is_over) else { return };
        let turn = catch_unwind(AssertUnwindSafe(|| sweeper.turn(&strong)));
        let patience = turn.unwrap_or_else(|_| {
            tracing::error!("the sweeper panicked; every socket is cut and may come back");
            metrics::counter!("campus_dispatch_panics_total").increment(1);
            sweeper.cut_all();
            sweeper = Sweeper::new(&strong, &inbox);
            Duration::ZERO
        });
        drop(strong);
        if news.is_pending() {
            thread::park_timeout(patience);
        }
    }
}

impl Sweeper {
    fn new(shared: &Shared, inbox: &Arc<Inbox>) -> Self {
        Self {
            inbox: inbox.clone(),
            head: shared.engine.feed().head(),
            seq: shared.engine.position().seq,
            groups: HashMap::new(),
            followers: Vec::new(),
            held_up: Vec::new(),
            next_beat: Instant::now() + shared.settings.limits.heartbeat,
            until_ping: PING_EVERY,
            first_expiry: None,
        }
    }

    /// One turn, and how long nothing need be done after it.
    fn turn(&mut self, shared: &Shared) -> Duration {
        self.gather();
        let now = Instant::now();
        self.read_on(shared, now);
        self.end_expired(shared);
        let notes = self.inbox.take();
        let mut ready = Vec::new();
        for note in notes {
            match note {
                Note::Follow { socket, from } => self.take_in(shared, socket, from, now),
                Note::Write { socket } => ready.push(socket),
            }
        }
        self.beat(shared, now);
        self.sweep(shared, now);
        for socket in ready {
            self.write_to(shared, socket, now);
        }
        self.end_stalled(shared, now);
        if *self.head.borrow() > self.seq { Duration::ZERO } else { self.idle_for(shared) }
    }

    /// Waits for what comes together with the first new record.
    fn gather(&self) {
        let mut head = *self.head.borrow();
        if head == self.seq || self.followers.len() < MANY {
            return;
        }
        let sockets = u32::try_from(self.followers.len()).unwrap_or(u32::MAX);
        let step = GATHER.max(GATHER_EACH * sockets);
        let most = Instant::now() + GATHER_EACH_AT_MOST * sockets;
        loop {
            thread::sleep(step);
            let before = mem::replace(&mut head, *self.head.borrow());
            if head == before || Instant::now() >= most {
                return;
            }
        }
    }

    /// Puts new records on the tapes. Whoever may not look any more is sent away before.
    fn read_on(&mut self, shared: &Shared, now: Instant) {
        let Some(entries) = shared.log.after(&shared.engine, self.seq, TURN_MAX) else {
            // It slept for so long that the feed went on without it.
            self.seq = shared.engine.position().seq;
            self.everybody().for_each(|socket| socket.begin_anew());
            self.followers.clear();
            self.groups.clear();
            return;
        };
        let Some(last) = entries.last().map(|entry| entry.seq()) else { return };
        if entries.iter().any(|entry| entry.touches_access()) {
            let ended = self.everybody().filter(|socket| !socket.viewer.may_look(shared));
            ended.for_each(|socket| socket.end(Ending::SessionEnded));
        }
        self.seq = last;
        for (audience, group) in &self.groups {
            if group.has_followers() {
                let mut tape = group.tape.borrow_mut();
                let (frames, told) = encode(shared, audience, &entries, tape.told);
                tape.put(&frames, told, now);
            }
        }
    }

    /// Has a socket follow from a position: what came after it is its own to be sent, and then the
    /// tape goes on.
    fn take_in(&mut self, shared: &Shared, socket: Arc<Socket>, from: Seq, now: Instant) {
        while self.seq < from {
            self.read_on(shared, now);
        }
        if !socket.viewer.may_look(shared) {
            return socket.end(Ending::SessionEnded);
        }
        let missed = usize::try_from(self.seq - from).unwrap_or(usize::MAX);
        let entries = match missed {
            0 => Some(Vec::new()),
            _ => shared.log.after(&shared.engine, from, missed),
        };
        let Some(entries) = entries else { return socket.begin_anew() };
        let (mut frames, told) = encode(shared, &socket.viewer.audience, &entries, from);
        let group = self.groups.entry(socket.viewer.audience.clone());
        let group = group.or_insert_with(|| Rc::new(Group::after(told))).clone();
        let (seq, end) = {
            let tape = group.tape.borrow();
            (tape.told, tape.end())
        };
        if told < seq {
            // What this unit was not told of was not its own; the tape goes on from there.
            frames.push(wire::text(&Frame::Heartbeat { seq, at: shared.engine.now() }));
        }
        socket.put(frames);
        if !socket.follow(end) {
            return;
        }
        let expiry = socket.viewer.caller.ends_at(shared);
        self.first_expiry = self.first_expiry.into_iter().chain(expiry).min();
        self.followers.push(Follower { socket: socket.clone(), group });
        self.write_to(shared, socket, now);
    }

    /// Says how far everybody is told, now and then, and asks whether anybody is there.
    fn beat(&mut self, shared: &Shared, now: Instant) {
        if now < self.next_beat {
            return;
        }
        let limits = &shared.settings.limits;
        self.next_beat = now + limits.heartbeat;
        let silent =
            self.everybody().filter(|socket| socket.is_silent_for(limits.silence_max, now));
        silent.for_each(|socket| socket.end(Ending::TooSlow));
        self.until_ping -= 1;
        let beat = Frame::Heartbeat { seq: self.seq, at: shared.engine.now() };
        let mut frames = vec![wire::text(&beat)];
        if self.until_ping == 0 {
            self.until_ping = PING_EVERY;
            frames.push(wire::ping());
        }
        self.groups.retain(|_, group| group.has_followers());
        for group in self.groups.values() {
            group.tape.borrow_mut().put(&frames, self.seq, now);
        }
    }

    /// Sends everybody what follows its place.
    fn sweep(&mut self, shared: &Shared, now: Instant) {
        let patience = patience(shared);
        let Self { groups, followers, held_up, .. } = self;
        if groups.values().all(|group| group.is_swept()) {
            return;
        }
        let mut sent = 0;
        followers.retain(|Follower { socket, group }| {
            if group.is_swept() {
                return true;
            }
            match socket.write(&group.tape.borrow(), patience, now) {
                Written::All(frames) => sent += frames,
                Written::HeldUp { newly } => {
                    group.held_up.set(true);
                    held_up.extend(newly.then(|| socket.clone()));
                }
                Written::Nothing => return false,
            }
            true
        });
        // The others were not swept, and whoever is held up there needs what is on them.
        for group in groups.values().filter(|group| !group.is_swept()) {
            group.tape.borrow_mut().swept(group.held_up.take(), patience, now);
        }
        if sent > 0 {
            metrics::counter!("campus_dispatch_live_frames_total").increment(sent);
        }
    }

    /// Sends one socket what it waits for.
    fn write_to(&mut self, shared: &Shared, socket: Arc<Socket>, now: Instant) {
        let Some(group) = self.groups.get(&socket.viewer.audience) else { return };
        match socket.write(&group.tape.borrow(), patience(shared), now) {
            Written::HeldUp { newly: true } => self.held_up.push(socket),
            // It may follow anew, and not twice.
            Written::Nothing => self.followers.retain(|one| !Arc::ptr_eq(&one.socket, &socket)),
            Written::HeldUp { newly: false } | Written::All(_) => {}
        }
    }

    /// Sends away whose session has expired.
    fn end_expired(&mut self, shared: &Shared) {
        let now = shared.engine.now();
        if self.first_expiry.is_none_or(|first| now < first) {
            return;
        }
        let expired = self.everybody().filter(|socket| !socket.viewer.may_look(shared));
        expired.for_each(|socket| socket.end(Ending::SessionEnded));
        let ends = self.everybody().filter_map(|socket| socket.viewer.caller.ends_at(shared));
        let left = ends.filter(|at| *at > now);
        self.first_expiry = left.min();
    }

    /// Sends away who has read nothing for so long that nobody can be there.
    fn end_stalled(&mut self, shared: &Shared, now: Instant) {
        let longest = shared.settings.limits.write_within;
        self.held_up.retain(|socket| {
            let Some(since) = socket.held_up_since() else { return false };
            let is_stalled = now.duration_since(since) >= longest;
            if is_stalled {
                socket.end(Ending::TooSlow);
            }
            !is_stalled
        });
    }

    /// How long nothing need be done unless somebody wakes it.
    fn idle_for(&self, shared: &Shared) -> Duration {
        let now = Instant::now();
        let longest = shared.settings.limits.write_within;
        let stalls = self.held_up.iter().filter_map(|socket| socket.held_up_since());
        let stalls = stalls.map(|since| (since + longest).saturating_duration_since(now)).min();
        let expires_in = self.first_expiry.map(|at| shared.engine.until(at));
        let expires_in = expires_in.map(|left| left.max(EXPIRY_AT_MOST_EVERY));
        let beat = self.next_beat.saturating_duration_since(now);
        [stalls, expires_in].into_iter().flatten().fold(beat, Duration::min)
    }

    fn everybody(&self) -> impl Iterator<Item = &Arc<Socket>> {
        self.followers.iter().map(|follower| &follower.socket)
    }

    fn cut_all(&self) {
        self.everybody().for_each(|socket| socket.end(Ending::Gone));
    }
}

impl Group {
    /// A group that was told of everything up to a position.
    fn after(told: Seq) -> Self {
        Self { tape: RefCell::new(Tape::after(told)), held_up: Cell::new(false) }
    }

    /// Whether everybody was sent what it was told, as far as they take it.
    fn is_swept(&self) -> bool {
        self.tape.borrow().is_swept()
    }

    fn has_followers(self: &Rc<Self>) -> bool {
        Rc::strong_count(self) > 1
    }
}

fn patience(shared: &Shared) -> Patience {
    let limits = &shared.settings.limits;
    Patience {
        records: limits.behind_max,
        bytes: limits.behind_bytes_max,
        time: limits.behind_within,
    }
}

/// The frames of records for an audience last told of a position, and the position it is told of
/// then.
fn encode(
    shared: &Shared,
    audience: &Audience,
    entries: &[Arc<Entry>],
    mut told: Seq,
) -> (Vec<Bytes>, Seq) {
    let mut frames = Vec::with_capacity(entries.len());
    for entry in entries {
        if let Some(frame) = entry.frame(audience, told, shared.engine.board()) {
            frames.push(frame);
            told = entry.seq();
        }
    }
    (frames, told)
}
