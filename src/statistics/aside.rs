//! Long work out of the way of commands and push.

use std::{
    sync::LazyLock,
    thread,
    time::{Duration, Instant},
};

use rayon::{ThreadPool, ThreadPoolBuilder};

/// Long work keeps at most so many of the machine's threads busy.
pub const THREADS: usize = 2;

/// So much more readily the work gives way than other threads do: at 10 it gets about a tenth of a
/// processor that somebody else wants too, which is enough for it to end.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// Nobody who wants the processor waits for long work longer than this.
const AT_A_STRETCH: Duration = Duration::from_micros(500);

/// The threads that all long work shares. They do nothing else, since a priority once lowered takes a
/// privilege to raise again; and they are kept, since a thread that wakes up finds an idle processor
/// sooner than a new one does. None where the system gives no threads.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let named = |number| format!("aside-{number}");
    let pool = ThreadPoolBuilder::new().num_threads(THREADS).thread_name(named);
    pool.start_handler(|_| lower_priority()).build().ok()
});

/// Does work on threads of low priority, and waits for it.
pub fn aside<Done: Send>(work: impl FnOnce() -> Done + Send) -> Done {
    match &*POOL {
        Some(threads) => threads.install(work),
        None => work(),
    }
}

/// Lowers the priority of this thread, which on Linux alone is a thread's own. Where that is
/// refused the work is done all the same.
fn lower_priority() {
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
