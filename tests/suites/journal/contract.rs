//! What every adapter must do. Each function is one promise; an adapter's module runs them all.

use std::thread;

use campus_dispatch::{
    domain::{
        event::Event,
        place::Position,
        record::{Record, Seq},
    },
    journal::{Head, Journal, JournalError, JournalReader, read_stored},
};

use super::records::{alert_at, record, records};

/// A place where a journal outlasts its writer.
pub trait Adapter {
    /// An empty place.
    fn fresh() -> Self;
    /// Opens the journal there.
    fn open(&self) -> Result<Box<dyn Journal>, JournalError>;
}

/// Runs the contract on an adapter, one test for each promise.
macro_rules! contract {
    ($adapter:ty: $($promise:ident),* $(,)?) => {
        $(#[test] fn $promise() {
            $crate::journal::contract::$promise::<$adapter>();
        })*
    };
    ($adapter:ty) => {
        $crate::journal::contract::contract! { $adapter:
            a_new_journal_is_empty,
            records_are_read_back_equal_and_in_order,
            a_reopened_journal_goes_on_where_it_ended,
            the_epoch_stays_and_differs_from_another_journals,
            the_head_does_not_depend_on_how_records_were_batched,
            a_gap_is_refused_and_nothing_is_written,
            a_record_that_would_not_read_back_is_refused_and_nothing_is_written,
            an_empty_append_changes_nothing,
            reading_begins_after_any_position,
            an_alerts_records_are_found,
            records_and_hashes_are_read_so_many_at_once,
            stored_records_come_with_the_hash_before_them,
            a_hash_is_known_at_each_position,
            verify_tells_head_and_progress,
            a_second_writer_is_refused_until_the_first_is_gone,
            readers_see_a_whole_prefix_while_the_writer_writes,
            a_reader_outlasts_the_writer,
            a_reader_may_be_asked_while_it_reads,
        }
    };
}
pub(crate) use contract;

/// All records after a position.
pub fn read_after(reader: &dyn JournalReader, after: Seq) -> Vec<Record> {
    let mut read = Vec::new();
    reader.read_after(after, &mut |record| read.push(record)).unwrap();
    read
}

fn filled<A: Adapter>(to: Seq) -> (A, Box<dyn Journal>) {
    let place = A::fresh();
    let mut journal = place.open().unwrap();
    journal.append(&records(1, to)).unwrap();
    (place, journal)
}

pub fn a_new_journal_is_empty<A: Adapter>() {
    let place = A::fresh();
    let journal = place.open().unwrap();
    let empty = Head { seq: 0, hash: "0".repeat(64) };
    assert_eq!(journal.head(), empty);
    let reader = journal.reader().unwrap();
    assert_eq!(read_after(&*reader, 0), []);
    assert_eq!(reader.verify(&mut |_| ()).unwrap(), empty);
}

pub fn records_are_read_back_equal_and_in_order<A: Adapter>() {
    let (place, journal) = filled::<A>(3_000);
    assert_eq!(journal.head().seq, 3_000);
    assert_eq!(read_after(&*journal.reader().unwrap(), 0), records(1, 3_000));
    drop(journal);
    let journal = place.open().unwrap();
    assert_eq!(read_after(&*journal.reader().unwrap(), 0), records(1, 3_000));
}

pub fn a_reopened_journal_goes_on_where_it_ended<A: Adapter>() {
    let place = A::fresh();
    let mut head = place.open().unwrap().head();
    for batch in 0..6 {
        let mut journal = place.open().unwrap();
        assert_eq!(journal.head(), head);
        head = journal.append(&records(batch * 7 + 1, batch * 7 + 7)).unwrap();
        assert_eq!(journal.head(), head);
    }
    let journal = place.open().unwrap();
    assert_eq!(read_after(&*journal.reader().unwrap(), 0), records(1, 42));
    assert_eq!(journal.reader().unwrap().verify(&mut |_| ()).unwrap(), head);
}

