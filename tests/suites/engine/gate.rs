//! A gate before the disk: a test sees an append come and says when it goes through.

use std::sync::{Arc, Condvar, Mutex};

use campus_dispatch::{
    domain::Record,
    journal::{Epoch, Head, Journal, JournalError, JournalReader, memory::MemoryJournal},
};
use tokio::sync::watch;

#[derive(Default)]
pub struct Gate {
    /// How many appends may still pass; `None` while it stands open.
    left: Mutex<Option<u64>>,
    moved: Condvar,
    arrived: watch::Sender<u64>,
}

impl Gate {
    pub fn close(&self) {
        self.set(Some(0));
    }

    pub fn open(&self) {
        self.set(None);
    }

    /// Lets one append through and stays closed.
    pub fn let_one_through(&self) {
        self.set(Some(1));
    }

    /// How many appends have come so far.
    pub fn arrived(&self) -> u64 {
        *self.arrived.borrow()
    }

    /// Waits until so many appends have come.
    pub async fn comes(&self, count: u64) {
        let mut arrived = self.arrived.subscribe();
        arrived.wait_for(|arrived| *arrived >= count).await.expect("the gate stands");
    }

    fn set(&self, left: Option<u64>) {
        *self.left.lock().expect("no test panics in here") = left;
        self.moved.notify_all();
    }

    fn pass(&self) {
        self.arrived.send_modify(|arrived| *arrived += 1);
        let left = self.left.lock().expect("no test panics in here");
        let mut left =
            self.moved.wait_while(left, |left| *left == Some(0)).expect("no test panics in here");
        if let Some(left) = &mut *left {
            *left -= 1;
        }
    }
}

pub struct GatedJournal {
    pub journal: MemoryJournal,
    pub gate: Arc<Gate>,
}

impl Journal for GatedJournal {
    fn epoch(&self) -> &Epoch {
        self.journal.epoch()
    }

    fn head(&self) -> Head {
        self.journal.head()
    }

    fn append(&mut self, batch: &[Record]) -> Result<Head, JournalError> {
        self.gate.pass();
        self.journal.append(batch)
    }

    fn reader(&self) -> Result<Box<dyn JournalReader>, JournalError> {
        self.journal.reader()
    }
}
