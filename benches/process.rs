//! A server in a process of its own, so that what it takes can be told from what its clients take,
//! and how much that is by the scheduler's own accounting.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    process::{Child, Command, Stdio},
};

/// This program once more, as a server. It ends when dropped.
pub struct Server {
    child: Child,
    orders: Box<dyn Write>,
    pub address: SocketAddr,
}

impl Server {
    /// Starts one and waits until it is ready: it prints its address.
    pub fn start(kind: &str, arguments: &[String]) -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut command = Command::new(program);
        command.arg(format!("--serve={kind}")).args(arguments);
        Self::of(kind, command)
    }

    /// The same for a program of somebody else's.
    pub fn of(kind: &str, mut command: Command) -> Self {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        let orders = Box::new(child.stdin.take().expect("a pipe"));
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("ready");
        let address = line.trim().parse();
        let address = address.unwrap_or_else(|_| panic!("{kind} is not ready: {line:?}"));
        Self::ordered_by(child, orders, address)
    }

    /// A program that runs already and is given its orders in another way.
    pub fn ordered_by(child: Child, orders: Box<dyn Write>, address: SocketAddr) -> Self {
        Self { child, orders, address }
    }

    /// Gives orders, a byte each.
    pub fn order(&mut self, orders: &[u8]) {
        self.orders.write_all(orders).expect("it listens");
    }

    /// Nanoseconds its threads have been on a core so far, kernel included.
    pub fn cpu(&self) -> u64 {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("it runs");
        let spent = tasks.filter_map(|task| {
            let line = fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
            line.split_whitespace().next()?.parse::<u64>().ok()
        });
        spent.sum()
    }

    /// Bytes it holds in memory.
    pub fn resident(&self) -> u64 {
        let path = format!("/proc/{}/smaps_rollup", self.child.id());
        let text = fs::read_to_string(path).expect("it runs");
        let line = text.lines().find_map(|line| line.strip_prefix("Rss:")).expect("a figure");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Which server this process is to be, and with which arguments; `None` for the driver.
pub fn told_to_serve() -> Option<(String, Vec<String>)> {
    let mut arguments = std::env::args().skip(1);
    let kind = arguments.next()?.strip_prefix("--serve=")?.to_owned();
    Some((kind, arguments.collect()))
}

/// Whether the driver was asked for something, such as `--quick`.
pub fn is_asked_for(option: &str) -> bool {
    std::env::args().any(|argument| argument == option)
}

/// Opens as many files as the system allows.
pub fn raise_descriptors() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit).expect("up to the hard limit");
}

/// The value in the middle.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The value that so many percent do not exceed.
pub fn percentile(values: &mut [f64], percent: usize) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let rank = (values.len() * percent).div_ceil(100).max(1);
    values.get(rank - 1).copied().unwrap_or(f64::NAN)
}
