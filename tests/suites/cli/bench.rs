//! `bench`: a machine is measured, and nothing of it is kept.

use std::fs;

use tempfile::TempDir;

use super::server::done;

#[test]
fn a_bench_prints_what_every_screen_waited_and_leaves_nothing_behind() {
    let data = TempDir::new().expect("a temporary directory");
    let asked = ["bench", "--screens", "3", "--alerts-per-second", "20", "--duration", "500ms"];
    let table = done(data.path(), &asked);
    let row = |name: &str| {
        let line = table.lines().find(|line| line.starts_with(name));
        let row = line.unwrap_or_else(|| panic!("no {name} in {table}"));
        row[name.len()..].split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    for name in ["answered", "first screen", "last screen"] {
        let row = row(name);
        assert_eq!((row.len(), &*row[0]), (4, "10"), "{table}");
        assert!(row[1].parse::<f64>().is_ok_and(|milliseconds| milliseconds > 0.0), "{table}");
    }
    let left = fs::read_dir(data.path()).expect("it is there");
    let left: Vec<_> = left.map(|entry| entry.expect("an entry").file_name()).collect();
    assert!(left.is_empty(), "{left:?}");
}
