//! `strace` on a running server: its calls of the system fail or take their time.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

/// Attached until it is dropped.
pub struct Tracer(Child);

impl Tracer {
    /// Attaches; when it returns, the next of `calls` is the first that is counted.
    pub fn attach(pid: u32, calls: &str, inject: &str) -> Self {
        let mut child = Command::new("strace")
            .args(["-f", "-p", &pid.to_string(), "-e", &format!("trace={calls}"), "-e", inject])
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("strace is missing: install it (Debian: apt-get install strace)");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let first = lines.next().expect("a line").expect("UTF-8");
        assert!(first.contains("attached"), "strace cannot trace here, run as root: {first}");
        // A pipe that nobody reads would hold up the server.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self(child)
    }
}

impl Drop for Tracer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
