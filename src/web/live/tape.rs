//! One audience's frames, one after the other as bytes. A socket is a place on the tape; sending is
//! writing what follows the place, however many frames that is.

use std::{
    collections::VecDeque,
    io::IoSlice,
    time::{Duration, Instant},
};

use bytes::Bytes;
use smallvec::SmallVec;

use super::outbox::Slices;
use crate::domain::Seq;

/// A place on a tape, in bytes since it began.
pub type Place = u64;

/// What was told recently.
#[derive(Debug, Default)]
pub struct Tape {
    stretches: VecDeque<Stretch>,
    /// Where the next frame goes.
    end: Place,
    /// Where everybody was at the end of the last sweep who was not held up.
    swept: Place,
    /// The last position told.
    pub told: Seq,
}

/// Frames that came at the same moment.
#[derive(Debug)]
struct Stretch {
    start: Place,
    bytes: Bytes,
    /// Where its frames end, from its start.
    ends: SmallVec<[usize; 2]>,
    at: Instant,
    /// The position told before it.
    after: Seq,
}

/// How far behind one may be and still be told everything.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    pub records: u64,
    pub bytes: usize,
    pub time: Duration,
}

/// What is left of this little is sent however late it is: a snapshot would be more.
const LITTLE: u64 = 64 * 1024;

impl Tape {
    /// A tape of an audience that was told of everything up to a position.
    pub fn after(told: Seq) -> Self {
        Self { told, ..Self::default() }
    }

    pub fn end(&self) -> Place {
        self.end
    }

    /// Puts frames at the end; the position is that of the last.
    pub fn put(&mut self, frames: &[Bytes], told: Seq, at: Instant) {
        let [first, others @ ..] = frames else { return };
        let mut length = 0;
        let ends = frames.iter().map(|frame| {
            length += frame.len();
            length
        });
        let ends = ends.collect();
        let bytes = if others.is_empty() { first.clone() } else { frames.concat().into() };
        self.stretches.push_back(Stretch { start: self.end, bytes, ends, at, after: self.told });
        self.end += length as u64;
        self.told = told;
    }

    /// Whether nothing was put on it since the last sweep.
    pub fn is_swept(&self) -> bool {
        self.swept == self.end
    }

    /// Ends a sweep: what nobody may be sent any more is cut off, all of it unless somebody was
    /// held up.
    pub fn swept(&mut self, held_up: bool, patience: Patience, now: Instant) {
        self.swept = self.end;
        if !held_up {
            self.stretches.clear();
            return;
        }
        while let Some(first) = self.stretches.front()
            && self.is_too_far(first.start, patience, now)
        {
            self.stretches.pop_front();
        }
    }

    /// Whether somebody at that place should rather see the present.
    pub fn is_too_far(&self, place: Place, patience: Patience, now: Instant) -> bool {
        if place >= self.swept {
            return false;
        }
        let Some(stretch) = self.stretch(place) else { return true };
        let behind = self.end - place;
        behind > patience.bytes as u64
            || self.told - stretch.after > patience.records
            || (behind > LITTLE && now.duration_since(stretch.at) > patience.time)
    }

