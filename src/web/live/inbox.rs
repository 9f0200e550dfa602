//! What the sockets' tasks tell the sweeper.

use std::{
    mem,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::Wake,
    thread::Thread,
};

use super::socket::Socket;
use crate::domain::Seq;

/// One thing a task tells.
pub enum Note {
    /// The socket has its opening and follows from a position.
    Follow { socket: Arc<Socket>, from: Seq },
    /// The socket may take more, or has something of its own to send.
    Write { socket: Arc<Socket> },
}

/// Where notes lie until the sweeper's next turn.
#[derive(Default)]
pub struct Inbox {
    notes: Mutex<Vec<Note>>,
    sweeper: Mutex<Option<Thread>>,
    closed: AtomicBool,
}

impl Inbox {
    /// Leaves a note and wakes the sweeper.
    pub fn leave(&self, note: Note) {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(note);
        self.unpark();
    }

    /// All notes so far.
    pub fn take(&self) -> Vec<Note> {
        mem::take(&mut *self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Has the sweeper end.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.unpark();
    }

    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    /// Says who is to be woken.
    pub fn belongs_to(&self, sweeper: Thread) {
        *self.sweeper.lock().unwrap_or_else(PoisonError::into_inner) = Some(sweeper);
    }

    /// Wakes the sweeper, whatever for.
    pub fn unpark(&self) {
        let sweeper = self.sweeper.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sweeper) = &*sweeper {
            sweeper.unpark();
        }
    }
}

impl Wake for Inbox {
    fn wake(self: Arc<Self>) {
        self.unpark();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.unpark();
    }
}
