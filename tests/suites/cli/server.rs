//! The real binary, as a script runs it.

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio},
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// Longer than anything takes that ends at all.
const AT_LAST: Duration = Duration::from_secs(60);

/// The binary with a data directory, away from the environment of whoever runs the tests.
pub fn binary(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_campus-dispatch"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CAMPUS_") {
            command.env_remove(name);
        }
    }
    command.arg("--data").arg(data).stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub fn run(data: &Path, args: &[&str]) -> Output {
    binary(data).args(args).output().expect("the binary runs")
}

/// Runs it to an end that must be good, and gives what it printed.
pub fn done(data: &Path, args: &[&str]) -> String {
    let output = run(data, args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", told(&output));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What it told on stderr.
pub fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A running server; killed with the value.
pub struct Server {
    child: Child,
    stdout: BufReader<ChildStdout>,
    stderr: Arc<Mutex<String>>,
    listener: Option<JoinHandle<()>>,
    /// Such as `http://127.0.0.1:40000`.
    pub address: String,
}

impl Server {
    /// Serves a data directory on a free port.
    pub fn start(data: &Path) -> Self {
        Self::of(binary(data).args(["serve", "--listen", "127.0.0.1:0"]))
    }

    /// Runs a command that serves, and waits for its address.
    pub fn of(command: &mut Command) -> Self {
        let mut child = command
            // One account of a test asks more often than a person does.
            .env("CAMPUS_DISPATCH_LIMITS_REQUESTS_PER_SECOND_MAX", "1000000")
            .env("CAMPUS_DISPATCH_LIMITS_STRANGER_REQUESTS_PER_SECOND_MAX", "1000000")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let address = loop {
            let mut line = String::new();
            let read = stdout.read_line(&mut line).expect("UTF-8");
            if read == 0 {
                let status = child.wait().expect("its end");
                let mut text = String::new();
                child.stderr.take().expect("a pipe").read_to_string(&mut text).expect("UTF-8");
                panic!("it ended with {status} before it served: {text}");
            }
            if let Some((_, address)) = line.trim_end().split_once(" serves ") {
                break address.to_owned();
            }
        };
        // A pipe that nobody reads would hold up the log.
        let pipe = BufReader::new(child.stderr.take().expect("a pipe"));
        let stderr = Arc::<Mutex<String>>::default();
        let told = stderr.clone();
        let listener = thread::spawn(move || {
            for line in pipe.lines().map_while(Result::ok) {
                *told.lock().expect("no panic") += &(line + "\n");
            }
        });
        Self { child, stdout, stderr, listener: Some(listener), address }
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it told on stderr so far; everything once it has ended.
    pub fn told(&self) -> String {
        self.stderr.lock().expect("no panic").clone()
    }

    /// The next line it prints.
    pub fn next_line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).expect("UTF-8");
        line
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().expect("it lives");
        self.child.wait().expect("its end");
    }

    /// Asks it to stop.
    pub fn ask_to_stop(&self) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs");
        assert!(sent.success());
    }

    /// Asks it to stop, and waits until it has.
    pub fn terminate(mut self) -> ExitStatus {
        self.ask_to_stop();
        self.ended()
    }

    /// Waits until it has ended by itself.
    pub fn ended(&mut self) -> ExitStatus {
        let began = Instant::now();
        while began.elapsed() < AT_LAST {
            if let Some(status) = self.child.try_wait().expect("its end") {
                if let Some(listener) = self.listener.take() {
                    listener.join().expect("no panic");
                }
                return status;
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("it did not end");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
