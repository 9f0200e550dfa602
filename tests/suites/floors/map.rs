//! The map: the floors from the ground up, and what each does without.

/// A floor of the house.
pub struct Floor {
    pub name: &'static str,
    pub may_use: &'static [&'static str],
    /// The same, as the crate's documentation says it.
    pub in_words: &'static str,
}

pub const FLOORS: &[Floor] = &[
    Floor { name: "domain", may_use: &[], in_words: "values only" },
    Floor { name: "journal", may_use: &["domain"], in_words: "domain" },
    Floor { name: "engine", may_use: &["domain", "journal"], in_words: "domain, journal" },
    Floor { name: "statistics", may_use: &["domain", "engine"], in_words: "domain, engine" },
    Floor { name: "intake", may_use: &["domain"], in_words: "domain" },
    Floor {
        name: "web",
        may_use: &["domain", "engine", "statistics", "intake"],
        in_words: "domain, engine, statistics, intake",
    },
    Floor {
        name: "cli",
        may_use: &["domain", "journal", "engine", "statistics", "intake", "web"],
        in_words: "all of the above",
    },
];

/// Something a floor does without, and why.
pub struct Absence {
    pub floor: &'static str,
    /// Neighbouring segments of a path, anywhere in it.
    pub path: &'static [&'static str],
    pub why: &'static str,
}

const fn without(floor: &'static str, path: &'static [&'static str], why: &'static str) -> Absence {
    Absence { floor, path, why }
}

pub const ABSENT: &[Absence] = &[
    without("domain", &["SystemTime"], "every instant is handed to it"),
    without("domain", &["Instant"], "every instant is handed to it"),
    without("domain", &["Utc", "now"], "every instant is handed to it"),
    without("domain", &["Local"], "every instant is handed to it"),
    without("domain", &["tokio"], "rules do not wait"),
    without("domain", &["async"], "rules do not wait"),
    without("domain", &["await"], "rules do not wait"),
    without("domain", &["std", "thread"], "rules do not wait"),
    without("domain", &["std", "fs"], "rules read no files"),
    without("domain", &["std", "io"], "rules read no files"),
    without("domain", &["std", "env"], "rules read no environment"),
    without("domain", &["std", "net"], "rules use no network"),
    without("domain", &["rand"], "the same history gives the same state"),
    without("domain", &["uuid"], "the same history gives the same state"),
    without("domain", &["HashMap"], "its order is random"),
    without("domain", &["HashSet"], "its order is random"),
    without("domain", &["tracing"], "rules log nothing"),
    without("domain", &["println"], "rules log nothing"),
    without("domain", &["eprintln"], "rules log nothing"),
    without("domain", &["axum"], "rules know no HTTP"),
    without("domain", &["rusqlite"], "rules know no storage"),
    without("journal", &["axum"], "it is below HTTP"),
    without("journal", &["decide"], "it keeps what happened and rules on nothing"),
    without("engine", &["axum"], "it is below HTTP"),
    without("engine", &["rusqlite"], "storage is behind the Journal contract"),
    without("statistics", &["axum"], "it is below HTTP"),
    without("statistics", &["rusqlite"], "storage is behind the Journal contract"),
    without("web", &["rusqlite"], "storage is behind the Journal contract"),
];

/// Names that say nothing of what is in the room.
pub const NO_SUCH_ROOM: &[&str] =
    &["util", "utils", "helper", "helpers", "common", "misc", "shared", "stuff"];
