//! The storage and what can happen to it: full, slow, failing, damaged, copied, put back.

/// Whether the full counts are asked for, as `tests/run.sh --faults` does.
pub fn is_full() -> bool {
    std::env::var_os("FAULTS").is_some_and(|faults| faults == "full")
}
