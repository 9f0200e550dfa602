//! The frames a socket alone is sent: hello, snapshot, pongs, and the rest of a frame that did not
//! fit. They go out before anything more of the shared tape.

use std::{collections::VecDeque, io::IoSlice};

use bytes::{Buf, Bytes};
use smallvec::SmallVec;

/// Slices of one write.
pub type Slices<'a> = SmallVec<[IoSlice<'a>; 8]>;

/// Whole frames, but for the first, which may have begun.
#[derive(Debug, Default)]
pub struct Outbox {
    frames: VecDeque<Bytes>,
    /// Whether part of the first is sent already: nothing may come before its end.
    begun: bool,
}

impl Outbox {
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// Puts a frame at the end.
    pub fn put(&mut self, frame: Bytes) {
        self.frames.push_back(frame);
    }

    /// Puts the rest of a frame that was begun. There is nothing before it.
    pub fn put_rest(&mut self, rest: Bytes) {
        self.frames.push_front(rest);
        self.begun = true;
    }

    /// Drops whatever has not begun.
    pub fn keep_begun_only(&mut self) {
        self.frames.truncate(usize::from(self.begun));
    }

    /// Adds up to `max` bytes, and as many slices as are taken without a heap, to a write; how many
    /// bytes.
    pub fn gather<'a>(&'a self, slices: &mut Slices<'a>, max: usize) -> usize {
        let mut gathered = 0;
        for frame in &self.frames {
            if gathered >= max || slices.len() == slices.inline_size() {
                break;
            }
            let frame = &frame[..frame.len().min(max - gathered)];
            slices.push(IoSlice::new(frame));
            gathered += frame.len();
        }
        gathered
    }

    /// Takes off what was sent; how many of those bytes were not ours.
    pub fn sent(&mut self, mut bytes: usize) -> usize {
        while let Some(first) = self.frames.front_mut() {
            if bytes < first.len() {
                if bytes > 0 {
                    first.advance(bytes);
                    self.begun = true;
                }
                return 0;
            }
            bytes -= first.len();
            self.frames.pop_front();
            self.begun = false;
        }
        // An idle socket keeps no queue.
        self.frames = VecDeque::new();
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_taken_off_frame_by_frame() {
        let mut outbox = Outbox::default();
        outbox.put(Bytes::from_static(b"hello"));
        outbox.put(Bytes::from_static(b"snapshot"));
        assert_eq!(outbox.gather(&mut Slices::new(), 7), 7);
        assert_eq!(outbox.sent(6), 0);
        let mut slices = Slices::new();
        assert_eq!(outbox.gather(&mut slices, 100), 7);
        assert_eq!(&*slices[0], b"napshot");
        drop(slices);
        assert_eq!(outbox.sent(10), 3);
        assert!(outbox.is_empty());
    }

    #[test]
    fn only_a_frame_that_has_begun_is_kept_to_its_end() {
        let mut outbox = Outbox::default();
        outbox.put(Bytes::from_static(b"hello"));
        outbox.put(Bytes::from_static(b"snapshot"));
        outbox.sent(2);
        outbox.keep_begun_only();
        assert_eq!(outbox.sent(3), 0);
        assert!(outbox.is_empty());
        outbox.put(Bytes::from_static(b"hello"));
        outbox.keep_begun_only();
        assert!(outbox.is_empty());
    }
}
