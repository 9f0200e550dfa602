//! The board as it stood at any instant of the past, folded again from the journal.
//!
//! A [`Standing`] is what a board shows and nothing more, so that it stays small however long the
//! history is: what has ended leaves it after a day, and comes back out of its own records when
//! something touches it again. [`Shelf`] keeps a bounded number of them on the way, which only
//! makes a look back faster: without it every look would begin at the first record.
//!
//! Absent here: the writer, and anything that it would have to wait for.

mod shelf;
mod standing;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

pub use self::{shelf::Shelf, standing::Standing};
use crate::{
    domain::{Event, Record, Seq, Timestamp, event::Notice, id::AlertId},
    engine::Published,
    journal::{JournalError, JournalReader},
};

/// Records read at once.
const READ: usize = 512;

/// Between two reads of [`Hindsight::prepare`], so that it never takes a core from the server.
const REST: Duration = Duration::from_millis(1);

/// Between two looks for what has been added.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// Looks back. Any number may ask; they look one after another, so that the present is not slowed.
pub struct Hindsight {
    reader: Arc<dyn JournalReader>,
    shelf: Mutex<Shelf>,
    turn: Mutex<()>,
}

/// A stretch of the past, record by record.
pub struct Stretch {
    /// Those that changed the board, in order.
    pub records: Vec<Published>,
    /// The board after the last of them.
    pub standing: Arc<Standing>,
    /// Whether the stretch was cut short because it was too long.
    pub has_more: bool,
}

/// Something in a stretch that is worth finding again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub seq: Seq,
    pub at: Timestamp,
    pub alert: AlertId,
    /// `None`: the alert was raised.
    pub notice: Option<Notice>,
}

impl Hindsight {
    /// Looks back through a journal.
    pub fn new(reader: Arc<dyn JournalReader>) -> Self {
        Self::keeping(reader, Shelf::default())
    }

    /// The same with another shelf.
    pub fn keeping(reader: Arc<dyn JournalReader>, shelf: Shelf) -> Self {
        Self { reader, shelf: Mutex::new(shelf), turn: Mutex::default() }
    }

    /// The board after the last record up to `head` that was made no later than `at`.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn at(&self, at: Timestamp, head: Seq) -> Result<Arc<Standing>, JournalError> {
        let _turn = self.turn();
        let nearest = self.shelf().before_instant(at, head);
        let standing = self.fold(nearest, head, |record| record.at <= at)?;
        self.shelf().remember(standing.clone());
        Ok(standing)
    }

    /// Up to `max` records after `after` that were made no later than `until`, with what they
    /// changed.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn after(
        &self,
        after: Seq,
        until: Timestamp,
        max: usize,
        head: Seq,
    ) -> Result<Stretch, JournalError> {
        let _turn = self.turn();
        let nearest = self.shelf().before_record(after);
        let standing = self.fold(nearest, after.min(head), |_| true)?;
        let mut standing = (*standing).clone();
        let mut records = Vec::new();
        let mut has_more = false;
        'reading: while standing.seq() < head {
            let read = self.reader.read_some(standing.seq(), max.min(READ))?;
            if read.is_empty() {
                break;
            }
            for record in read {
                if record.seq > head || record.at > until {
                    break 'reading;
                }
                if records.len() == max {
                    has_more = true;
                    break 'reading;
                }
                let changes = standing.step(&record, &*self.reader)?;
                if !changes.is_empty() {
                    records.push(Published { record, changes });
                }
            }
        }
        let standing = Arc::new(standing);
        self.shelf().remember(standing.clone());
        Ok(Stretch { records, standing, has_more })
    }

    /// Up to `max` marks from `from` to `to`, both included, and whether those are all.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn marks(
        &self,
        from: Timestamp,
        to: Timestamp,
        max: usize,
        head: Seq,
    ) -> Result<(Vec<Mark>, bool), JournalError> {
        let _turn = self.turn();
        let before = Timestamp::from_millis(from.millis().saturating_sub(1));
        let mut seq = self.shelf().before_instant(before, head).seq();
        let mut marks = Vec::new();
        while seq < head {
            let read = self.reader.read_some(seq, READ)?;
            let Some(last) = read.last() else { break };
            seq = last.seq;
            for record in read {
                if record.seq > head || record.at > to {
                    return Ok((marks, true));
                }
                if let Some(mark) = mark(&record).filter(|mark| mark.at >= from) {
                    if marks.len() == max {
                        return Ok((marks, false));
                    }
                    marks.push(mark);
                }
            }
        }
        Ok((marks, true))
    }

    /// The instant of the first record; `None` in an empty history.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn beginning(&self) -> Result<Option<Timestamp>, JournalError> {
        Ok(self.reader.read_some(0, 1)?.first().map(|record| record.at))
    }

    /// Goes through the whole history once, leaving what makes a look back fast, and then through
    /// what is added; returns when nobody else holds it any more.
    pub fn prepare(self: Arc<Self>) {
        while Arc::strong_count(&self) > 1 {
            let from = self.shelf().last();
            match self.prepare_some(from) {
                Ok(true) => thread::sleep(REST),
                Ok(false) => thread::sleep(LOOK_EVERY),
                Err(error) => return tracing::warn!(%error, "the past could not be read through"),
            }
        }
    }

    /// Goes on to the next place that is kept; false when the history does not go so far.
    fn prepare_some(&self, from: Arc<Standing>) -> Result<bool, JournalError> {
        let next = self.shelf().next_place(from.seq());
        let reaches = self.reader.hash_at(next)?.is_some();
        if reaches {
            self.fold_resting(from, next)?;
        }
        Ok(reaches)
    }

    fn fold_resting(&self, from: Arc<Standing>, to: Seq) -> Result<(), JournalError> {
        let mut standing = from;
        while standing.seq() < to {
            let next = (standing.seq() + READ as Seq).min(to);
            standing = self.fold(standing, next, |_| true)?;
            thread::sleep(REST);
        }
        Ok(())
    }

    /// Folds on from a standing, up to `to` and as long as `goes_on`, and leaves what is met on the
    /// way on the shelf.
    fn fold(
        &self,
        from: Arc<Standing>,
        to: Seq,
        goes_on: impl Fn(&Record) -> bool,
    ) -> Result<Arc<Standing>, JournalError> {
        let begins = from.seq();
        let mut standing = (*from).clone();
        'reading: while standing.seq() < to {
            let left = usize::try_from(to - standing.seq()).unwrap_or(READ);
            let read = self.reader.read_some(standing.seq(), left.min(READ))?;
            if read.is_empty() {
                break;
            }
            for record in read {
                if !goes_on(&record) {
                    break 'reading;
                }
                standing.step(&record, &*self.reader)?;
                if self.shelf().has_place_at(standing.seq()) {
                    standing.slim();
                    self.shelf().keep(Arc::new(standing.clone()));
                }
            }
        }
        if standing.seq() == begins {
            return Ok(from);
        }
        Ok(Arc::new(standing))
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn mark(record: &Record) -> Option<Mark> {
    let (alert, notice) = match &record.event {
        Event::AlertRaised(raised) => (raised.alert, None),
        Event::DeadlinePassed { alert, notice } => (*alert, Some(notice.clone())),
        _ => return None,
    };
    Some(Mark { seq: record.seq, at: record.at, alert, notice })
}
