//! WebSocket frames as a client reads them, without keeping what they say: only how long each is
//! and which.

/// The longest head and the beginning of a payload that tells kind and position.
const KEPT: usize = 64;
const CHANGE: &[u8] = br#"{"frame":"change","seq":"#;

/// How a client reads what comes.
pub trait Reading: Send {
    /// Whether the server has taken the client in.
    fn is_open(&self) -> bool;

    /// Takes bytes in and hands on each frame of change: its length and its position.
    fn take(&mut self, bytes: &[u8], hand_on: &mut dyn FnMut(u64, u64));
}

/// Where in the stream of bytes a client is.
#[derive(Default)]
pub struct Frames {
    /// Whether the answer to the upgrade has been read.
    is_open: bool,
    /// The last bytes of the answer, to find its end.
    tail: [u8; 4],
    /// The beginning of the frame being read.
    begun: Vec<u8>,
    /// Bytes of it still to come after what was kept.
    left: u64,
}

impl Reading for Frames {
    fn is_open(&self) -> bool {
        self.is_open
    }

    fn take(&mut self, mut bytes: &[u8], hand_on: &mut dyn FnMut(u64, u64)) {
        while !self.is_open {
            let Some((first, rest)) = bytes.split_first() else { return };
            self.tail.rotate_left(1);
            self.tail[3] = *first;
            self.is_open = self.tail == *b"\r\n\r\n";
            bytes = rest;
        }
        while !bytes.is_empty() {
            if self.left > 0 {
                let skipped = bytes.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
                self.left -= skipped as u64;
                bytes = &bytes[skipped..];
            } else {
                let missing = wanted(&self.begun).saturating_sub(self.begun.len());
                let (kept, rest) = bytes.split_at(missing.min(bytes.len()));
                self.begun.extend_from_slice(kept);
                bytes = rest;
                if self.begun.len() < wanted(&self.begun) {
                    continue;
                }
                self.left = length(&self.begun).unwrap_or(0) - self.begun.len() as u64;
            }
            if self.left == 0 && self.begun.len() >= 2 && self.begun.len() == wanted(&self.begun) {
                if let Some(seq) = position(&self.begun) {
                    hand_on(length(&self.begun).unwrap_or(0), seq);
                }
                self.begun.clear();
            }
        }
    }
}

/// How many bytes of a frame are kept, as far as can be told.
fn wanted(begun: &[u8]) -> usize {
    match length(begun) {
        Some(length) => KEPT.min(usize::try_from(length).unwrap_or(KEPT)),
        None if begun.len() < 2 => 2,
        None => begun.len() + 1,
    }
}

/// The length of a whole frame, once its head is there.
fn length(begun: &[u8]) -> Option<u64> {
    match *begun.get(1)? {
        126 => Some(4 + u64::from(u16::from_be_bytes(begun.get(2..4)?.try_into().ok()?))),
        127 => Some(10 + u64::from_be_bytes(begun.get(2..10)?.try_into().ok()?)),
        short => Some(2 + u64::from(short)),
    }
}

/// The position a frame of change tells.
fn position(begun: &[u8]) -> Option<u64> {
    let head = match begun.get(1)? {
        126 => 4,
        127 => 10,
        _ => 2,
    };
    change_at(begun.get(head..)?)
}

/// The position that a text tells near its beginning: a peer may put its own head before it.
pub fn change_at(text: &[u8]) -> Option<u64> {
    let at = text.windows(CHANGE.len()).take(16).position(|window| window == CHANGE)?;
    let digits = &text[at + CHANGE.len()..];
    let end = digits.iter().position(|byte| !byte.is_ascii_digit())?;
    std::str::from_utf8(&digits[..end]).ok()?.parse().ok()
}
