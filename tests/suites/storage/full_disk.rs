//! A disk that fills up (faults.md row 5): the data directory on a file system of 32 MiB. Before
//! the last space is gone the server is read-only, says why, and goes on serving boards; within
//! five seconds after space is freed it writes again, without a restart.
//!
//! Needs root, to mount a file system in memory.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::desk::{Desk, Reply, raised};
use crate::{
    cli::server::{Server, binary, done, run, told},
    push::viewer::Viewer,
    web::actor::{Caller, Credentials},
};

const MIB: usize = 1 << 20;
const RESERVE: usize = 8 * MIB;
/// What somebody else puts on the disk, so that it fills up soon.
const BALLAST: usize = 20 * MIB;
const AT_ONCE: usize = 16;
/// Far more than fits.
const COMMANDS: usize = 20_000;

/// A file system of 32 MiB in memory, unmounted with the value.
struct SmallDisk {
    root: TempDir,
}

impl SmallDisk {
    fn mount() -> Self {
        let root = TempDir::new().expect("a temporary directory");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=32m", "tmpfs"])
            .arg(root.path())
            .output()
            .expect("mount runs");
        assert!(
            mounted.status.success(),
            "a file system of 32 MiB cannot be mounted, and nothing was tested: run the tests as \
             root ({})",
            String::from_utf8_lossy(&mounted.stderr).trim()
        );
        Self { root }
    }

    fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    fn ballast(&self) -> PathBuf {
        self.root.path().join("ballast")
    }

    fn free(&self) -> u64 {
        let found = rustix::fs::statvfs(self.root.path()).expect("a file system");
        found.f_bavail * found.f_frsize
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.root.path()).status();
    }
}

fn serve(data: &Path) -> Server {
    let mut command = binary(data);
    command.env("CAMPUS_DISPATCH_DISK_RESERVE", RESERVE.to_string());
    Server::of(command.args(["serve", "--listen", "127.0.0.1:0"]))
}

/// Reports alerts until the disk is full; those that were acknowledged.
async fn fill(desk: &Desk, round: &str) -> Vec<(String, Reply)> {
    let workers: Vec<_> = (0..AT_ONCE)
        .map(|worker| {
            let (desk, round) = (desk.clone(), round.to_owned());
            tokio::spawn(async move {
                let mut acknowledged = Vec::new();
                for number in 0..COMMANDS / AT_ONCE {
                    let key = format!("{round}-{worker}-{number}");
                    match desk.raise_large(&key).await {
                        reply @ Reply::Done(_) => acknowledged.push((key, reply)),
                        other => return (acknowledged, other),
                    }
                }
                panic!("the disk never filled up");
            })
        })
        .collect();
    let mut acknowledged = Vec::new();
    for worker in workers {
        let (done, refusal) = worker.await.expect("no panic");
        acknowledged.extend(done);
        assert_is_full(&refusal);
    }
    acknowledged
}

