//! Ways to bend an input.

use rand::{Rng, RngExt};

/// What parsers stumble over.
const THORNS: &[&[u8]] = &[
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\"",
    b"\\",
    b"{",
    b"[",
    b"}",
    b"]",
    b",",
    b"\n",
    b"\r\n",
    b"=",
    b"<",
    b">",
    b"<!",
    b"&",
    b"1e400",
    b"-1",
    b"9007199254740993",
    b"NaN",
    b"null",
    b"1.2E+17",
    b"\\ud800",
    b"\xed\xa0\x80",
    b"2026-02-30T00:00:00Z",
    b"0000-01-01",
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"\x7f\xff\xff\xff\xff\xff\xff\xff",
    b"''",
    b"\t",
    b";",
    "示例".as_bytes(),
    "\u{202e}".as_bytes(),
    "周一至周五 07:00-08:00".as_bytes(),
];

/// One input bent a few times, with pieces of another.
pub fn bent(one: &[u8], other: &[u8], dice: &mut impl Rng) -> Vec<u8> {
    let mut bytes = one.to_vec();
    for _ in 0..dice.random_range(1..=4) {
        bend(&mut bytes, other, dice);
    }
    bytes
}

fn bend(bytes: &mut Vec<u8>, other: &[u8], dice: &mut impl Rng) {
    let at = dice.random_range(0..=bytes.len());
    let end = dice.random_range(at..=bytes.len().min(at + 64));
    match dice.random_range(0..8) {
        0 if at < bytes.len() => bytes[at] ^= 1 << dice.random_range(0..8),
        1 if at < bytes.len() => bytes[at] = dice.random(),
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(at..end)),
        4 => {
            let thorn = THORNS[dice.random_range(0..THORNS.len())];
            drop(bytes.splice(at..end.min(at + thorn.len()), thorn.iter().copied()));
        }
        5 => {
            let piece = bytes[at..end].repeat(dice.random_range(2..=40));
            drop(bytes.splice(at..at, piece));
        }
        6 if !other.is_empty() => {
            let from = dice.random_range(0..other.len());
            let to = dice.random_range(from..=other.len().min(from + 256));
            drop(bytes.splice(at..end, other[from..to].iter().copied()));
        }
        _ => {
            let thorn = THORNS[dice.random_range(0..THORNS.len())];
            drop(bytes.splice(at..at, thorn.iter().copied()));
        }
    }
}
