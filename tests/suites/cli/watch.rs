//! The terminal's board: what it takes in, in which order it shows it, and the real thing once.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use campus_dispatch::{
    cli::{
        tls::trust::TrustArgs,
        watch::{
            board::{Board, Frame, Gap},
            connection::{News, Server as Followed, follow},
            table::{Urgency, countdown, rows, text},
        },
    },
    domain::{Timestamp, Within},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::mpsc;

use super::{
    port::Port,
    server::{Server, binary, done, run, told},
};

const NOON: &str = "2026-03-02T04:00:00.000Z";

fn at(seconds: i64) -> Timestamp {
    Timestamp::parse(NOON).expect("an instant") + Within::from_seconds(seconds)
}

/// An alert whose limit is at `due`, warned of a minute before.
fn alert(id: u32, due: i64) -> Value {
    json!({
        "id": id, "mode": "actual", "stage": "dispatched", "category": "FIGHT", "severity": "L2",
        "tier": "T3", "school_name": "示例小学", "place": null, "summary": "示例",
        "clocks": [{ "governing": true, "warn_at": at(due - 60), "due_at": at(due),
                     "reached_at": null }],
        "assignments": [{ "unit_name": "示例-巡逻-02", "state": "en_route" },
                        { "unit_name": "示例-巡逻-03", "state": "declined" }],
        "a field of a later release": 1
    })
}

fn frame(value: Value) -> Frame {
    serde_json::from_value(value).expect("a frame")
}

fn hello(seq: u64, resumed: bool) -> Frame {
    frame(json!({ "frame": "hello", "epoch": "e", "seq": seq, "at": NOON, "resumed": resumed }))
}

fn change(previous: u64, seq: u64, alert: Value) -> Frame {
    frame(json!({ "frame": "change", "seq": seq, "previous": previous, "alert": alert }))
}

/// A board with these alerts at position 10.
fn board(alerts: &[Value]) -> Board {
    let mut board = Board::default();
    board.take(hello(10, false), at(0)).expect("no gap");
    assert!(!board.is_whole());
    let snapshot = json!({ "frame": "snapshot", "seq": 10, "at": NOON, "alerts": alerts });
    board.take(frame(snapshot), at(0)).expect("no gap");
    board
}

fn ids(board: &Board, now: Timestamp) -> Vec<u32> {
    rows(board, now).iter().map(|row| row.id).collect()
}

#[test]
fn the_most_urgent_stands_first() {
    let mut reached = alert(1, -500);
    reached["clocks"][0]["reached_at"] = json!(at(-600));
    let board = board(&[reached, alert(2, 200), alert(3, 50), alert(4, -5), alert(5, -90)]);
    let rows = rows(&board, at(0));
    let order: Vec<(u32, Urgency)> = rows.iter().map(|row| (row.id, row.urgency)).collect();
    assert_eq!(
        order,
        [
            (5, Urgency::Overdue),
            (4, Urgency::Overdue),
            (3, Urgency::Warning),
            (2, Urgency::Open),
            (1, Urgency::Reached),
        ]
    );
    assert!(text(&rows).contains("5\t+01:30\tT3\tL2\tFIGHT\t示例小学\tdispatched\t示例-巡逻-02\n"));
}

#[test]
fn countdowns_are_never_shown_better_than_they_are() {
    for (millis, shown) in [
        (180_000, "03:00"),
        (59_999, "00:59"),
        (1, "00:00"),
        (0, "00:00"),
        (-1, "+00:01"),
        (-60_000, "+01:00"),
        (-60_001, "+01:01"),
        (6_000_000, "100:00"),
    ] {
        assert_eq!(countdown(Within::from_millis(millis)), shown, "{millis}");
    }
}

#[test]
fn a_change_moves_the_board_and_a_repeated_one_does_not() {
    let mut board = board(&[alert(1, 100)]);
    board.take(change(10, 12, alert(2, 50)), at(0)).expect("no gap");
    board.take(change(9, 11, alert(3, 50)), at(0)).expect("an old one");
    assert_eq!(ids(&board, at(0)), [2, 1]);
    let mut closed = alert(2, 50);
    closed["stage"] = json!("closed");
    board.take(change(12, 13, closed), at(0)).expect("no gap");
    assert_eq!(ids(&board, at(0)), [1]);
    assert_eq!(board.position(), Some(("e", 13)));
}

#[test]
fn a_gap_asks_for_a_new_picture() {
    let mut board = board(&[]);
    assert_eq!(board.take(change(11, 12, alert(1, 1)), at(0)), Err(Gap));
    assert_eq!(board.position(), None, "what is not whole cannot be gone on from");
}

