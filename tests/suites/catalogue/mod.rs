//! Holds the tests to two lists: the catalogue of bad input, entry by entry, and the requirements on
//! security by their numbers.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    ops::RangeInclusive,
    path::Path,
};

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

/// Every test there is, by its whole name.
pub fn all_tests() -> BTreeSet<String> {
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
