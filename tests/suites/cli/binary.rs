//! The binary as a script meets it: exit codes, messages, and what is left on disk.

use std::{
    fs,
    io::{Read, Seek, SeekFrom, Write},
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
};

use campus_dispatch::journal::sqlite::SqliteJournal;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::server::{Server, binary, done, run, told};

fn directory() -> TempDir {
    TempDir::new().expect("a temporary directory")
}

const STATIONS: &str = "id,name\nD1,示例派出所\n";

#[test]
fn help_teaches_with_examples_and_exit_codes() {
    let data = directory();
    let help = done(data.path(), &["--help"]);
    for line in ["in use by another", "journal is damaged", "failed while serving", "Examples:"] {
        assert!(help.contains(line), "{line}");
    }
    for subcommand in [
        &["serve"][..],
        &["demo"],
        &["import", "schools"],
        &["import", "stations"],
        &["import", "units"],
        &["replay"],
        &["export"],
        &["statistics"],
        &["backup"],
        &["restore"],
        &["journal", "verify"],
        &["journal", "prove"],
        &["journal", "check"],
        &["journal", "repair"],
        &["account"],
        &["cert"],
        &["print"],
        &["watch"],
        &["config"],
    ] {
        let help = done(data.path(), &[subcommand, &["--help"]].concat());
        assert!(help.contains("Example"), "{subcommand:?}");
    }
}

#[test]
fn what_cannot_be_understood_ends_with_2() {
    let data = directory();
    for args in [
        &["--no-such-option"][..],
        &["no-such-command"],
        &["serve", "--listen", "nowhere"],
        &["serve", "--listen", "0.0.0.0:0"],
        &["config", "check", "--listen", "[::]:0"],
        &["serve", "--config", "/no/such/file.toml"],
        &["account", "add", "a", "--role", "boss", "--token"],
        &["account", "add", "a", "--role", "unit", "--token"],
        &["demo", "--speed", "0"],
        &["demo"], // with --data
    ] {
        let output = run(data.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", told(&output));
        assert!(!told(&output).is_empty(), "{args:?}");
    }
}

#[test]
fn what_is_heard_beyond_this_machine_must_be_wanted() {
    let data = directory();
    let output = run(data.path(), &["serve", "--listen", "0.0.0.0:0"]);
    assert!(told(&output).contains("--insecure-http"), "{}", told(&output));
    assert!(told(&output).contains("tls.certificate"), "{}", told(&output));
    let mut wanted = binary(data.path());
    let server = Server::of(wanted.args(["serve", "--listen", "0.0.0.0:0", "--insecure-http"]));
    assert!(server.address.starts_with("http://127.0.0.1:"), "{}", server.address);
}

#[test]
fn a_taken_port_ends_with_1_and_a_remedy() {
    let data = directory();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    for command in [&["serve"][..], &["config", "check"]] {
        let output = run(data.path(), &[command, &["--listen", &address]].concat());
        assert_eq!(output.status.code(), Some(1));
        assert!(told(&output).contains("--listen"), "{}", told(&output));
    }
}

#[test]
fn a_second_server_on_the_directory_ends_with_3_and_the_first_serves_on() {
    let data = directory();
    let first = Server::start(data.path());
    for args in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["config", "check", "--listen", "127.0.0.1:0"],
        &["account", "add", "a", "--role", "admin", "--token"],
    ] {
        let output = run(data.path(), args);
        assert_eq!(output.status.code(), Some(3), "{args:?}: {}", told(&output));
        assert!(told(&output).contains("--data"), "{}", told(&output));
    }
    assert_eq!(done(data.path(), &["account", "list"]), "");
    assert_eq!(first.terminate().code(), Some(0));
}

#[test]
fn a_first_start_prints_the_set_up_link_once() {
    let data = directory();
    let mut server = Server::start(data.path());
    let link = server.next_line();
    let expected = format!("{}/setup#", server.address);
    let (_, token) = link.trim_end().split_once(&expected).expect("a link");
    assert!(token.len() >= 43, "256 bits: {token}");
    assert_eq!(server.terminate().code(), Some(0));

    done(data.path(), &["account", "add", "admin", "--role", "admin", "--token"]);
    let mut server = Server::start(data.path());
    server.ask_to_stop();
    assert_eq!(server.next_line(), "", "nothing more is printed");
    assert_eq!(server.ended().code(), Some(0));
}

