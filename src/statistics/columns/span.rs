//! A span as a number of 32 bits that sorts as the span does. Spans are exact to the millisecond;
//! one of more than 49 days is kept beside the column.

use crate::domain::Within;

/// There is no such span.
pub const MISSING: u32 = 0;
/// Its end lies before its start: an error of a record, in no percentile and no bucket.
pub const NEGATIVE: u32 = 1;
/// The code of a span of no length.
const ZERO: u32 = 2;
/// Too long for a code: see [`super::segment::Segment::beyond`].
pub const BEYOND: u32 = u32::MAX;

/// The code of a span.
pub fn code(span: Option<Within>) -> u32 {
    match span.map(Within::millis) {
        None => MISSING,
        Some(..0) => NEGATIVE,
        Some(millis) => u32::try_from(millis + i64::from(ZERO)).unwrap_or(BEYOND),
    }
}

/// Milliseconds of a code that [`is_measured`] and is not [`BEYOND`].
pub fn millis(code: u32) -> i64 {
    i64::from(code) - i64::from(ZERO)
}

/// Whether it counts in percentiles.
pub fn is_measured(code: u32) -> bool {
    code >= ZERO
}

/// Whether it ends at most so many milliseconds after its start. A negative span does.
pub fn is_within(code: u32, limit_ms: u32) -> bool {
    code != MISSING && code <= limit_ms + ZERO
}

#[cfg(test)]
mod tests {
    use super::{BEYOND, MISSING, NEGATIVE, code, is_measured, is_within, millis};
    use crate::domain::Within;

    fn of(millis: i64) -> u32 {
        code(Some(Within::from_millis(millis)))
    }

    #[test]
    fn codes_sort_as_their_spans_do_and_come_back_exact() {
        let spans = [0, 1, 60_000, 60_001, 4_294_967_292];
        let codes = spans.map(of);
        assert!(codes.is_sorted());
        assert_eq!(codes.map(millis), spans);
        assert!(codes.into_iter().all(is_measured));
    }

    #[test]
    fn what_is_no_span_is_told_apart() {
        assert_eq!(code(None), MISSING);
        assert_eq!(of(-1), NEGATIVE);
        assert_eq!(of(i64::from(u32::MAX)), BEYOND);
        assert!(!is_measured(MISSING) && !is_measured(NEGATIVE));
    }

    #[test]
    fn a_span_of_the_limit_is_within_it() {
        assert!(is_within(of(60_000), 60_000) && !is_within(of(60_001), 60_000));
        assert!(is_within(NEGATIVE, 0) && !is_within(MISSING, 0));
    }
}
