//! The storage and what can happen to it: full, slow, failing, damaged, copied, put back.

mod backup;
mod desk;
mod failing_disk;
mod full_disk;
mod mending;
mod ownership;
mod slow_disk;
mod tracer;
mod upgrade;

/// Whether the full counts are asked for, as `tests/run.sh --faults` does.
pub fn is_full() -> bool {
    std::env::var_os("FAULTS").is_some_and(|faults| faults == "full")
}