#[test]
fn a_resumed_connection_keeps_what_is_known() {
    let mut board = board(&[alert(1, 100)]);
    board.take(hello(10, true), at(5)).expect("no gap");
    assert!(board.is_whole());
    assert_eq!(ids(&board, at(0)), [1]);
}

#[test]
fn the_servers_clock_counts_and_silence_is_known() {
    let mut board = Board::default();
    assert_eq!(board.silence(at(0)), None);
    board.take(hello(1, false), at(-30)).expect("no gap");
    assert_eq!(board.server_now(at(-20)), at(10));
    assert_eq!(board.silence(at(-14)), Some(Within::from_seconds(16)));
    let unknown = frame(json!({ "frame": "of a later release" }));
    board.take(unknown, at(-10)).expect("passed over");
}

#[test]
fn texts_move_no_cursor() {
    let mut odd = alert(1, 10);
    odd["school_name"] = json!("示例\u{1b}[2J\r\n小学");
    let shown = text(&rows(&board(&[odd]), at(0)));
    assert!(shown.contains("示例[2J小学"), "{shown:?}");
}

fn token_file(data: &Path, token: &str, mode: u32) -> String {
    let file = data.join("token");
    fs::write(&file, token).expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("its mode");
    file.to_str().expect("UTF-8").to_owned()
}

#[tokio::test]
async fn the_board_is_printed_once() {
    let data = TempDir::new().expect("a temporary directory");
    let token = done(data.path(), &["account", "add", "desk", "--role", "operator", "--token"]);
    let server = Server::start(data.path());
    let raise = reqwest::Client::new().post(format!("{}/api/v1/alerts", server.address));
    let report =
        json!({ "source": "phone110", "category": "FIRE", "place": { "text": "示例路口" } });
    let raised = raise.bearer_auth(token.trim_end()).json(&report).send().await.expect("an answer");
    assert_eq!(raised.status(), 201);
    let file = token_file(data.path(), &token, 0o600);
    let args = ["watch", "--server", &server.address, "--token-file", &file, "--once"];
    let shown = done(data.path(), &args);
    assert!(shown.contains("FIRE\t示例路口\treceived"), "{shown}");
    let shared = token_file(data.path(), &token, 0o644);
    let output = run(data.path(), &["watch", "--server", &server.address, "--token-file", &shared]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("chmod 600"), "{}", told(&output));
}

#[test]
fn who_may_not_watch_is_told_so() {
    let data = TempDir::new().expect("a temporary directory");
    let server = Server::start(data.path());
    let watch = |command: &mut Command| {
        command.args(["watch", "--server", &server.address, "--once"]).output().expect("it runs")
    };
    let none = watch(&mut binary(data.path()));
    assert_eq!(none.status.code(), Some(2));
    assert!(told(&none).contains("CAMPUS_DISPATCH_TOKEN"), "{}", told(&none));
    let wrong = watch(binary(data.path()).env("CAMPUS_DISPATCH_TOKEN", "wrong"));
    assert_eq!(wrong.status.code(), Some(1));
    assert!(told(&wrong).contains("401"), "{}", told(&wrong));
}

/// A server that goes away and comes back on the same address: the board goes on from where it was.
#[tokio::test]
async fn a_cut_connection_resumes() {
    let data = TempDir::new().expect("a temporary directory");
    let token = done(data.path(), &["account", "add", "desk", "--role", "operator", "--token"]);
    let port = Port::take().expect("a free port").address();
    let server = Server::of(binary(data.path()).args(["serve", "--listen", &port]));
    let address = server.address.clone();
    let (tell, mut news) = mpsc::channel(64);
    let followed =
        Followed::new(&address, token.trim_end(), &TrustArgs::default()).expect("an address");
    let following = tokio::spawn(follow(followed, tell));
    let mut board = Board::default();
    while !board.is_whole() {
        let Some(News::Frame(frame)) = news.recv().await else { panic!("no picture") };
        board.take(frame, at(0)).expect("no gap");
    }
    server.kill();
    let Some(News::Lost { .. }) = news.recv().await else { panic!("it was cut") };
    let _server = Server::of(binary(data.path()).args(["serve", "--listen", &port]));
    loop {
        match news.recv().await.expect("it comes back") {
            News::Lost { .. } | News::Frame(Frame::Heartbeat { .. }) => {}
            News::Frame(Frame::Hello { resumed, .. }) => {
                assert!(resumed, "it went on from its position");
                break;
            }
            other => panic!("{other:?}"),
        }
    }
    following.abort();
}
