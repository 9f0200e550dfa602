//! Databases that make every write durable before they answer, with their own load generators:
//! PostgreSQL (one insert a transaction, by pgbench) and Redis (append-only file, fsync always, by
//! redis-benchmark). `benches/peers/run.sh` installs them. Loopback only, temporary directories.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::run::Finding;

/// The peers that are installed.
pub fn installed() -> Vec<&'static str> {
    let mut names = Vec::new();
    if postgres().is_some() {
        names.push("postgresql");
    }
    if runs("redis-server") && runs("redis-benchmark") {
        names.push("redis");
    }
    names
}

/// Asks one of them flat out, by so many connections.
pub fn ask(name: &'static str, connections: usize, span: Duration) -> Finding {
    let (per_second, p50, p99) = match name {
        "postgresql" => ask_postgres(connections, span),
        _ => ask_redis(connections, span),
    };
    let none = f64::NAN;
    Finding { server: name, connections, per_second, cpu: none, commits: none, p50, p99 }
}

fn runs(program: &str) -> bool {
    let mut command = Command::new(program);
    let ran = command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    ran.is_ok()
}

/// Where PostgreSQL's own programs are.
fn postgres() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    found.find(|path| path.join("initdb").exists() && path.join("pgbench").exists())
}

fn directory() -> TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory")
}

/// Ended with the value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // SIGTERM would wait for clients; nothing in it is to be kept.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// It refuses to run as root, so as root it runs as its own user, in a directory that user reaches.
fn as_postgres(program: &Path) -> Command {
    if !rustix::process::getuid().is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
    command
}

fn quiet(command: &mut Command) -> &mut Command {
    command.stdout(Stdio::null()).stderr(Stdio::null())
}

fn ask_postgres(connections: usize, span: Duration) -> (f64, f64, f64) {
    let programs = postgres().expect("installed");
    // Under the system's own place for data, which is on a disk and open to its user.
    let place = Path::new("/var/lib/postgresql");
    let place = if place.is_dir() { place } else { Path::new(env!("CARGO_TARGET_TMPDIR")) };
    let data = tempfile::tempdir_in(place).expect("a directory");
    quiet(Command::new("chown").args(["-R", "postgres"]).arg(data.path())).status().ok();
    let path = data.path().join("cluster");
    let mut initdb = as_postgres(&programs.join("initdb"));
    let made = quiet(initdb.args(["-A", "trust", "-D"]).arg(&path)).status();
    assert!(made.expect("it runs").success(), "initdb");
    let mut server = as_postgres(&programs.join("postgres"));
    server.arg("-D").arg(&path).args([
        "-c",
        "listen_addresses=",
        "-c",
        "max_connections=600",
        "-k",
    ]);
    let _running = Running(quiet(server.arg(data.path())).spawn().expect("it runs"));
    let psql = |text: &str| {
        let mut psql = as_postgres(&programs.join("psql"));
        psql.arg("-h").arg(data.path()).args(["-d", "postgres", "-qc", text]);
        quiet(&mut psql).status().is_ok_and(|status| status.success())
    };
    let begun = Instant::now();
    while !psql("CREATE TABLE record (seq bigserial PRIMARY KEY, body text)") {
        assert!(begun.elapsed() < Duration::from_secs(30), "PostgreSQL does not start");
        thread::sleep(Duration::from_millis(100));
    }
    let script = data.path().join("insert.sql");
    let body = "x".repeat(200);
    fs::write(&script, format!("INSERT INTO record (body) VALUES ('{body}');\n")).expect("written");
    quiet(Command::new("chmod").args(["a+r"]).arg(&script)).status().ok();
    let mut bench = as_postgres(&programs.join("pgbench"));
    bench.arg("-h").arg(data.path()).args(["-n", "-M", "prepared", "-f"]).arg(&script);
    // Each connection is a process, and they begin within the time that is asked for.
    let seconds = span.as_secs().max(3) + connections as u64 / 64;
    bench.args(["-c", &connections.to_string(), "-T", &seconds.to_string()]);
    let output = bench.arg("postgres").output().expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let number = |after: &str| {
        let (_, rest) = text.split_once(after)?;
        rest.split_whitespace().next()?.parse::<f64>().ok()
    };
    let per_second = number("tps = ").unwrap_or_else(|| {
        eprintln!("pgbench told nothing: {text}");
        f64::NAN
    });
    // It tells the mean alone.
    (per_second, number("latency average = ").unwrap_or(f64::NAN), f64::NAN)
}

fn ask_redis(connections: usize, span: Duration) -> (f64, f64, f64) {
    let data = directory();
    let socket = data.path().join("redis.sock");
    let mut server = Command::new("redis-server");
    server.args(["--port", "0", "--appendonly", "yes", "--appendfsync", "always", "--save", ""]);
    server.arg("--dir").arg(data.path()).arg("--unixsocket").arg(&socket);
    let _running = Running(quiet(&mut server).spawn().expect("it runs"));
    let begun = Instant::now();
    while !socket.exists() {
        assert!(begun.elapsed() < Duration::from_secs(30), "Redis does not start");
        thread::sleep(Duration::from_millis(50));
    }
    let ask = |count: u64| {
        let mut bench = Command::new("redis-benchmark");
        bench.arg("-s").arg(&socket).args(["-t", "set", "-d", "200", "--csv", "-r", "1000000"]);
        bench.args(["-c", &connections.to_string(), "-n", &count.to_string()]);
        let output = bench.output().expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let row = text.lines().last().unwrap_or_default().to_owned();
        let figures = row.split(',').map(|figure| figure.trim_matches('"').parse::<f64>());
        let figures: Vec<f64> = figures.map(|figure| figure.unwrap_or(f64::NAN)).collect();
        if figures.len() < 7 {
            eprintln!("redis-benchmark told nothing: {text}");
            return (f64::NAN, f64::NAN, f64::NAN);
        }
        (figures[1], figures[4], figures[6])
    };
    // It is told how many, not how long: a short run first says how many those are.
    let (per_second, ..) = ask(2_000);
    ask((per_second * span.as_secs_f64()) as u64 + 1_000)
}
