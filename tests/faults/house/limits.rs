//! Descriptors for some thousand sockets.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Raises this process's limit, and so its children's, as far as it may go. Where that is not far
/// enough the row that needs more says so.
pub fn raise_descriptors() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
}

/// How many descriptors this process may have open.
pub fn descriptors() -> u64 {
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}
