//! The server as a service: what lies on disk for whom to read, and the unit it runs in (S25, S26).

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::json;
use tempfile::TempDir;

use super::server::{Server, binary, done, run, told};

/// The command as somebody runs it who lets everybody read and write everything.
fn carelessly(command: &Command) -> Command {
    let mut careless = Command::new("sh");
    careless.arg("-c").arg("umask 000; exec \"$@\"").arg("sh");
    careless.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => careless.env(name, value),
            None => careless.env_remove(name),
        };
    }
    careless
}

/// Every file and directory below, each with its mode.
fn modes(path: &Path) -> Vec<(PathBuf, u32)> {
    let mode = fs::symlink_metadata(path).expect("there").permissions().mode() & 0o777;
    let mut all = vec![(path.to_owned(), mode)];
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a directory") {
            all.extend(modes(&entry.expect("an entry").path()));
        }
    }
    all
}

fn are_private(path: &Path) {
    let all = modes(path);
    assert!(all.len() > 1 || path.is_file(), "{} is empty", path.display());
    for (path, mode) in all {
        let wanted = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, wanted, "{} is {mode:o}", path.display());
    }
}

/// Changes one letter of the alert in a journal, so that SQLite itself finds nothing wrong.
fn damage(data: &Path) {
    let path = data.join("journal.db");
    let mut bytes = fs::read(&path).expect("the journal");
    let needle = "示例：一处".as_bytes();
    let at = bytes.windows(needle.len()).position(|window| window == needle).expect("the alert");
    bytes[at + needle.len() - 1] ^= 1;
    fs::write(&path, bytes).expect("written");
}

#[tokio::test]
async fn s25_what_is_written_is_its_owners_alone_whatever_the_umask() {
    let directory = TempDir::new().expect("a temporary directory");
    let data = directory.path().join("data");
    let does = |args: &[&str]| {
        let output = carelessly(binary(&data).args(args)).output().expect("run");
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", told(&output));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let token = does(&["account", "add", "desk", "--role", "operator", "--token"]);
    does(&["cert", "192.0.2.7"]);
    let mut serve = carelessly(binary(&data).args(["serve", "--listen", "127.0.0.1:0"]));
    serve.env("CAMPUS_DISPATCH_LIMITS_SNAPSHOT_EVERY", "1");
    let server = Server::of(&mut serve);
    let alert = json!({
        "source": "phone110", "category": "FIGHT", "place": { "text": "示例路口" },
        "summary": "示例：一处",
    });
    let raise = reqwest::Client::new().post(format!("{}/api/v1/alerts", server.address));
    let raised = raise.bearer_auth(token.trim_end()).json(&alert).send().await;
    assert_eq!(raised.expect("an answer").status(), 201);
    let path = |name: &str| directory.path().join(name).display().to_string();
    does(&["journal", "prove", "1", "--out", &path("proof.json")]);
    let bulletin = ["report", "bulletin", "--week", "2026-W10", "--out"];
    for name in ["bulletin.xlsx", "bulletin.csv", "bulletin.json", "bulletin.txt"] {
        does(&[&bulletin[..], &[&path(name)]].concat());
    }
    does(&["backup", &path("backup")]);
    are_private(&data);
    assert_eq!(server.terminate().code(), Some(0));
    does(&["export", "--output", &path("all.jsonl")]);
    does(&["export", "alerts", "--output", &path("alerts.csv")]);
    let restored = directory.path().join("restored");
    let mut restore = binary(&restored);
    let output = carelessly(restore.args(["restore", &path("backup")])).output().expect("run");
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    damage(&data);
    let before = modes(&data).len();
    let repaired = does(&["journal", "repair", "--from", &path("backup"), "--accept-loss"]);
    assert!(!repaired.contains("Nothing to repair"), "{repaired}");
    assert!(modes(&data).len() > before, "the damaged files are set aside beside the others");
    for name in [
        "data",
        "backup",
        "restored",
        "all.jsonl",
        "alerts.csv",
        "proof.json",
        "bulletin.xlsx",
        "bulletin.csv",
        "bulletin.json",
        "bulletin.txt",
    ] {
        are_private(&directory.path().join(name));
    }
}

/// What a unit says under a name, each line.
fn said<'a>(unit: &'a str, name: &str) -> Vec<&'a str> {
    let named = |line: &'a str| line.split_once('=').filter(|(said, _)| *said == name);
    unit.lines().filter_map(named).map(|(_, value)| value).collect()
}

#[test]
fn s26_the_unit_is_hardened_and_not_root() {
    let data = TempDir::new().expect("a temporary directory");
    let unit = done(data.path(), &["print", "systemd-unit"]);
    assert_eq!(said(&unit, "User"), ["campus-dispatch"]);
    for (name, value) in [
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "read-only"),
        ("PrivateTmp", "yes"),
        ("PrivateDevices", "yes"),
        ("ProtectKernelTunables", "yes"),
        ("ProtectKernelModules", "yes"),
        ("ProtectKernelLogs", "yes"),
        ("ProtectControlGroups", "yes"),
        ("ProtectClock", "yes"),
        ("ProtectHostname", "yes"),
        ("ProtectProc", "invisible"),
        ("RestrictNamespaces", "yes"),
        ("RestrictSUIDSGID", "yes"),
        ("RestrictRealtime", "yes"),
        ("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX"),
        ("LockPersonality", "yes"),
        ("MemoryDenyWriteExecute", "yes"),
        ("SystemCallArchitectures", "native"),
        ("CapabilityBoundingSet", ""),
        ("AmbientCapabilities", ""),
        ("UMask", "0077"),
        ("LimitCORE", "0"),
    ] {
        assert_eq!(said(&unit, name), [value], "{name}");
    }
    let calls = said(&unit, "SystemCallFilter");
    assert_eq!(calls, ["@system-service", "~@privileged"]);
}

#[test]
fn s26_the_unit_runs_this_program_with_these_settings() {
    let directory = TempDir::new().expect("a temporary directory");
    let config = directory.path().join("my dispatch.toml");
    fs::write(&config, "listen = \"127.0.0.1:443\"\n").expect("written");
    let data = Path::new("/var/lib/campus-dispatch");
    let mut print = binary(data);
    print.args(["print", "systemd-unit", "--user", "dispatch", "--config"]).arg(&config);
    let output = print.output().expect("run");
    let unit = String::from_utf8(output.stdout).expect("UTF-8");
    let start = said(&unit, "ExecStart")[0];
    let config = format!("--config \"{}\"", config.display());
    for part in [env!("CARGO_BIN_EXE_campus-dispatch"), &config, "serve", "--listen 127.0.0.1:443"]
    {
        assert!(start.contains(part), "no {part} in {start}");
    }
    assert_eq!(said(&unit, "User"), ["dispatch"]);
    assert_eq!(said(&unit, "StateDirectory"), ["campus-dispatch"]);
    // A port below 1024 needs this much, and no more.
    assert_eq!(said(&unit, "CapabilityBoundingSet"), ["CAP_NET_BIND_SERVICE"]);
}

#[test]
fn s26_no_unit_runs_as_root() {
    let data = TempDir::new().expect("a temporary directory");
    for user in ["root", "", "Wang", "a b", "x\nUser=root"] {
        let output = run(data.path(), &["print", "systemd-unit", "--user", user]);
        assert_eq!(output.status.code(), Some(2), "{user:?}: {}", told(&output));
    }
}