#[test]
fn accounts_are_added_listed_and_disabled_on_a_stopped_directory() {
    let data = directory();
    let token = done(data.path(), &["account", "add", "示例-网关", "--role", "gateway", "--token"]);
    assert_eq!(token.trim_end().len(), 64, "a 256-bit token in hex, alone on stdout");
    let mut add = binary(data.path())
        .args(["account", "add", "chief", "--role", "admin", "--password-stdin"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    add.stdin.take().expect("a pipe").write_all("示例密码示例密码\n".as_bytes()).expect("it reads");
    assert_eq!(add.wait().expect("its end").code(), Some(0));
    assert_eq!(
        done(data.path(), &["account", "list"]),
        "chief\tadmin\tpassword\n示例-网关\tgateway\ttoken\n"
    );

    done(data.path(), &["account", "disable", "示例-网关"]);
    assert!(
        done(data.path(), &["account", "list"]).contains("示例-网关\tgateway\ttoken\tdisabled")
    );
    for (args, told_of) in [
        (&["account", "disable", "chief"][..], "last administrator"),
        (&["account", "disable", "nobody"], "account list"),
        (&["account", "add", "chief", "--role", "admin", "--token"], "taken"),
        (&["account", "add", "a b", "--role", "admin", "--token"], "no login name"),
        (&["account", "add", "p", "--role", "unit", "--unit", "P9", "--token"], "import the units"),
        (
            &["account", "add", "m", "--role", "manager", "--station", "P9", "--token"],
            "leave it out",
        ),
    ] {
        let output = run(data.path(), args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(told(&output).contains(told_of), "{args:?}: {}", told(&output));
    }
    let exported = done(data.path(), &["export"]);
    assert!(!exported.contains(token.trim_end()) && !exported.contains("示例密码"));
}

#[test]
fn a_password_that_is_too_short_is_refused() {
    let data = directory();
    let mut add = binary(data.path())
        .args(["account", "add", "a", "--role", "admin", "--password-stdin"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    add.stdin.take().expect("a pipe").write_all(b"short\n").expect("it reads");
    let output = add.wait_with_output().expect("its end");
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("8 to 256"));
}

#[test]
fn an_import_is_all_or_nothing_and_a_dry_run_is_nothing() {
    let data = directory();
    let missing = data.path().join("new");
    let file = data.path().join("stations.csv");
    fs::write(&file, STATIONS).expect("a file");
    let file = file.to_str().expect("UTF-8");
    let dry = done(&missing, &["import", "stations", file, "--dry-run"]);
    assert_eq!(dry, "stations: 1 would be added, 0 would be changed, 0 unchanged\n");
    assert!(!missing.exists(), "a dry run makes no directory");

    done(&missing, &["import", "stations", file]);
    let before = done(&missing, &["journal", "verify"]);
    let half = format!("{STATIONS}D2,示例\nD2,示例\n");
    fs::write(file, half).expect("a file");
    let output = run(&missing, &["import", "stations", file]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).starts_with("line 4: "), "{}", told(&output));
    assert_eq!(done(&missing, &["journal", "verify"]), before);

    fs::write(file, STATIONS).expect("a file");
    let again = done(&missing, &["import", "stations", file]);
    assert_eq!(again, "stations: 0 added, 0 changed, 1 unchanged\n");
    assert_eq!(done(&missing, &["journal", "verify"]), before);
}

#[test]
fn the_export_holds_every_record() {
    let data = directory();
    done(data.path(), &["account", "add", "a", "--role", "admin", "--token"]);
    done(data.path(), &["account", "add", "b", "--role", "admin", "--token"]);
    let exported = done(data.path(), &["export"]);
    let seqs: Vec<u64> = exported
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("JSON")["seq"].as_u64().expect("a seq")
        })
        .collect();
    assert_eq!(seqs, [1, 2]);
    let file = data.path().join("out.jsonl");
    let name = file.to_str().expect("UTF-8");
    done(data.path(), &["export", "--output", name]);
    assert_eq!(fs::read_to_string(&file).expect("a file"), exported);
    let again = run(data.path(), &["export", "--output", name]);
    assert_eq!(again.status.code(), Some(1), "a file that is there is kept");
}

#[test]
fn a_damaged_journal_ends_with_4_and_names_file_and_position() {
    let data = directory();
    for name in ["a", "b", "c"] {
        done(data.path(), &["account", "add", name, "--role", "admin", "--token"]);
    }
    assert!(done(data.path(), &["journal", "verify"]).contains("3 records"));
    let path = data.path().join("journal.db");
    let mut bytes = Vec::new();
    let mut file = fs::OpenOptions::new().read(true).write(true).open(&path).expect("the journal");
    file.read_to_end(&mut bytes).expect("its bytes");
    // Inside the second record's text, so that SQLite itself finds nothing wrong.
    let needle = b"\"name\":\"b\"";
    let at = bytes.windows(needle.len()).position(|window| window == needle).expect("record 2");
    file.seek(SeekFrom::Start(at as u64 + 8)).expect("a place");
    file.write_all(b"x").expect("written");
    drop(file);
    for args in [&["journal", "verify"][..], &["serve", "--listen", "127.0.0.1:0"]] {
        let output = run(data.path(), args);
        assert_eq!(output.status.code(), Some(4), "{args:?}: {}", told(&output));
        for part in ["journal.db", "seq 2", "journal repair"] {
            assert!(told(&output).contains(part), "{args:?}: {}", told(&output));
        }
    }
}

#[test]
fn a_directory_that_is_none_is_refused() {
    let data = directory();
    let file = data.path().join("file");
    fs::write(&file, "").expect("a file");
    for args in
        [&["serve", "--listen", "127.0.0.1:0"][..], &["config", "check", "--listen", "127.0.0.1:0"]]
    {
        let output = run(&file, args);
        assert_eq!(output.status.code(), Some(1), "{}", told(&output));
        assert!(told(&output).contains("--data"), "{}", told(&output));
    }
}

/// The kernel's own directories take no files, not even root's.
#[test]
fn a_directory_that_cannot_be_written_is_refused() {
    for directory in ["/proc/self/fdinfo", "/proc/none/data"] {
        for args in [
            &["serve", "--listen", "127.0.0.1:0"][..],
            &["config", "check", "--listen", "127.0.0.1:0"],
        ] {
            let output = run(Path::new(directory), args);
            assert_eq!(output.status.code(), Some(1), "{args:?}: {}", told(&output));
            assert!(told(&output).contains("--data"), "{args:?}: {}", told(&output));
        }
    }
}

#[test]
fn a_checked_configuration_leaves_no_trace() {
    let data = directory();
    let missing = data.path().join("new");
    done(&missing, &["config", "check", "--listen", "127.0.0.1:0"]);
    assert!(!missing.exists());
    drop(SqliteJournal::open(&missing).expect("a journal"));
    done(&missing, &["config", "check", "--listen", "127.0.0.1:0"]);
}

#[test]
fn the_openapi_document_is_printed() {
    let data = directory();
    let document: Value = serde_json::from_str(&done(data.path(), &["openapi"])).expect("JSON");
    assert!(document["paths"]["/api/v1/alerts"]["post"].is_object());
    assert!(fs::read_dir(data.path()).expect("a directory").next().is_none(), "nothing is made");
}

/// The kernel refuses to let a file grow beyond a bound: the disk is full, as far as the journal
/// can tell.
#[tokio::test]
async fn a_storage_failure_while_serving_ends_with_5_and_loses_nothing() {
    let data = directory();
    let token = done(data.path(), &["account", "add", "desk", "--role", "operator", "--token"]);
    let mut bounded = Command::new("sh");
    bounded.arg("-c").arg("trap '' XFSZ; ulimit -f 1024; exec \"$@\"").arg("sh");
    let unbounded = binary(data.path());
    bounded.arg(unbounded.get_program()).args(unbounded.get_args());
    let mut server = Server::of(bounded.args(["serve", "--listen", "127.0.0.1:0"]));
    let client = reqwest::Client::new();
    let mut answered = 0_u64;
    let report = json!({
        "source": "phone110", "category": "OTHER", "place": { "text": "示例路口" },
        "summary": "示例".repeat(1000),
    });
    loop {
        let raise = client.post(format!("{}/api/v1/alerts", server.address));
        let raise = raise.bearer_auth(token.trim_end()).json(&report);
        match raise.send().await {
            Ok(response) if response.status().is_success() => answered += 1,
            _ => break,
        }
    }
    assert!(answered > 0, "it served before the disk was full");
    assert_eq!(server.ended().code(), Some(5));

    let exported = done(data.path(), &["export"]);
    let kept = exported.lines().filter(|line| line.contains("alert_raised")).count() as u64;
    assert!(kept >= answered, "{answered} were promised and {kept} kept");
    done(data.path(), &["journal", "verify"]);
}

/// A bound of the connection itself, which no route sees.
#[tokio::test]
async fn a_configured_limit_is_in_force() {
    let data = directory();
    let mut bounded = binary(data.path());
    bounded.env("CAMPUS_DISPATCH_LIMITS_HEADERS_MAX", "10").args(["serve", "--listen"]);
    let server = Server::of(bounded.arg("127.0.0.1:0"));
    let with_headers = |count: usize| {
        let mut get = reqwest::Client::new().get(format!("{}/health/live", server.address));
        for number in 0..count {
            get = get.header(format!("x-{number}"), "示例");
        }
        get.send()
    };
    assert_eq!(with_headers(1).await.expect("an answer").status(), 200);
    assert_eq!(with_headers(20).await.expect("an answer").status(), 431);
}
