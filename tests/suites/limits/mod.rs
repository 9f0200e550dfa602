//! Every limit that can be moved, each at its last allowed value and one beyond (S18–S20).
//!
//! A row of [`EDGES`] moves one limit as a configuration does and tries two amounts: what is still
//! within it is taken, and the next is not. What cannot be counted so, a span of real time or what is
//! done inside, has a test of its own that moves it, named in [`ELSEWHERE`]. A limit without either
//! fails here.

mod files;
mod people;
mod requests;
mod sockets;

use std::{collections::BTreeSet, fs, path::Path};

use campus_dispatch::cli::config::{Limits, Settings};
use futures_util::future::{FutureExt, LocalBoxFuture};

use crate::{catalogue::all_tests, web::house::Plan};

/// Tries an amount in a house of that plan; whether it was taken.
type Try = fn(Plan, usize) -> LocalBoxFuture<'static, bool>;

/// One limit at its edge.
struct Edge {
    limit: &'static str,
    /// What it is set to, as a configuration says it.
    set: &'static str,
    /// The last amount that is taken, and the next one.
    within: usize,
    beyond: usize,
    tries: Try,
}

/// A row: the limit and its value, the two amounts, and how one is tried.
macro_rules! edges {
    ($($limit:ident = $set:literal: $within:literal, $beyond:literal, $tries:path;)+) => {
        &[$(Edge {
            limit: stringify!($limit),
            set: $set,
            within: $within,
            beyond: $beyond,
            tries: |plan, amount| $tries(plan, amount).boxed_local(),
        }),+]
    };
}

/// Amounts are bytes, characters, lines, things, requests or milliseconds, as the limit is.
const EDGES: &[Edge] = edges! {
    head_max = "9000": 9_000, 9_001, requests::a_head_of_bytes;
    headers_max = "8": 8, 9, requests::a_head_of_lines;
    body_max = "1000": 1_000, 1_001, requests::a_body;
    json_depth_max = "4": 4, 5, requests::lists_in_one_another;
    import_max = "1000": 1_000, 1_001, requests::a_file_of_bytes;
    import_rows_max = "3": 3, 4, requests::a_file_of_rows;
    import_unpacked_max = "20000": 20_000, 20_001, requests::a_spreadsheet_of_bytes;
    connections_max = "4": 4, 5, requests::connections;
    requests_max = "4": 4, 5, requests::at_once;
    // Half of four places, and three quarters.
    phones_percent_max = "50": 2, 3, requests::phones_at_once;
    viewers_percent_max = "75": 3, 4, requests::viewers_at_once;
    // Twice as many after a quiet second.
    requests_per_second_max = "2": 4, 5, requests::one_after_another;
    gateway_requests_per_second_max = "2": 4, 5, requests::of_a_gateway;
    stranger_requests_per_second_max = "2": 4, 5, requests::of_strangers;
    page_max = "3": 3, 4, requests::a_page_asked_for;
    page_default = "2": 2, 3, requests::a_page_not_asked_for;
    scan_max = "2": 2, 3, requests::looked_through;
    password_min = "10": 10, 9, people::a_password_of;
    password_max = "40": 40, 41, people::a_password_of;
    login_tries_max = "2": 2, 3, people::wrong_passwords;
    address_tries_max = "3": 3, 4, people::wrong_passwords_for_many;
    login_wait_max = "3s": 3_000, 2_999, people::waits_long_enough;
    login_forgotten_after = "60s": 60_000, 59_999, people::waits_until_all_is_forgotten;
    desk_session = "5s": 4_999, 5_000, people::a_desk_comes_back;
    device_session = "5s": 4_999, 5_000, people::a_wall_comes_back;
    office_session = "5s": 4_999, 5_000, people::an_office_comes_back;
    desk_idle = "5s": 4_999, 5_000, people::a_desk_works_on;
    office_idle = "5s": 4_999, 5_000, people::an_office_comes_back;
    sessions_per_account_max = "2": 2, 3, people::logins_of_one_account;
    same_look_within = "5s": 4_999, 5_000, people::looks_again;
    sockets_per_account_max = "2": 2, 3, sockets::of_one_account;
    message_max = "100": 100, 101, sockets::a_message;
    messages_per_second_max = "20": 20, 21, sockets::messages_at_once;
    log_max = "3": 3, 4, sockets::resumes_behind;
    behind_max = "3": 3, 4, sockets::resumes_behind;
    snapshot_shared_for = "2": 2, 3, sockets::shares_a_snapshot;
};

