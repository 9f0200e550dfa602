//! One sentence in both languages, with what it is about in it; and sizes, which read alike in both.

use std::{fmt, ops::Deref};

/// What is wrong with a file, for whoever has to mend it. It reads as its English text; screens
/// choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub zh: String,
    pub en: String,
}

impl Said {
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The English text.
    pub fn as_str(&self) -> &str {
        &self.en
    }
}

impl Deref for Said {
    type Target = str;
    fn deref(&self) -> &str {
        &self.en
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

/// So many bytes, in the largest unit of which they are whole ones.
pub fn size(bytes: u64) -> String {
    match bytes {
        mebi if mebi.is_multiple_of(1 << 20) => format!("{} MiB", mebi >> 20),
        kibi if kibi.is_multiple_of(1 << 10) => format!("{} KiB", kibi >> 10),
        bytes => format!("{bytes} bytes"),
    }
}
