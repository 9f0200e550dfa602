//! Where a TOML text is wrong.

/// The line an error is in, where it says so.
pub fn of(text: &str, error: &toml::de::Error) -> Option<usize> {
    let bytes = text.as_bytes();
    // Bytes, since what it points at need not be the beginning of a character.
    let before = &bytes[..error.span()?.start.min(bytes.len())];
    Some(before.iter().filter(|byte| **byte == b'\n').count() + 1)
}
