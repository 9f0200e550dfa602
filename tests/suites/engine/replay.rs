//! A start from the journal comes to what was live.

use std::{cell::RefCell, sync::Arc};

use campus_dispatch::{
    domain::{Record, Seq, id::AlertId},
    engine::{Engine, Limits, clock::ManualClock, past::Past},
    journal::{
        Epoch, Head, Journal, JournalError, JournalReader,
        chain::{Hash, StoredRecord},
        memory::MemoryDisk,
        seal::Link,
    },
};

use super::{
    ask,
    centre::{Centre, START, named},
};

/// A short day at the centre.
pub async fn a_day(centre: &Centre) {
    for n in 0..20 {
        let raised = centre.engine.submit(named(&format!("raise-{n}"), ask::raise())).await;
        let alert = raised.unwrap().alert.unwrap();
        if n % 4 == 3 {
            centre.does(ask::cancel(alert)).await;
            continue;
        }
        let id = format!("send-{n}");
        let sent = centre.engine.submit(named(&id, ask::dispatch(alert, &["U-1", "U-2"]))).await;
        let assignments = sent.unwrap().assignments;
        centre.at_ms(n * 90_000 + 20_000).await;
        for assignment in assignments {
            centre.does(ask::acknowledge(assignment)).await;
            centre.does(ask::arrive(assignment)).await;
            centre.does(ask::clear(assignment)).await;
        }
        centre.at_ms((n + 1) * 90_000).await;
        centre.does(ask::resolve(alert)).await;
        if n % 4 != 2 {
            centre.does(ask::close(alert)).await;
        }
    }
}

fn alerts(engine: &Engine) -> Vec<campus_dispatch::domain::Alert> {
    engine.board().alerts_before(None).map(|alert| (*alert).clone()).collect()
}

#[tokio::test]
async fn replay_equals_live() {
    let mut centre = Centre::open().await;
    a_day(&centre).await;
    let (live, units) = (alerts(&centre.engine), centre.engine.board().units());
    let state = centre.replayed();
    let folded: Vec<_> = state.alerts.values().rev().map(|alert| (**alert).clone()).collect();
    assert_eq!(folded, live);
    let position = centre.engine.position();
    centre.restart().await;
    assert_eq!(centre.engine.position(), position);
    assert_eq!(alerts(&centre.engine), live);
    assert_eq!(centre.engine.board().units(), units);
}

#[test]
fn what_was_folded_comes_back_whole_from_a_snapshot() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let centre = runtime.block_on(async {
        let centre = Centre::open().await;
        a_day(&centre).await;
        centre
    });
    let mut past = Past::default();
    centre.records().iter().for_each(|record| drop(past.apply(record)));
    let bytes = past.to_snapshot().unwrap();
    assert_eq!(Past::from_snapshot(&bytes), Some(past));
    assert_eq!(Past::from_snapshot(&bytes[..bytes.len() - 1]), None);
}

#[tokio::test]
async fn a_start_tells_how_far_it_is() {
    let centre = Centre::open().await;
    a_day(&centre).await;
    let head = centre.engine.position().seq;
    centre.engine.stop().await;
    let told = RefCell::new(Vec::new());
    let journal = Box::new(centre.disk.open().unwrap());
    let clock = centre.clock.clone();
    let mut progress = |seq: Seq, of: Seq| told.borrow_mut().push((seq, of));
    Engine::start(journal, None, clock, Limits::default(), &mut progress).unwrap();
    let told = told.into_inner();
    assert_eq!(told.first(), Some(&(0, head)));
    assert_eq!(told.last(), Some(&(head, head)));
}

/// A journal that does not tell all of its records.
struct Forgetful {
    journal: Box<dyn Journal>,
    forgets: Seq,
}

struct ForgetfulReader {
    reader: Box<dyn JournalReader>,
    forgets: Seq,
}

impl Journal for Forgetful {
    fn epoch(&self) -> &Epoch {
        self.journal.epoch()
    }
    fn head(&self) -> Head {
        self.journal.head()
    }
    fn append(&mut self, batch: &[Record]) -> Result<Head, JournalError> {
        self.journal.append(batch)
    }
    fn reader(&self) -> Result<Box<dyn JournalReader>, JournalError> {
        let reader = self.journal.reader()?;
        Ok(Box::new(ForgetfulReader { reader, forgets: self.forgets }))
    }
}

impl JournalReader for ForgetfulReader {
    fn read_after(&self, after: Seq, take: &mut dyn FnMut(Record)) -> Result<(), JournalError> {
        self.reader.read_after(after, &mut |record| {
            if record.seq != self.forgets {
                take(record);
            }
        })
    }
    fn read_some(&self, after: Seq, max: usize) -> Result<Vec<Record>, JournalError> {
        self.reader.read_some(after, max)
    }
    fn records_of(&self, alert: AlertId) -> Result<Vec<Record>, JournalError> {
        self.reader.records_of(alert)
    }
    fn stored_of(
        &self,
        alert: Option<AlertId>,
        after: Seq,
        max: usize,
    ) -> Result<Vec<(Hash, StoredRecord)>, JournalError> {
        self.reader.stored_of(alert, after, max)
    }
    fn hashes_after(&self, after: Seq, max: usize) -> Result<Vec<Link>, JournalError> {
        self.reader.hashes_after(after, max)
    }
    fn hash_at(&self, seq: Seq) -> Result<Option<String>, JournalError> {
        self.reader.hash_at(seq)
    }
    fn verify(&self, progress: &mut dyn FnMut(Seq)) -> Result<Head, JournalError> {
        self.reader.verify(progress)
    }
}

fn start_on_forgetful(disk: &MemoryDisk, forgets: Seq) -> Result<Engine, JournalError> {
    let journal = Box::new(Forgetful { journal: Box::new(disk.open().unwrap()), forgets });
    let clock = Arc::new(ManualClock::at(START));
    Engine::start(journal, None, clock, Limits::default(), &mut |_, _| {})
}

#[tokio::test]
async fn a_journal_with_a_gap_is_refused() {
    let centre = Centre::open().await;
    centre.engine.stop().await;
    let refused = start_on_forgetful(&centre.disk, 4).err().expect("refused");
    assert!(matches!(refused, JournalError::Damaged { seq: 3, .. }), "{refused}");
}

#[tokio::test]
async fn a_journal_that_ends_before_its_head_is_refused() {
    let centre = Centre::open().await;
    let head = centre.engine.position().seq;
    centre.engine.stop().await;
    let refused = start_on_forgetful(&centre.disk, head).err().expect("refused");
    let JournalError::Damaged { seq, .. } = refused else { panic!("{refused}") };
    assert_eq!(seq, head - 1);
}
