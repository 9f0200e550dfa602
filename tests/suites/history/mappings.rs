//! Mappings: what is refused, in one line that says where and why.

use campus_dispatch::cli::history::Mapping;

use super::support::in_repository;

const WHOLE: &str = r#"
system = "example"
time_zone = "Asia/Shanghai"
timestamps = ["%Y-%m-%d %H:%M:%S"]
rows = "per_call"
[alert]
id = "id"
received = "received"
[unit.kind]
default = "patrol"
[category]
default = "OTHER"
[severity]
[source]
default = "phone110"
"#;

fn refusal(text: &str) -> String {
    let message = Mapping::parse(text).expect_err("a refusal").to_string();
    assert!(!message.contains('\n'), "one line: {message}");
    message
}

fn refusal_with(from: &str, to: &str) -> String {
    assert!(WHOLE.contains(from));
    refusal(&WHOLE.replace(from, to))
}

#[test]
fn the_least_mapping_names_system_zone_times_rows_and_defaults() {
    Mapping::parse(WHOLE).expect("a mapping");
}

#[test]
fn a_byte_order_mark_before_a_mapping_does_no_harm() {
    Mapping::parse(&format!("\u{feff}{WHOLE}")).expect("a mapping");
}

#[test]
fn every_shipped_mapping_is_one() {
    let directory = in_repository("tests/data/mappings");
    let files = std::fs::read_dir(directory).expect("mappings");
    let loaded = files.map(|file| Mapping::load(&file.expect("a file").path()).expect("a mapping"));
    assert!(loaded.count() >= 3);
}

#[test]
fn an_unknown_key_is_refused_with_its_line() {
    let message =
        refusal_with("received = \"received\"", "received = \"received\"\nrecieved = \"x\"");
    assert!(message.contains("line 9") && message.contains("recieved"), "{message}");
}

#[test]
fn an_unknown_category_is_refused() {
    let message = refusal_with("default = \"OTHER\"", "default = \"BURGLARY\"");
    assert!(message.contains("BURGLARY") && message.contains("FIGHT"), "{message}");
}

#[test]
fn an_unknown_time_zone_is_refused() {
    assert!(refusal_with("Asia/Shanghai", "Asia/Peking").contains("Asia/Peking"));
}

#[test]
fn a_day_without_a_time_is_no_time_format() {
    assert!(refusal_with("%Y-%m-%d %H:%M:%S", "%Y-%m-%d").contains("no time of day"));
}

#[test]
fn a_format_strftime_does_not_know_is_refused() {
    assert!(refusal_with("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%Ö").contains("strftime"));
}

#[test]
fn an_unknown_policy_is_refused_with_the_known_ones() {
    let message = refusal_with("rows =", "policy = \"fastest\"\nrows =");
    assert!(message.contains("severity-only") && message.contains("current"), "{message}");
}

#[test]
fn an_unknown_encoding_is_refused() {
    assert!(refusal_with("rows =", "encoding = \"ebcdic\"\nrows =").contains("ebcdic"));
}

#[test]
fn a_delimiter_of_two_characters_is_refused() {
    assert!(refusal_with("rows =", "delimiter = \"::\"\nrows =").contains("delimiter"));
}

#[test]
fn a_closing_column_and_closing_by_clearing_exclude_each_other() {
    let both = "received = \"received\"\nclosed = \"closed\"\nclosed_when_cleared = true";
    assert!(refusal_with("received = \"received\"", both).contains("exclude"));
}

#[test]
fn a_mapping_that_is_not_there_is_named() {
    let missing = std::path::Path::new("/nowhere/mapping.toml");
    let message = Mapping::load(missing).expect_err("a refusal").to_string();
    assert!(message.contains("/nowhere/mapping.toml"), "{message}");
}
