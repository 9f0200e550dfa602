//! The disk with a mishap on order, watched at the one moment that matters: what was decided is
//! not durable yet, so nothing of it may be seen anywhere.

use std::{
    panic::resume_unwind,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
};

use campus_dispatch::{
    domain::{Record, Within, command::Outcome},
    engine::{Engine, Picture, SubmitError, clock::ManualClock},
    journal::{
        Epoch, Head, Journal, JournalError, JournalReader,
        memory::{Fault, MemoryDisk, MemoryJournal},
    },
};

/// What can befall an append.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumIter, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Mishap {
    /// The sync fails, and nothing is kept.
    FailsBeforeDurable,
    /// The sync fails, and all is kept.
    FailsAfterDurable,
    /// The sync fails, and a torn batch is left.
    FailsTorn,
    /// The process dies; what was in flight is lost.
    DiesBeforeDurable,
    /// The process dies; what was in flight is torn.
    DiesTorn,
    /// The process dies before anybody is answered.
    DiesAfterDurable,
    /// The disk takes its time.
    Stalls,
}

impl Mishap {
    pub fn is_fatal(self) -> bool {
        self != Self::Stalls
    }
}

/// Thrown where the process dies; the loop catches it.
pub struct Death;

type Awaited<T> = Pin<Box<dyn Future<Output = Result<T, SubmitError>> + Send>>;

/// Somebody who waits for the writer.
pub struct Waiting<T> {
    /// The request's or the follower's number.
    pub number: usize,
    awaited: Awaited<T>,
}

impl<T> Waiting<T> {
    pub fn new(
        number: usize,
        awaited: impl Future<Output = Result<T, SubmitError>> + Send + 'static,
    ) -> Self {
        Self { number, awaited: Box::pin(awaited) }
    }

    /// The answer, once there is one.
    pub fn look(&mut self) -> Option<Result<T, SubmitError>> {
        match self.awaited.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => None,
        }
    }
}

/// What the watch at the disk knows of the world outside.
#[derive(Default)]
pub struct Watch {
    pub engine: Option<Engine>,
    pub mishap: Option<Mishap>,
    pub callers: Vec<Waiting<Outcome>>,
    pub viewers: Vec<Waiting<Picture>>,
    /// How long the disk takes its time, if it does.
    pub stall: Within,
    /// Who comes while it does. Those who find the mailbox full hear so at once.
    pub latecomers: Vec<Waiting<Outcome>>,
    pub turned_away: Vec<(usize, SubmitError)>,
    pub befell: Option<Mishap>,
    pub appends: u64,
    pub findings: Vec<String>,
}

impl Watch {
    /// Nothing of a batch may be seen before it is durable (I5).
    fn look_around(&mut self, batch: &[Record], durable: u64) {
        for caller in &mut self.callers {
            if let Some(answer) = caller.look() {
                self.findings.push(format!("answered before durable: {answer:?}"));
            }
        }
        for viewer in &mut self.viewers {
            if viewer.look().is_some() {
                self.findings.push("a picture was given before durable".to_owned());
            }
        }
        let engine = self.engine.as_ref().expect("a writer writes for an engine");
        let shown = engine.position().seq;
        if shown != durable {
            self.findings.push(format!("the feed is at {shown}, and durable is {durable}"));
        }
        for record in batch {
            let alert = record.event.alert().and_then(|id| engine.board().alert(id));
            if alert.is_some_and(|alert| alert.changed_seq > durable) {
                self.findings.push(format!("the board shows {} before durable", record.seq));
            }
        }
    }

    fn come_late(&mut self) {
        for mut latecomer in self.latecomers.drain(..) {
            match latecomer.look() {
                None => self.callers.push(latecomer),
                Some(Err(error)) => self.turned_away.push((latecomer.number, error)),
                Some(Ok(outcome)) => {
                    self.findings.push(format!("answered while the disk stalls: {outcome:?}"));
                }
            }
        }
    }
}

pub struct WatchedJournal {
    pub journal: MemoryJournal,
    pub disk: MemoryDisk,
    pub clock: Arc<ManualClock>,
    pub watch: Arc<Mutex<Watch>>,
}

impl Journal for WatchedJournal {
    fn epoch(&self) -> &Epoch {
        self.journal.epoch()
    }

    fn head(&self) -> Head {
        self.journal.head()
    }

    fn append(&mut self, batch: &[Record]) -> Result<Head, JournalError> {
        let mishap = {
            let mut watch = self.watch.lock().expect("one thread");
            watch.look_around(batch, self.disk.stored().len() as u64);
            watch.appends += 1;
            watch.befell = watch.mishap.take();
            watch.befell
        };
        let fails = |fault| self.disk.fail_append(1, fault);
        match mishap {
            None | Some(Mishap::DiesAfterDurable) => {}
            Some(Mishap::FailsBeforeDurable | Mishap::DiesBeforeDurable) => {
                fails(Fault::BeforeDurable);
            }
            Some(Mishap::FailsAfterDurable) => fails(Fault::AfterDurable),
            Some(Mishap::FailsTorn | Mishap::DiesTorn) => fails(Fault::Torn),
            Some(Mishap::Stalls) => {
                let by = self.watch.lock().expect("one thread").stall;
                self.clock.advance(by);
                self.watch.lock().expect("one thread").come_late();
            }
        }
        let appended = self.journal.append(batch);
        match mishap {
            Some(Mishap::DiesBeforeDurable | Mishap::DiesTorn | Mishap::DiesAfterDurable) => {
                resume_unwind(Box::new(Death))
            }
            _ => appended,
        }
    }

    fn reader(&self) -> Result<Box<dyn JournalReader>, JournalError> {
        self.journal.reader()
    }
}
