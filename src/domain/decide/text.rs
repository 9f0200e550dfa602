//! Bounds on what people write. Surrounding white space does not count.

use crate::domain::{limit, rejection::Rejection};

/// A text that must be there.
pub fn required(text: &str) -> Result<String, Rejection> {
    bounded(text, limit::TEXT_MAX, Rejection::TextMissing)
}

/// A reason that must be there.
pub fn reason(text: &str) -> Result<String, Rejection> {
    bounded(text, limit::LINE_MAX, Rejection::ReasonMissing)
}

/// A line that must be there.
pub fn line(text: &str) -> Result<String, Rejection> {
    bounded(text, limit::LINE_MAX, Rejection::TextMissing)
}

/// A name that must be there.
pub fn name(text: &str) -> Result<String, Rejection> {
    bounded(text, limit::NAME_MAX, Rejection::TextMissing)
}

/// A text that may be empty.
pub fn optional(text: &str) -> Result<String, Rejection> {
    within(text.trim(), limit::TEXT_MAX)
}

/// A line that, if it is there, must fit.
pub fn optional_line(text: Option<&str>) -> Result<Option<String>, Rejection> {
    let given = text.map(str::trim).filter(|text| !text.is_empty());
    given.map(|text| within(text, limit::LINE_MAX)).transpose()
}

fn bounded(text: &str, max: usize, missing: Rejection) -> Result<String, Rejection> {
    let text = text.trim();
    if text.is_empty() {
        return Err(missing);
    }
    within(text, max)
}

fn within(text: &str, max: usize) -> Result<String, Rejection> {
    if text.chars().nth(max).is_some() { Err(Rejection::TextTooLong) } else { Ok(text.to_owned()) }
}
