//! When the disk has no more room: nothing is written, everything is read, and it passes.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use campus_dispatch::{
    domain::{Record, Within},
    engine::{Engine, Limits, SubmitError, clock::ManualClock},
    journal::{
        Epoch, Head, Journal, JournalError, JournalReader, Shortage,
        memory::{MemoryDisk, MemoryJournal},
    },
};

use super::{
    ask,
    centre::{START, named, setting_up, submission},
};

const SHORTAGE: Shortage = Shortage { free: 5 << 20, wanted: 1 << 20, reserve: 64 << 20 };

/// A journal on a disk that is full when a test says so.
struct Cramped {
    journal: MemoryJournal,
    full: Arc<AtomicBool>,
}

impl Journal for Cramped {
    fn epoch(&self) -> &Epoch {
        self.journal.epoch()
    }

    fn head(&self) -> Head {
        self.journal.head()
    }

    fn append(&mut self, batch: &[Record]) -> Result<Head, JournalError> {
        assert!(!self.full.load(Ordering::SeqCst), "nothing is written without room");
        self.journal.append(batch)
    }

    fn room(&self) -> Result<(), Shortage> {
        if self.full.load(Ordering::SeqCst) { Err(SHORTAGE) } else { Ok(()) }
    }

    fn reader(&self) -> Result<Box<dyn JournalReader>, JournalError> {
        self.journal.reader()
    }
}

struct Place {
    engine: Engine,
    clock: Arc<ManualClock>,
    full: Arc<AtomicBool>,
}

impl Place {
    async fn open() -> Self {
        let (clock, full) = (Arc::new(ManualClock::at(START)), Arc::<AtomicBool>::default());
        let journal = MemoryDisk::default().open().unwrap();
        let journal = Box::new(Cramped { journal, full: full.clone() });
        let limits = Limits::default();
        let engine = Engine::start(journal, None, clock.clone(), limits, &mut |_, _| ()).unwrap();
        for submission in setting_up() {
            engine.submit(submission).await.unwrap();
        }
        Self { engine, clock, full }
    }

    fn fill(&self, full: bool) {
        self.full.store(full, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn without_room_commands_are_refused_with_the_reason() {
    let place = Place::open().await;
    place.fill(true);
    let before = place.engine.position();
    let answer = place.engine.submit(submission(ask::raise())).await;
    assert!(
        matches!(answer, Err(SubmitError::DiskAlmostFull(shortage)) if shortage == SHORTAGE),
        "{answer:?}"
    );
    let text = answer.unwrap_err().to_string();
    assert!(
        text.contains("5 MiB are free, 1 MiB of them spoken for, and 64 MiB are kept free"),
        "{text}"
    );
    assert_eq!(place.engine.position(), before);
    assert_eq!(place.engine.shortage(), Some(SHORTAGE));
}

#[tokio::test]
async fn without_room_everything_is_still_read() {
    let place = Place::open().await;
    let alert = place.engine.submit(submission(ask::raise())).await.unwrap().alert.unwrap();
    place.fill(true);
    assert_eq!(place.engine.picture().await.unwrap().alerts.len(), 1);
    assert!(place.engine.board().alert(alert).is_some());
    assert_eq!(place.engine.records_of(alert).await.unwrap().len(), 1);
    assert!(place.engine.is_ready(), "it does not stop for this");
}

#[tokio::test]
async fn without_room_a_retry_is_answered_like_the_first_time() {
    let place = Place::open().await;
    let first = place.engine.submit(named("id-1", ask::raise())).await.unwrap();
    place.fill(true);
    assert_eq!(place.engine.submit(named("id-1", ask::raise())).await.unwrap(), first);
    let reused = place.engine.submit(named("id-1", ask::note(first.alert.unwrap(), "示例"))).await;
    assert!(matches!(reused, Err(SubmitError::IdReused)), "{reused:?}");
}

#[tokio::test]
async fn with_room_again_commands_are_taken_again() {
    let place = Place::open().await;
    place.fill(true);
    place.engine.submit(named("id-1", ask::raise())).await.unwrap_err();
    place.fill(false);
    place.engine.submit(named("id-1", ask::raise())).await.unwrap();
    assert_eq!(place.engine.shortage(), None);
}

#[tokio::test]
async fn deadlines_wait_for_room_and_are_told_then() {
    let place = Place::open().await;
    let alert = place.engine.submit(submission(ask::raise())).await.unwrap().alert.unwrap();
    place.fill(true);
    place.clock.set(START + Within::from_seconds(30));
    place.engine.picture().await.unwrap();
    let noticed = |place: &Place| place.engine.board().alert(alert).unwrap().noticed.len();
    assert_eq!(noticed(&place), 0);
    place.fill(false);
    place.engine.picture().await.unwrap();
    assert_eq!(noticed(&place), 1);
}
