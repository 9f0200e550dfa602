//! Bytes to text: UTF-8 with or without a mark, else GB18030, which holds GBK.

use encoding_rs::GB18030;

/// The text of a file.
///
/// # Errors
/// Names the encoding where it is one that is not read.
pub fn decode(bytes: &[u8]) -> Result<String, String> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err("the file is UTF-16; save it as CSV UTF-8".to_owned());
    }
    if bytes.contains(&0) {
        return Err("the file holds NUL bytes: UTF-16, or no text; save it as CSV UTF-8".to_owned());
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text.into_owned()),
        None => Err("the file is neither UTF-8 nor GBK/GB18030; save it as CSV UTF-8".to_owned()),
    }
}