    /// Adds up to `max` bytes from a place on to a write; how many.
    pub fn gather<'a>(&'a self, place: Place, slices: &mut Slices<'a>, max: usize) -> usize {
        let mut gathered = 0;
        let mut next = self.index(place);
        while let Some(stretch) = next.and_then(|next| self.stretches.get(next))
            && gathered < max
            && slices.len() < slices.inline_size()
        {
            let from = (place + gathered as u64 - stretch.start) as usize;
            let bytes = &stretch.bytes[from..];
            let bytes = &bytes[..bytes.len().min(max - gathered)];
            slices.push(IoSlice::new(bytes));
            gathered += bytes.len();
            next = next.map(|next| next + 1);
        }
        gathered
    }

    /// What is left of the frame in which a place lies; `None` between two frames.
    pub fn rest_of_frame(&self, place: Place) -> Option<Bytes> {
        let stretch = self.stretch(place)?;
        let from = (place - stretch.start) as usize;
        let before = stretch.ends.partition_point(|end| *end <= from);
        let begins = before.checked_sub(1).map_or(0, |before| stretch.ends[before]);
        let end = *stretch.ends.get(before)?;
        // Copied: one that never reads must not hold the rest of the stretch.
        (begins < from).then(|| Bytes::copy_from_slice(&stretch.bytes[from..end]))
    }

    /// How many frames end after one place and up to another.
    pub fn frames_between(&self, from: Place, to: Place) -> u64 {
        if from == to {
            return 0;
        }
        let Some(first) = self.index(from) else { return 0 };
        let stretches = self.stretches.iter().skip(first).take_while(|one| one.start < to);
        let frames = stretches.map(|one| {
            let upto = |place: Place| {
                let place = usize::try_from(place.saturating_sub(one.start)).unwrap_or(usize::MAX);
                one.ends.partition_point(|end| *end <= place)
            };
            if from <= one.start && to >= one.start + one.bytes.len() as u64 {
                one.ends.len()
            } else {
                upto(to) - upto(from)
            }
        });
        frames.sum::<usize>() as u64
    }

    fn stretch(&self, place: Place) -> Option<&Stretch> {
        self.stretches.get(self.index(place)?)
    }

    /// The stretch in which a place lies. Nearly everybody is in the last.
    fn index(&self, place: Place) -> Option<usize> {
        let last = self.stretches.len().checked_sub(1)?;
        if place >= self.end || place < self.stretches[0].start {
            return None;
        }
        if place >= self.stretches[last].start {
            return Some(last);
        }
        Some(self.stretches.partition_point(|one| one.start <= place) - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Patience =
        Patience { records: 100, bytes: 1 << 20, time: Duration::from_secs(2) };

    fn frames(texts: &[&'static str]) -> Vec<Bytes> {
        texts.iter().map(|text| Bytes::from_static(text.as_bytes())).collect()
    }

    fn read(tape: &Tape, place: Place, max: usize) -> String {
        let mut slices = Slices::new();
        let gathered = tape.gather(place, &mut slices, max);
        let text: Vec<u8> = slices.iter().flat_map(|slice| slice.to_vec()).collect();
        assert_eq!(text.len(), gathered);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn what_follows_a_place_is_read_across_stretches() {
        let (mut tape, now) = (Tape::default(), Instant::now());
        tape.put(&frames(&["one", "two"]), 2, now);
        tape.put(&frames(&["three"]), 3, now);
        assert_eq!(tape.end(), 11);
        assert_eq!(read(&tape, 0, 100), "onetwothree");
        assert_eq!(read(&tape, 4, 4), "woth");
        assert_eq!(read(&tape, 11, 100), "");
        assert_eq!(tape.frames_between(0, 11), 3);
        assert_eq!(tape.frames_between(0, 5), 1);
        assert_eq!(tape.frames_between(5, 11), 2);
    }

    #[test]
    fn the_rest_of_a_frame_ends_at_its_border() {
        let (mut tape, now) = (Tape::default(), Instant::now());
        tape.put(&frames(&["one", "two"]), 2, now);
        assert_eq!(tape.rest_of_frame(0), None);
        assert_eq!(tape.rest_of_frame(1), Some(Bytes::from_static(b"ne")));
        assert_eq!(tape.rest_of_frame(3), None);
        assert_eq!(tape.rest_of_frame(5), Some(Bytes::from_static(b"o")));
        assert_eq!(tape.rest_of_frame(6), None);
    }

    #[test]
    fn nobody_is_behind_before_the_sweep_and_too_long_a_tape_is_cut_after_it() {
        let (mut tape, now) = (Tape::default(), Instant::now());
        let long = [Bytes::from(vec![b'x'; 600 * 1024])];
        tape.put(&long, 1, now);
        tape.put(&long, 2, now);
        assert!(!tape.is_too_far(0, PATIENCE, now));
        tape.swept(true, PATIENCE, now);
        assert!(tape.is_too_far(0, PATIENCE, now));
        assert!(!tape.is_too_far(600 * 1024, PATIENCE, now));
        assert!(!tape.is_too_far(tape.end(), PATIENCE, now));
        assert_eq!(tape.stretches.len(), 1);
        tape.swept(false, PATIENCE, now);
        assert!(tape.stretches.is_empty());
    }

    #[test]
    fn one_who_is_late_is_behind_unless_little_is_left() {
        let (mut tape, now) = (Tape::default(), Instant::now());
        let later = now + Duration::from_secs(3);
        tape.put(&[Bytes::from(vec![b'x'; 65 * 1024])], 1, now);
        tape.put(&frames(&["little"]), 2, now);
        tape.swept(true, PATIENCE, now);
        assert!(!tape.is_too_far(0, PATIENCE, now));
        assert!(tape.is_too_far(0, PATIENCE, later));
        assert!(!tape.is_too_far(65 * 1024, PATIENCE, later));
    }

    #[test]
    fn one_who_missed_too_many_records_is_behind() {
        let (mut tape, now) = (Tape::after(10), Instant::now());
        for seq in 11..=111 {
            tape.put(&frames(&["x"]), seq, now);
        }
        tape.swept(true, PATIENCE, now);
        assert!(tape.is_too_far(0, PATIENCE, now));
        assert!(!tape.is_too_far(1, PATIENCE, now));
    }
}