fn assert_is_full(reply: &Reply) {
    match reply {
        Reply::Refused { status: 507, code, retry_after: Some(5), text } => {
            assert_eq!(code, "disk_almost_full");
            assert!(text.contains("8 MiB are kept free"), "{text}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fills_up_makes_it_read_only_until_there_is_space_again() {
    let disk = SmallDisk::mount();
    let data = disk.data();
    let token = Desk::account(&data);
    fs::write(disk.ballast(), vec![0x5a; BALLAST]).expect("there is room for it");
    let server = serve(&data);
    let desk = Desk::at(&server, &token);
    let mut acknowledged = fill(&desk, "first").await;
    assert!(!acknowledged.is_empty());

    // Nothing was acknowledged out of the last space, and everything is still read.
    let left = disk.free();
    assert!(left > 4 * MIB as u64, "{left} bytes are left");
    let (ready, body) = desk.ready().await.expect("it lives");
    assert!(!ready, "{body}");
    assert_eq!(body["status"], "disk_almost_full");
    assert!(body["reason"].as_str().expect("a reason").contains("free some space"), "{body}");
    let (status, list) = desk.reads("/api/v1/alerts?limit=5").await.expect("it lives");
    assert_eq!(status, 200, "{list}");
    let address = server.address.trim_start_matches("http://").parse().expect("an address");
    let caller = Caller::new(address, Credentials::Token(token.clone()));
    let (_viewer, board) = Viewer::watches(&caller).await;
    assert_eq!(board.alerts.len(), acknowledged.len());
    let (key, first) = &acknowledged[0];
    assert_eq!(desk.raise_large(key).await, *first, "a retry is answered");

    let backup = disk.root.path().join("backup");
    let output = run(&data, &["backup", backup.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("MiB are free on its disk"), "{}", told(&output));
    assert!(!backup.exists());

    // A restart meanwhile folds the log, and is read-only again before the last space is gone.
    server.kill();
    let server = serve(&data);
    let desk = Desk::at(&server, &token);
    acknowledged.extend(fill(&desk, "second").await);
    assert!(disk.free() > 4 * MIB as u64);

    fs::remove_file(disk.ballast()).expect("it is there");
    let freed = Instant::now();
    while !desk.ready().await.expect("it lives").0 {
        assert!(freed.elapsed() < Duration::from_secs(5), "still read-only");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let after = freed.elapsed();
    assert!(matches!(desk.raise("after").await, Reply::Done(_)));
    assert_eq!(server.terminate().code(), Some(0));
    assert_eq!(raised(&data), acknowledged.len() + 1);
    done(&data, &["journal", "verify"]);
    println!(
        "disk of 32 MiB filling up: 1 tried, {} acknowledged, read-only with {left} bytes left, \
         writing {} ms after space was freed; 0 violations",
        acknowledged.len(),
        after.as_millis()
    );
}

/// A backup is wanted all the more then; it says that the record of access does not have it.
#[test]
fn s22_on_a_full_disk_nothing_is_exported_and_a_backup_is_taken_to_another() {
    let (disk, elsewhere) = (SmallDisk::mount(), TempDir::new().expect("a temporary directory"));
    let data = disk.data();
    Desk::account(&data);
    let server = serve(&data);
    let mut ballast = fs::File::create(disk.ballast()).expect("a file");
    let page = [0x5a; 4096];
    while ballast.write_all(&page).is_ok() {}
    let exported = run(&data, &["export"]);
    assert_eq!(exported.status.code(), Some(1));
    assert!(exported.stdout.is_empty(), "not a byte");
    assert!(told(&exported).contains("nothing is taken out without"), "{}", told(&exported));
    let backup = elsewhere.path().join("backup");
    let taken = run(&data, &["backup", backup.to_str().expect("UTF-8")]);
    assert_eq!(taken.status.code(), Some(0), "{}", told(&taken));
    assert!(told(&taken).contains("not in the record of access"), "{}", told(&taken));
    assert!(backup.join("manifest.json").exists());
    let left = fs::read_dir(&data).expect("a directory").filter_map(Result::ok);
    let notes = left.filter(|entry| entry.file_name().to_string_lossy().starts_with("export-"));
    assert_eq!(notes.count(), 0, "nor half of a note");
    fs::remove_file(disk.ballast()).expect("it is there");
    assert_eq!(server.terminate().code(), Some(0));
}

#[tokio::test]
async fn s22_refusals_that_found_no_room_are_records_once_there_is_some() {
    let disk = SmallDisk::mount();
    let data = disk.data();
    let add = |name: &str| {
        done(&data, &["account", "add", name, "--role", name, "--token"]).trim().to_owned()
    };
    let (operator, auditor) = (add("operator"), add("auditor"));
    let server = serve(&data);
    let address = server.address.trim_start_matches("http://").parse().expect("an address");
    let caller = |token: &str| Caller::new(address, Credentials::Token(token.to_owned()));
    let (operator, auditor) = (caller(&operator), caller(&auditor));
    let refusals = async || {
        let page = auditor.gets("/access-record?kind=access_refused").await.is(200);
        page.body["records"].as_array().expect("records").clone()
    };
    fs::write(disk.ballast(), vec![0x5a; BALLAST + 6 * MIB]).expect("there is room for it");
    assert!(disk.free() < RESERVE as u64);
    operator.gets("/accounts").await.refused_with(403, "role_not_permitted");
    assert_eq!(refusals().await, [] as [serde_json::Value; 0], "there is no room for a record");
    operator.gets("/accounts").await.refused_with(403, "role_not_permitted");
    fs::remove_file(disk.ballast()).expect("it is there");
    let freed = Instant::now();
    while refusals().await.is_empty() {
        assert!(freed.elapsed() < Duration::from_secs(30), "{}", server.told());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let told = refusals().await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (&told[0]["detail"]["account"], &told[0]["detail"]["times"]),
        (&"operator".into(), &2.into())
    );
}
