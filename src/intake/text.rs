//! Bytes to text: UTF-8 with or without a mark, else GB18030, which holds GBK.

use encoding_rs::GB18030;

use super::Said;

/// The text of a file.
///
/// # Errors
/// Names the encoding where it is one that is not read.
pub fn decode(bytes: &[u8]) -> Result<String, Said> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Said::new(
            "文件为 UTF-16 编码；请另存为 CSV UTF-8",
            "the file is UTF-16; save it as CSV UTF-8",
        ));
    }
    if bytes.contains(&0) {
        return Err(Said::new(
            "文件含空字节：可能是 UTF-16 或不是文本；请另存为 CSV UTF-8",
            "the file holds NUL bytes: UTF-16, or no text; save it as CSV UTF-8",
        ));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text.into_owned()),
        None => Err(Said::new(
            "文件既不是 UTF-8 也不是 GBK/GB18030；请另存为 CSV UTF-8",
            "the file is neither UTF-8 nor GBK/GB18030; save it as CSV UTF-8",
        )),
    }
}