/// Limits on spans of real time, and on what is done inside; each with the test that moves it.
const ELSEWHERE: &[(&str, &str)] = &[
    ("mailbox_max", "engine::mailbox::one_more_than_the_mailbox_holds_is_refused_at_once"),
    ("batch_max", "engine::mailbox::a_batch_is_bounded"),
    ("ring_max", "engine::feed::a_follower_that_fell_off_the_ring_is_told"),
    ("snapshot_every", "engine::snapshot::a_running_engine_writes_a_snapshot_now_and_then"),
    ("head_within", "web::limits::s18_a_head_that_does_not_come_is_not_waited_for"),
    ("handshake_within", "web::tls::s01_a_handshake_that_does_not_come_is_not_waited_for"),
    ("body_within", "web::transport::a_body_that_does_not_come_is_not_waited_for"),
    ("import_within", "web::import::s21_a_file_that_takes_too_long_to_read_is_given_up"),
    ("stop_within", "web::configured_limits::a_stop_waits_for_nobody_longer_than_that"),
    (
        "password_checks_max",
        "web::attempts::s10_guesses_at_once_are_not_more_than_guesses_one_by_one",
    ),
    ("refusals_told_within", "web::access_record::s22_refusals_are_told_after_a_while_unasked"),
    (
        "behind_bytes_max",
        "push::slow::one_who_misses_too_many_bytes_is_told_so_and_shown_the_present",
    ),
    ("behind_within", "push::slow::one_who_is_late_is_told_so_and_shown_the_present"),
    ("unsent_max", "web::transport::s19_what_waits_in_the_system_is_bounded_as_configured"),
    ("write_within", "push::slow::one_who_never_reads_loses_its_place_and_the_figures_say_why"),
    ("heartbeat", "push::follow::heartbeats_tell_how_far_one_is"),
    (
        "district_file_max",
        "limits::files::s21_a_file_of_the_district_has_so_many_bytes_and_no_more",
    ),
    ("district_rows_max", "limits::files::s21_a_file_of_the_district_has_so_many_rows_and_no_more"),
    (
        "district_unpacked_max",
        "limits::files::s21_a_spreadsheet_of_the_district_unpacks_to_so_much_and_no_more",
    ),
    (
        "history_rows_max",
        "limits::files::s21_records_of_another_system_have_so_many_rows_and_no_more",
    ),
    (
        "history_bad_rows_max",
        "limits::files::s21_records_of_another_system_have_so_many_bad_rows_and_no_more",
    ),
    ("silence_max", "push::misuse::one_who_answers_no_ping_is_closed_by_name"),
];

/// A plan with one limit moved, as a configuration would move it.
fn plan_with(limit: &str, set: &str) -> Plan {
    let mut plan = Plan::default();
    let usual = plan.settings.limits.clone();
    let mut table = toml::Table::try_from(Limits::default()).expect("limits have a TOML form");
    let value = set.parse().map_or_else(|_| set.into(), toml::Value::Integer);
    let former = table.insert(limit.to_owned(), value.clone());
    assert!(former.is_some_and(|former| former.same_type(&value)), "{limit} is no such limit");
    let moved: Limits = table.try_into().expect("a value that is taken");
    plan.settings.limits = moved.web();
    // As every house of a test has it, where it is not this one that is tried.
    let limits = &mut plan.settings.limits;
    if limit != "heartbeat" {
        limits.heartbeat = usual.heartbeat;
    }
    for (name, kept, usual) in [
        (
            "requests_per_second_max",
            &mut limits.requests_per_second_max,
            usual.requests_per_second_max,
        ),
        (
            "gateway_requests_per_second_max",
            &mut limits.gateway_requests_per_second_max,
            usual.gateway_requests_per_second_max,
        ),
        (
            "stranger_requests_per_second_max",
            &mut limits.stranger_requests_per_second_max,
            usual.stranger_requests_per_second_max,
        ),
    ] {
        if limit != name {
            *kept = usual;
        }
    }
    plan
}

#[tokio::test]
async fn s18_what_is_within_a_limit_is_taken_and_one_more_is_not() {
    for Edge { limit, set, within, beyond, tries } in EDGES {
        assert!(tries(plan_with(limit, set), *within).await, "{limit} = {set} refuses {within}");
        assert!(!tries(plan_with(limit, set), *beyond).await, "{limit} = {set} takes {beyond}");
    }
}

#[test]
fn s18_every_limit_that_can_be_moved_has_its_row() {
    let settings = Settings::default_for("data".into()).to_toml();
    let settings: toml::Table = settings.parse().expect("TOML");
    let there: BTreeSet<&str> =
        settings["limits"].as_table().expect("limits").keys().map(String::as_str).collect();
    let mut shown = BTreeSet::new();
    let rows = EDGES.iter().map(|edge| edge.limit);
    for limit in rows.chain(ELSEWHERE.iter().map(|(limit, _)| *limit)) {
        assert!(shown.insert(limit), "{limit} has two rows");
    }
    assert_eq!(shown, there);
}

#[test]
fn s18_a_limit_shown_elsewhere_is_moved_there() {
    let tests = all_tests();
    for (limit, test) in ELSEWHERE {
        assert!(tests.contains(*test), "{limit}: there is no test {test}");
        assert!(source_of(test).contains(limit), "{test} does not move {limit}");
    }
}

/// A test as it is written.
fn source_of(test: &str) -> String {
    let (module, name) = test.rsplit_once("::").expect("a module");
    let path = format!("tests/suites/{}.rs", module.replace("::", "/"));
    let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    let source = source.expect("a source");
    let (_, body) = source.split_once(&format!("fn {name}(")).expect("the test");
    body.split("\n}\n").next().unwrap_or_default().to_owned()
}
