//! Faults put in on purpose, to prove that the tests find them: `tests/planted.sh` builds with the
//! feature `planted-faults` and shows each one turning a named test red. In any other build
//! [`has`] is a constant `false` and none of them exists.

/// A fault that can be planted, each named `snake_case` in [`VARIABLE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Planted {
    /// Callers hear their outcome before the append.
    AnswerBeforeDurable,
    /// Board and feed show a batch before the append.
    PushBeforeDurable,
    /// A command id that was used is not known again.
    ForgetCommandIds,
    /// A failed append is made again, as if nothing were unknown.
    RetryAfterFailedSync,
    /// A record that does not follow the one before is taken.
    AcceptGap,
    /// A commit returns before it is synced.
    SkipSync,
    /// A cookie acts from anybody's page.
    SkipOrigin,
    /// A socket is told of the board after its session has ended.
    SkipSocketAuthorization,
    /// The rules break down over a note that is marked.
    PanicInCommand,
    /// The rules break down over the deadlines of an alert whose summary is marked.
    PanicInTimer,
    /// A socket breaks down whose account's name is marked.
    PanicInSocket,
}

/// Marks what breaks down.
#[cfg(feature = "planted-faults")]
const MARK: &str = "failpoint";

/// Breaks down where that fault is planted and the text has the mark.
#[cfg(feature = "planted-faults")]
pub fn break_down(fault: Planted, text: impl FnOnce() -> String) {
    assert!(!(has(fault) && text().contains(MARK)), "planted");
}

/// Does nothing.
#[cfg(not(feature = "planted-faults"))]
pub fn break_down(_: Planted, _: impl FnOnce() -> String) {}

#[cfg(all(feature = "planted-faults", not(debug_assertions)))]
compile_error!("planted faults are for tests: no release is built with them");

/// Names the one fault a process has.
#[cfg(feature = "planted-faults")]
const VARIABLE: &str = "CAMPUS_PLANTED_FAULT";

/// Whether this process has the fault.
#[cfg(feature = "planted-faults")]
pub fn has(fault: Planted) -> bool {
    static HAS: std::sync::LazyLock<Option<Planted>> = std::sync::LazyLock::new(|| {
        let name = std::env::var(VARIABLE).ok().filter(|name| !name.is_empty())?;
        Some(name.parse().unwrap_or_else(|_| panic!("{VARIABLE}={name} is no planted fault")))
    });
    *HAS == Some(fault)
}

/// Whether this process has the fault: it was built without any.
#[cfg(not(feature = "planted-faults"))]
pub const fn has(_: Planted) -> bool {
    false
}
