//! Long work out of the way of commands and push.

use std::{panic::resume_unwind, thread};

/// So much more readily the work gives way than other threads do: at 10 it gets about a tenth of a
/// processor that somebody else wants too, which is enough for it to end.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

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
