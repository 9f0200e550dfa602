//! The way from a socket's task to its sweeper.

use std::{
    sync::{
        Arc, OnceLock, Weak,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use super::{
    inbox::{Inbox, Note},
    socket::Socket,
    sweeper,
};
use crate::{domain::Seq, web::context::Shared};

/// Sweepers at most: each takes a core when it is busy, and a few thousand sockets well.
const SWEEPERS_MAX: usize = 4;
/// Cores for each sweeper; the others are the writer's and the routes'.
const CORES_EACH: usize = 4;

/// The sweepers, begun when the first socket comes. They end when this is dropped.
#[derive(Default)]
pub struct Push {
    inboxes: OnceLock<Vec<Arc<Inbox>>>,
    next: AtomicUsize,
}

impl Push {
    /// The sweeper of one more socket.
    pub fn sweeper(&self, shared: &Weak<Shared>) -> Arc<Inbox> {
        let inboxes = self.inboxes.get_or_init(|| {
            let cores = thread::available_parallelism().map_or(1, usize::from);
            let count = cores.div_ceil(CORES_EACH).min(SWEEPERS_MAX);
            (0..count).map(|_| begin(shared.clone())).collect()
        });
        inboxes[self.next.fetch_add(1, Ordering::Relaxed) % inboxes.len()].clone()
    }
}

impl Drop for Push {
    fn drop(&mut self) {
        for inbox in self.inboxes.get().into_iter().flatten() {
            inbox.close();
        }
    }
}

fn begin(shared: Weak<Shared>) -> Arc<Inbox> {
    let inbox = Arc::<Inbox>::default();
    if let Some(shared) = shared.upgrade() {
        // It sleeps until the first session ends.
        let sleeper = Arc::downgrade(&inbox);
        let wake = move || sleeper.upgrade().into_iter().for_each(|inbox| inbox.unpark());
        shared.engine.on_clock_move(Box::new(wake));
    }
    let sweeping = inbox.clone();
    let run = move || {
        sweeping.belongs_to(thread::current());
        sweeper::run(shared, sweeping);
    };
    if let Err(error) = thread::Builder::new().name("push".to_owned()).spawn(run) {
        tracing::error!(%error, "nothing is pushed: its thread does not start");
        inbox.close();
    }
    inbox
}

impl Inbox {
    /// Has a socket that has its opening follow from a position.
    pub fn follow(&self, socket: Arc<Socket>, from: Seq) {
        self.leave(Note::Follow { socket, from });
    }

    /// Has what waits for a socket written.
    pub fn write(&self, socket: Arc<Socket>) {
        self.leave(Note::Write { socket });
    }
}
