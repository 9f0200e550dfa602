//! What the suites of history share.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use campus_dispatch::{
    cli::{
        self,
        history::{FileFault, Mapping, Report, read},
    },
    domain::Timestamp,
    engine::{Engine, Limits, clock::ManualClock},
    journal::memory::MemoryDisk,
};

/// After everything in any file here.
pub const NOW: &str = "2026-11-24T00:00:00.000Z";

pub fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("an instant")
}

/// A file of the repository.
pub fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// One of the shared files of real records. They stand beside the checkout.
pub fn shared(name: &str) -> PathBuf {
    let directory = std::env::var_os("CAMPUS_SHARED_DATA")
        .map_or_else(|| in_repository("../shared/data"), PathBuf::from);
    let file = directory.join(name);
    assert!(
        file.is_file(),
        "the shared dispatch records are needed: {} is missing; set CAMPUS_SHARED_DATA to their \
         directory",
        file.display()
    );
    file
}

/// A mapping of the repository.
pub fn mapping(name: &str) -> Mapping {
    Mapping::load(&in_repository("tests/data/mappings").join(name)).expect("a mapping")
}

/// Reads a text as a mapping has it.
pub fn read_text(text: impl AsRef<[u8]>, mapping: &Mapping) -> Result<Report, FileFault> {
    read(text.as_ref(), mapping, cli::limits::Limits::default(), at(NOW))
}

/// A running engine with nothing in it, at [`NOW`].
pub fn start() -> Engine {
    let journal = Box::new(MemoryDisk::default().open().expect("a journal"));
    let clock = Arc::new(ManualClock::at(at(NOW)));
    Engine::start(journal, None, clock, Limits::default(), &mut |_, _| {}).expect("a start")
}
