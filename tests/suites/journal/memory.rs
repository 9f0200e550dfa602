//! The journal in memory: the contract, and faults on order.

use std::sync::atomic::{AtomicU32, Ordering};

use campus_dispatch::journal::{
    Journal, JournalError,
    memory::{Fault, MemoryDisk},
};

use super::{
    contract::{Adapter, contract, read_after},
    records::{record, records},
};

struct Memory(MemoryDisk);

impl Adapter for Memory {
    fn fresh() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        Self(MemoryDisk::new(&format!("memory-{}", MADE.fetch_add(1, Ordering::Relaxed))))
    }

    fn open(&self) -> Result<Box<dyn Journal>, JournalError> {
        Ok(Box::new(self.0.open()?))
    }
}

contract!(Memory);

#[test]
fn an_append_fails_on_order_and_poisons_until_the_restart() {
    for (fault, kept) in [(Fault::BeforeDurable, 1), (Fault::AfterDurable, 3), (Fault::Torn, 1)] {
        let disk = MemoryDisk::default();
        disk.fail_append(2, fault);
        let mut journal = disk.open().unwrap();
        journal.append(&[record(1)]).unwrap();
        let failed = journal.append(&records(2, 3));
        assert!(matches!(failed, Err(JournalError::OutcomeUnknown { .. })), "{failed:?}");
        for batch in [records(2, 3), records(4, 4), Vec::new()] {
            assert!(matches!(journal.append(&batch), Err(JournalError::Poisoned)));
        }
        drop(journal);
        let mut journal = disk.open().unwrap();
        assert_eq!(read_after(&*journal.reader().unwrap(), 0), records(1, kept));
        journal.append(&[record(kept + 1)]).unwrap();
        assert_eq!(disk.appends(), 3);
    }
}

#[test]
fn a_copy_is_what_a_power_cut_leaves() {
    let disk = MemoryDisk::default();
    let mut journal = disk.open().unwrap();
    journal.append(&records(1, 4)).unwrap();
    let cut = disk.copy();
    journal.append(&records(5, 6)).unwrap();
    let mut after = cut.open().unwrap();
    assert_eq!(after.head().seq, 4);
    assert_eq!(after.append(&records(5, 6)).unwrap(), journal.head());
}
