//! Long work out of the way of commands and push.

use std::{
    panic::resume_unwind,
    thread,
    time::{Duration, Instant},
};

/// So much more readily the work gives way than other threads do: at 10 it gets about a tenth of a
/// processor that somebody else wants too, which is enough for it to end.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// Nobody who wants the processor waits for long work longer than this.
const AT_A_STRETCH: Duration = Duration::from_micros(500);

/// Does work on a thread of low priority, and waits for it. Threads that the work starts have the
/// same priority.
///
/// A thread of its own, since a priority once lowered takes a privilege to raise again.
pub fn aside<Done: Send>(work: impl FnOnce() -> Done + Send) -> Done {
    thread::scope(|scope| {
        let worker = scope.spawn(|| {
            give_way();
            work()
        });
        worker.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// Lowers the priority of this thread, which on Linux alone is a thread's own. Where that is
/// refused the work is done all the same.
fn give_way() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, NICENESS);
}

/// How long work steps aside between its parts. A scheduler that is not asked lets even a thread of
/// low priority go on for some milliseconds, and a command passes several threads.
pub struct Courtesy {
    since: Instant,
}

impl Default for Courtesy {
    fn default() -> Self {
        Self { since: Instant::now() }
    }
}

impl Courtesy {
    /// Lets a command or a push that waits for this processor have it, now and then.
    pub fn give_way(&mut self) {
        if self.since.elapsed() >= AT_A_STRETCH {
            thread::yield_now();
            self.since = Instant::now();
        }
    }
}
