//! nats-server as a peer, by its own protocol, which spares it the framing of WebSockets. It is asked
//! by a publisher of ours, whose work does not count as its own.

use std::{
    fs,
    io::{self, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::frames::{Reading, change_at};
use crate::process::Server;

/// What a subscriber says first. Its ping is answered once it is subscribed.
pub const GREETING: &str =
    "CONNECT {\"verbose\":false,\"pedantic\":false}\r\nSUB board 1\r\nPING\r\n";

/// Starts one that sends frames of that length; each order is one.
pub fn start(frame: u64) -> Server {
    let told = tempfile::tempdir().expect("a directory");
    let mut command = Command::new("nats-server");
    command.args(["-a", "127.0.0.1", "-p", "-1", "--ports_file_dir"]).arg(told.path());
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let address = address(&told, &child);
    Server::ordered_by(child, Box::new(Publisher::at(address, frame)), address)
}

/// Whether it is installed.
pub fn is_installed() -> bool {
    let mut command = Command::new("nats-server");
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// The address it tells by a file.
fn address(told: &TempDir, child: &Child) -> SocketAddr {
    let path = told.path().join(format!("nats-server_{}.ports", child.id()));
    let begun = Instant::now();
    loop {
        if let Some(address) = address_in(&path) {
            return address;
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "nats-server does not start");
        thread::sleep(Duration::from_millis(20));
    }
}

fn address_in(path: &Path) -> Option<SocketAddr> {
    let ports: serde_json::Value = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    ports["nats"][0].as_str()?.strip_prefix("nats://")?.parse().ok()
}

/// Publishes a frame for each byte it is given.
struct Publisher {
    stream: TcpStream,
    seq: u64,
    frame: usize,
}

impl Publisher {
    fn at(address: SocketAddr, frame: u64) -> Self {
        let mut stream = TcpStream::connect(address).expect("connected");
        stream.set_nodelay(true).expect("set");
        stream.write_all(b"CONNECT {\"verbose\":false}\r\n").expect("sent");
        Self { stream, seq: 0, frame: usize::try_from(frame).expect("short") }
    }
}

impl Write for Publisher {
    fn write(&mut self, orders: &[u8]) -> io::Result<usize> {
        let mut bytes = Vec::new();
        for _ in orders {
            self.seq += 1;
            let begin = format!("{{\"frame\":\"change\",\"seq\":{},\"text\":\"", self.seq);
            let text = format!("{begin:x<width$}\"}}", width = self.frame - 2);
            write!(bytes, "PUB board {}\r\n{text}\r\n", text.len())?;
        }
        self.stream.write_all(&bytes)?;
        Ok(orders.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Messages as a subscriber reads them.
#[derive(Default)]
pub struct Messages {
    /// Whether the server has said that it is subscribed.
    is_open: bool,
    /// What has come of a line or a message that is not whole yet.
    begun: Vec<u8>,
}

impl Reading for Messages {
    fn is_open(&self) -> bool {
        self.is_open
    }

    fn take(&mut self, bytes: &[u8], hand_on: &mut dyn FnMut(u64, u64)) {
        self.begun.extend_from_slice(bytes);
        let mut rest = &self.begun[..];
        while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
            let (line, after) = (&rest[..end], &rest[end + 2..]);
            rest = match length(line) {
                None => {
                    self.is_open |= line == b"PONG";
                    after
                }
                Some(length) if after.len() < length + 2 => break,
                Some(length) => {
                    if let Some(seq) = change_at(&after[..length]) {
                        hand_on(length as u64, seq);
                    }
                    &after[length + 2..]
                }
            };
        }
        let left = rest.len();
        self.begun.drain(..self.begun.len() - left);
    }
}

/// The length of the message that a line announces.
fn length(line: &[u8]) -> Option<usize> {
    let line = std::str::from_utf8(line).ok()?.strip_prefix("MSG ")?;
    line.rsplit(' ').next()?.parse().ok()
}
