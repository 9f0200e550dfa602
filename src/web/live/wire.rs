//! What goes over the wire to a client: WebSocket frames (RFC 6455, section 5.2). A server's are
//! not masked, so the same bytes serve every reader.

use bytes::Bytes;
use serde::Serialize;

const FINAL: u8 = 0x80;
const TEXT: u8 = 0x1;
const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;
const PONG: u8 = 0xa;

/// The longest head a frame of ours has.
const HEAD_MAX: usize = 10;
/// What a frame takes at first; most are longer than nothing and shorter than this.
const USUAL: usize = 1_024;

/// A text frame. Views hold nothing that cannot be written as JSON.
pub fn text(value: &impl Serialize) -> Bytes {
    let mut bytes = Vec::with_capacity(HEAD_MAX + USUAL);
    bytes.resize(HEAD_MAX, 0);
    if serde_json::to_writer(&mut bytes, value).is_err() {
        return Bytes::new();
    }
    let (head, used) = head(TEXT, bytes.len() - HEAD_MAX);
    let start = HEAD_MAX - used;
    bytes[start..HEAD_MAX].copy_from_slice(&head[..used]);
    Bytes::from(bytes).slice(start..)
}

/// A ping that says nothing.
pub const fn ping() -> Bytes {
    Bytes::from_static(&[FINAL | PING, 0])
}

/// The answer to a ping.
pub fn pong(said: &[u8]) -> Bytes {
    control(PONG, &[said])
}

/// Goodbye, with a code and its name.
pub fn close(code: u16, name: &str) -> Bytes {
    control(CLOSE, &[&code.to_be_bytes(), name.as_bytes()])
}

fn control(kind: u8, parts: &[&[u8]]) -> Bytes {
    let length = parts.iter().map(|part| part.len()).sum();
    let (head, used) = head(kind, length);
    let mut bytes = Vec::with_capacity(used + length);
    bytes.extend_from_slice(&head[..used]);
    parts.iter().for_each(|part| bytes.extend_from_slice(part));
    bytes.into()
}

/// A frame's head, and how many bytes of it count.
fn head(kind: u8, length: usize) -> ([u8; HEAD_MAX], usize) {
    let mut head = [0; HEAD_MAX];
    head[0] = FINAL | kind;
    let used = match (u8::try_from(length), u16::try_from(length)) {
        (Ok(length @ 0..126), _) => {
            head[1] = length;
            2
        }
        (_, Ok(length)) => {
            head[1] = 126;
            head[2..4].copy_from_slice(&length.to_be_bytes());
            4
        }
        _ => {
            head[1] = 127;
            head[2..10].copy_from_slice(&(length as u64).to_be_bytes());
            10
        }
    };
    (head, used)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_length_has_the_head_it_needs() {
        let of = |length: usize| text(&"x".repeat(length - 2));
        assert_eq!(of(125)[..2], [0x81, 125]);
        assert_eq!(of(126)[..4], [0x81, 126, 0, 126]);
        assert_eq!(of(65_535)[..4], [0x81, 126, 0xff, 0xff]);
        assert_eq!(of(65_536)[..10], [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
        for (length, head) in [(125, 2), (126, 4), (65_535, 4), (65_536, 10)] {
            assert_eq!(of(length).len(), head + length);
        }
    }

    #[test]
    fn control_frames_say_what_they_were_given() {
        assert_eq!(ping()[..], [0x89, 0]);
        assert_eq!(pong(b"hi")[..], [0x8a, 2, b'h', b'i']);
        assert_eq!(close(4001, "x")[..], [0x88, 3, 0x0f, 0xa1, b'x']);
    }
}
