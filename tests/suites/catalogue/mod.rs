//! Holds the tests to two lists: the catalogue of bad input, entry by entry, and the requirements on
//! security by their numbers.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    ops::RangeInclusive,
    path::Path,
};

use campus_dispatch::cli::config::Settings;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The tests in a folder of sources, each by its whole name, as `cargo test` lists them.
fn tests_in(folder: &Path, module: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        let inside = match stem {
            "mod" | "main" | "lib" => module.to_owned(),
            stem if module.is_empty() => stem.to_owned(),
            stem => format!("{module}::{stem}"),
        };
        if path.is_dir() {
            tests_in(&path, &inside, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            tests_of(&fs::read_to_string(&path).expect("a source"), &inside, found);
        }
    }
}

fn tests_of(source: &str, module: &str, found: &mut BTreeSet<String>) {
    let (mut is_test, mut module) = (false, module.to_owned());
    for line in source.lines().map(str::trim) {
        if line.starts_with("mod tests {") {
            module += "::tests";
        }
        is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
        let named = line.strip_prefix("async fn ").or_else(|| line.strip_prefix("fn "));
        if let Some(name) = named.filter(|_| is_test).and_then(|rest| rest.split('(').next()) {
            found.insert(format!("{module}::{name}"));
            is_test = false;
        }
    }
}

fn all_tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    tests_in(&Path::new(ROOT).join("tests/suites"), "", &mut found);
    tests_in(&Path::new(ROOT).join("src"), "", &mut found);
    found
}

#[test]
fn every_entry_of_the_catalogue_has_its_test() {
    let tests = all_tests();
    let catalogue = Path::new(ROOT).join("tests/data/catalogue.tsv");
    let catalogue = fs::read_to_string(catalogue).expect("the catalogue");
    let mut entries = BTreeMap::<&str, usize>::new();
    for line in catalogue.lines() {
        let cells: Vec<_> = line.split('\t').collect();
        let [list, entry, test] = cells[..] else { panic!("three cells: {line}") };
        assert!(tests.contains(test), "{list}, {entry}: there is no test {test}");
        *entries.entry(list).or_default() += 1;
    }
    let lists: Vec<_> = entries.keys().copied().collect();
    assert_eq!(lists, ["CSV", "Configuration", "HTTP", "WebSocket", "XLSX"]);
}

/// The requirements of the security table, S1 to S26.
const REQUIREMENTS: RangeInclusive<u8> = 1..=26;

#[test]
fn every_requirement_has_a_test_named_by_its_number() {
    let tests = all_tests();
    for number in REQUIREMENTS {
        let prefix = format!("s{number:02}_");
        let has_one = tests
            .iter()
            .any(|test| test.rsplit("::").next().is_some_and(|name| name.starts_with(&prefix)));
        assert!(has_one, "S{number} has no test {prefix}…");
    }
}

/// Everything the tests are written in.
fn sources(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            *all += &fs::read_to_string(&path).expect("a source");
        }
    }
}

/// Bounds that no caller reaches by asking: how much is kept or done at once inside.
const INSIDE: [&str; 3] = ["log_max", "password_checks_max", "unsent_max"];

/// Bounds that the suites of login, set-up, sessions and imports try at their usual values.
const AT_USUAL_VALUES: [&str; 12] = [
    "address_tries_max",
    "desk_idle",
    "desk_session",
    "device_session",
    "import_max",
    "login_forgotten_after",
    "login_tries_max",
    "login_wait_max",
    "office_idle",
    "office_session",
    "password_max",
    "password_min",
];

#[test]
fn every_limit_that_can_be_moved_is_moved_by_a_test() {
    let settings = Settings::default_for("data".into()).to_toml();
    let settings: toml::Table = settings.parse().expect("TOML");
    let mut text = String::new();
    sources(&Path::new(ROOT).join("tests/suites"), &mut text);
    let words: BTreeSet<&str> =
        text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    let limits = settings["limits"].as_table().expect("limits").keys();
    let unmoved: Vec<_> = limits
        .map(String::as_str)
        .filter(|name| !words.contains(name))
        .filter(|name| !INSIDE.contains(name) && !AT_USUAL_VALUES.contains(name))
        .collect();
    assert!(unmoved.is_empty(), "no test names {unmoved:?}");
}

#[test]
fn the_list_of_tests_is_the_one_that_is_run() {
    let tests = all_tests();
    // This one, one of a nested folder, and one within the product.
    for test in [
        "catalogue::the_list_of_tests_is_the_one_that_is_run",
        "cli::workbook::s21_dates_count_from_1904_where_the_workbook_says_so",
        "journal::mounts::tests::the_deepest_and_last_mount_counts",
    ] {
        assert!(tests.contains(test), "{test}");
    }
}
