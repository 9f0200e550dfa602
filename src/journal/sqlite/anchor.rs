//! The head anchor: a small file beside the database that tells how long the history was.
//!
//! SQLite takes a damaged write-ahead log for a shorter one and says nothing, and a chain cut at
//! its end is still a chain. So the head is also written here, after the commit it tells of, and a
//! journal that ends before its anchor is refused.
//!
//! The file is two slots in two pages, written by turns, each with its own checksum: whichever way
//! a write is interrupted, the other slot stands. Writes are not synced each time, since a lost one
//! only leaves the anchor behind the head, where it claims less but nothing false; they are synced
//! at the first record, every [`SYNC_EVERY`] records and when the journal is closed.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Seek, SeekFrom, Write},
    path::Path,
};

use sha2::{Digest, Sha256};

use crate::{
    domain::record::Seq,
    journal::{
        Epoch,
        chain::Hash,
        directory::{open_private, replace_file},
    },
};

/// How many records the synced anchor may be behind.
pub const SYNC_EVERY: Seq = 1_000;

const SLOT_BYTES: usize = 4_096;
const MAGIC: &str = "campus-dispatch anchor 1";

/// A head that was durable when it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    pub seq: Seq,
    pub hash: Hash,
    pub epoch: Epoch,
}

impl Anchor {
    /// The newest anchor in the file, `None` when no slot is whole.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(path: &Path) -> io::Result<Option<Self>> {
        // Another process may be writing a slot this moment; it does not write the other one next
        // to it in the same moment, so a second look settles it.
        let mut looks = 0;
        loop {
            looks += 1;
            let found = newest(&fs::read(path)?).map(|(anchor, _)| anchor);
            if found.is_some() || looks == 3 {
                return Ok(found);
            }
        }
    }

    fn encode(&self) -> String {
        let Self { seq, hash, epoch } = self;
        let told = format!("{MAGIC} {seq} {hash} {}", epoch.0);
        let checksum = hex::encode(Sha256::digest(&told));
        format!("{told} {checksum}\n")
    }

    fn decode(slot: &[u8]) -> Option<Self> {
        let line = slot.split(|byte| *byte == b'\n').next()?;
        let (told, checksum) = std::str::from_utf8(line).ok()?.rsplit_once(' ')?;
        if hex::encode(Sha256::digest(told)) != checksum {
            return None;
        }
        let mut words = told.strip_prefix(MAGIC)?.strip_prefix(' ')?.splitn(3, ' ');
        Some(Self {
            seq: words.next()?.parse().ok()?,
            hash: Hash::parse(words.next()?)?,
            epoch: Epoch(words.next()?.to_owned()),
        })
    }
}

/// The newest whole slot and its number.
fn newest(bytes: &[u8]) -> Option<(Anchor, usize)> {
    let slots = bytes.chunks(SLOT_BYTES).take(2).enumerate();
    let whole = slots.filter_map(|(number, slot)| Some((Anchor::decode(slot)?, number)));
    whole.max_by_key(|(anchor, _)| anchor.seq)
}

/// The anchor file, open for writing.
#[derive(Debug)]
pub struct AnchorFile {
    file: File,
    next_slot: usize,
    synced: Seq,
}

impl AnchorFile {
    /// Makes the file of a new journal, durably.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create(path: &Path, anchor: &Anchor) -> io::Result<()> {
        let mut bytes = anchor.encode().into_bytes();
        bytes.resize(2 * SLOT_BYTES, 0);
        replace_file(path, &[&bytes])
    }

    /// Opens the file of a journal whose anchor was read and found true.
    ///
    /// # Errors
    /// When it cannot be opened for writing.
    pub fn open(path: &Path) -> io::Result<Self> {
        let found = newest(&fs::read(path)?);
        let file = open_private(path, OpenOptions::new().write(true))?;
        let next_slot = found.as_ref().map_or(0, |(_, slot)| 1 - slot);
        Ok(Self { file, next_slot, synced: found.map_or(0, |(anchor, _)| anchor.seq) })
    }

    /// Tells a head that is durable already.
    ///
    /// # Errors
    /// When it cannot be written or synced.
    pub fn advance(&mut self, anchor: &Anchor) -> io::Result<()> {
        let offset = (self.next_slot * SLOT_BYTES) as u64;
        self.file.seek(SeekFrom::Start(offset))?;
        self.file.write_all(anchor.encode().as_bytes())?;
        self.next_slot = 1 - self.next_slot;
        if self.synced == 0 || anchor.seq - self.synced >= SYNC_EVERY {
            self.sync()?;
            self.synced = anchor.seq;
        }
        Ok(())
    }

    /// Makes the last told head durable.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(seq: Seq) -> Anchor {
        Anchor { seq, hash: Hash([seq as u8; 32]), epoch: Epoch("0f".to_owned()) }
    }

    #[test]
    fn the_newest_of_two_slots_counts_and_survives_the_other() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("head.anchor");
        AnchorFile::create(&path, &anchor(0)).unwrap();
        let mut file = AnchorFile::open(&path).unwrap();
        for seq in 1..=5 {
            file.advance(&anchor(seq)).unwrap();
            assert_eq!(Anchor::read(&path).unwrap(), Some(anchor(seq)));
        }
        for slot in 0..2 {
            let mut bytes = fs::read(&path).unwrap();
            bytes[slot * SLOT_BYTES + 30] ^= 1;
            let (found, number) = newest(&bytes).unwrap();
            assert_eq!(number, 1 - slot);
            assert!(found == anchor(5) || found == anchor(4));
        }
    }

    #[test]
    fn a_reopened_anchor_never_overwrites_its_newest_slot() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("head.anchor");
        AnchorFile::create(&path, &anchor(0)).unwrap();
        for seq in 1..=4 {
            AnchorFile::open(&path).unwrap().advance(&anchor(seq)).unwrap();
            let bytes = fs::read(&path).unwrap();
            let slots = [&bytes[..SLOT_BYTES], &bytes[SLOT_BYTES..]].map(Anchor::decode);
            assert!(slots.contains(&Some(anchor(seq))) && slots.contains(&Some(anchor(seq - 1))));
        }
    }
}
