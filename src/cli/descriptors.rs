//! How many connections the system's limit on open files allows.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::web;

/// Kept for the journal, its readers, backups, the log, and connections that are turned away.
const BESIDE: u64 = 64 + web::TURNED_AWAY_AT_ONCE as u64;

/// Asks for as many descriptors as the system gives, and lowers the bound on connections to what
/// they allow: one that cannot be accepted cannot be turned away either.
pub fn fit(connections_max: usize) -> usize {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: maximum, maximum };
    let descriptors = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => maximum,
        Err(error) => {
            tracing::warn!(%error, "the limit on open files stays as it is");
            current
        }
    };
    let Some(descriptors) = descriptors else { return connections_max };
    let allowed = usize::try_from(descriptors.saturating_sub(BESIDE)).unwrap_or(usize::MAX);
    if allowed < connections_max {
        tracing::warn!(
            descriptors,
            allowed,
            connections_max,
            "the limit on open files allows fewer connections than `connections_max`; raise it"
        );
    }
    connections_max.min(allowed.max(1))
}