pub fn the_epoch_stays_and_differs_from_another_journals<A: Adapter>() {
    let (one, other) = (A::fresh(), A::fresh());
    let epoch = one.open().unwrap().epoch().clone();
    assert_eq!(*one.open().unwrap().epoch(), epoch);
    assert_ne!(*other.open().unwrap().epoch(), epoch);
}

pub fn the_head_does_not_depend_on_how_records_were_batched<A: Adapter>() {
    let (_place, whole) = filled::<A>(40);
    let place = A::fresh();
    let mut pieces = place.open().unwrap();
    for (from, to) in [(1, 1), (2, 20), (21, 39), (40, 40)] {
        pieces.append(&records(from, to)).unwrap();
    }
    assert_eq!(pieces.head(), whole.head());
    assert_ne!(whole.head().hash, "0".repeat(64));
}

pub fn a_gap_is_refused_and_nothing_is_written<A: Adapter>() {
    let (_place, mut journal) = filled::<A>(3);
    let mut holed = records(4, 6);
    holed.remove(1);
    for (batch, missing, wrong) in
        [(records(5, 6), 4, 5), (records(3, 4), 4, 3), (records(1, 1), 4, 1), (holed, 5, 6)]
    {
        match journal.append(&batch) {
            Err(JournalError::Gap { expected, found }) => {
                assert_eq!((expected, found), (missing, wrong));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(read_after(&*journal.reader().unwrap(), 0), records(1, 3));
    }
    journal.append(&records(4, 5)).unwrap();
    assert_eq!(read_after(&*journal.reader().unwrap(), 0), records(1, 5));
}

pub fn a_record_that_would_not_read_back_is_refused_and_nothing_is_written<A: Adapter>() {
    let (_place, mut journal) = filled::<A>(3);
    let nowhere = Position { longitude: f64::NAN, latitude: 0.0 };
    let event = Event::PositionReported { unit: "unit-1".into(), position: nowhere };
    let unwritable = Record { event, ..record(5) };
    let error = journal.append(&[record(4), unwritable]).unwrap_err();
    assert!(matches!(error, JournalError::Unwritable { seq: 5, .. }), "{error:?}");
    assert_eq!(journal.head().seq, 3);
    journal.append(&records(4, 5)).unwrap();
    assert_eq!(read_after(&*journal.reader().unwrap(), 0), records(1, 5));
}

pub fn an_empty_append_changes_nothing<A: Adapter>() {
    let (_place, mut journal) = filled::<A>(3);
    let head = journal.head();
    assert_eq!(journal.append(&[]).unwrap(), head);
    assert_eq!(read_after(&*journal.reader().unwrap(), 0), records(1, 3));
}

pub fn reading_begins_after_any_position<A: Adapter>() {
    let (_place, journal) = filled::<A>(30);
    let reader = journal.reader().unwrap();
    for after in 0..=30 {
        assert_eq!(read_after(&*reader, after), records(after + 1, 30));
    }
    for beyond in [31, Seq::MAX] {
        assert_eq!(read_after(&*reader, beyond), []);
    }
}

pub fn an_alerts_records_are_found<A: Adapter>() {
    let (_place, journal) = filled::<A>(60);
    let reader = journal.reader().unwrap();
    for alert in [alert_at(1), alert_at(3)] {
        let mut own = records(1, 60);
        own.retain(|record| record.event.alert() == Some(alert));
        assert!(own.len() > 5);
        assert_eq!(reader.records_of(alert).unwrap(), own);
    }
    assert_eq!(reader.records_of(campus_dispatch::domain::id::AlertId(999)).unwrap(), []);
}

pub fn records_and_hashes_are_read_so_many_at_once<A: Adapter>() {
    let (_place, journal) = filled::<A>(60);
    let reader = journal.reader().unwrap();
    for (after, max) in [(0, 7), (7, 1), (55, 50), (60, 3), (0, 0)] {
        let last = (after + max).min(60);
        let wanted = records(after + 1, last);
        assert_eq!(reader.read_some(after, max as usize).unwrap(), wanted, "{after} {max}");
        let hashes = reader.hashes_after(after, max as usize).unwrap();
        assert_eq!(hashes.len(), wanted.len());
        for (link, record) in hashes.iter().zip(&wanted) {
            assert_eq!((link.seq, link.alert), (record.seq, record.event.alert()));
            let hash = reader.hash_at(link.seq).unwrap();
            assert_eq!(Some(link.hash.to_string()), hash);
        }
    }
}

pub fn stored_records_come_with_the_hash_before_them<A: Adapter>() {
    let (_place, journal) = filled::<A>(60);
    let reader = journal.reader().unwrap();
    for alert in [None, Some(alert_at(3))] {
        let mut own = records(1, 60);
        own.retain(|record| record.event.alert() == alert);
        assert!(own.len() > 5);
        let first = reader.stored_of(alert, 0, 4).unwrap();
        let last = first.last().unwrap().1.seq;
        let stored = [first, reader.stored_of(alert, last, usize::MAX).unwrap()].concat();
        assert_eq!(stored.len(), own.len());
        for ((before, stored), record) in stored.iter().zip(own) {
            let known = reader.hash_at(record.seq - 1).unwrap();
            assert_eq!(Some(before.to_string()), known);
            assert_eq!(read_stored(*before, stored).unwrap(), record);
        }
    }
}

pub fn a_hash_is_known_at_each_position<A: Adapter>() {
    let place = A::fresh();
    let mut journal = place.open().unwrap();
    let mut heads = vec![journal.head()];
    for seq in 1..=5 {
        heads.push(journal.append(&[record(seq)]).unwrap());
    }
    let reader = journal.reader().unwrap();
    for head in heads {
        assert_eq!(reader.hash_at(head.seq).unwrap(), Some(head.hash));
    }
    assert_eq!(reader.hash_at(6).unwrap(), None);
    assert_eq!(reader.hash_at(Seq::MAX).unwrap(), None);
}

pub fn verify_tells_head_and_progress<A: Adapter>() {
    let (_place, journal) = filled::<A>(2_500);
    let mut progress = Vec::new();
    let head = journal.reader().unwrap().verify(&mut |seq| progress.push(seq)).unwrap();
    assert_eq!(head, journal.head());
    assert!(progress.len() > 1 && progress.is_sorted());
    assert_eq!(progress.last(), Some(&2_500));
}

pub fn a_second_writer_is_refused_until_the_first_is_gone<A: Adapter>() {
    let (place, mut journal) = filled::<A>(3);
    assert!(matches!(place.open().err(), Some(JournalError::InUse { .. })));
    journal.append(&[record(4)]).unwrap();
    drop(journal);
    assert_eq!(place.open().unwrap().head().seq, 4);
}

pub fn readers_see_a_whole_prefix_while_the_writer_writes<A: Adapter>() {
    let (_place, mut journal) = filled::<A>(1);
    let reader = journal.reader().unwrap();
    let read = || {
        let read = read_after(&*reader, 0);
        let reached = read.len() as Seq;
        assert_eq!(read, records(1, reached));
        reached
    };
    thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let mut reached = 0;
            while reached < 300 {
                let now = read();
                assert!(now >= reached);
                reached = now;
            }
        });
        for seq in (2..300).step_by(2) {
            journal.append(&records(seq, seq + 1)).unwrap();
        }
        journal.append(&[record(300)]).unwrap();
        reading.join().unwrap();
    });
}

pub fn a_reader_outlasts_the_writer<A: Adapter>() {
    let (_place, journal) = filled::<A>(20);
    let (used, unused) = (journal.reader().unwrap(), journal.reader().unwrap());
    assert_eq!(read_after(&*used, 10), records(11, 20));
    drop(journal);
    assert_eq!(read_after(&*used, 0), records(1, 20));
    assert_eq!(read_after(&*unused, 0), records(1, 20));
}

pub fn a_reader_may_be_asked_while_it_reads<A: Adapter>() {
    let (_place, journal) = filled::<A>(20);
    let reader = journal.reader().unwrap();
    let mut hashes = Vec::new();
    reader
        .read_after(0, &mut |record| hashes.push(reader.hash_at(record.seq).unwrap().unwrap()))
        .unwrap();
    assert_eq!(hashes.last(), Some(&journal.head().hash));
    assert_eq!(hashes.len(), 20);
}
