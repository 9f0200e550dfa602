//! Control characters hidden in JSON escapes: no text of ours holds any but line breaks and tabs.

/// The first escape in a JSON text that stands for a control character no text may hold.
pub fn escaped(json: &str) -> Option<&str> {
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let escape = &rest[at..];
        if escape.as_bytes().get(1) == Some(&b'u') {
            let digits = escape.get(2..6)?;
            let code = u32::from_str_radix(digits, 16).ok()?;
            let is_control = code < 0x20 || (0x7f..0xa0).contains(&code);
            if is_control && !matches!(code, 0x09 | 0x0a | 0x0d) {
                return escape.get(..6);
            }
        } else if matches!(escape.as_bytes().get(1), Some(b'b' | b'f')) {
            return escape.get(..2);
        }
        // The character after the backslash is spent with it: an escaped backslash starts nothing.
        rest = escape.get(2..)?;
    }
    None
}
