//! The clients: one thread, epoll, as many connections as wanted, one request of each under way.

use std::{
    io::{ErrorKind, Read, Write},
    net::SocketAddr,
    time::{Duration, Instant},
};

use mio::{Events, Interest, Poll, Token, net::TcpStream};

use super::requests::Life;

/// Nobody waits longer for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Callers {
    poll: Poll,
    events: Events,
    callers: Vec<Caller>,
    buffer: Vec<u8>,
    /// Milliseconds each answer took.
    pub latencies: Vec<f64>,
}

struct Caller {
    stream: TcpStream,
    life: Life,
    asked: Option<Instant>,
    answer: Vec<u8>,
}

impl Callers {
    /// Connections of the callers from a number on, whose commands are nobody else's.
    pub fn connect(address: SocketAddr, from: usize, count: usize) -> Self {
        let poll = Poll::new().expect("epoll");
        let connect = |index: usize| {
            let stream = std::net::TcpStream::connect(address).expect("connected");
            stream.set_nodelay(true).expect("set");
            stream.set_nonblocking(true).expect("set");
            let mut stream = TcpStream::from_std(stream);
            poll.registry().register(&mut stream, Token(index), Interest::READABLE).expect("set");
            Caller { stream, life: Life::of(from + index), asked: None, answer: Vec::new() }
        };
        let callers = (0..count).map(connect).collect();
        let events = Events::with_capacity(1_024);
        Self { poll, events, callers, buffer: vec![0; 64 * 1024], latencies: Vec::new() }
    }

    /// Everybody asks again as soon as it is answered, for so long.
    pub fn flat_out(&mut self, span: Duration) {
        let end = Instant::now() + span;
        self.callers.iter_mut().for_each(Caller::ask);
        while Instant::now() < end {
            self.take(end.saturating_duration_since(Instant::now()), |caller| caller.ask());
        }
        self.finish();
    }

    /// So many commands a second, each by a caller that is free, for so long. What waits because
    /// nobody is free is counted as waiting.
    pub fn paced(&mut self, span: Duration, per_second: u32) {
        let pause = Duration::from_secs(1) / per_second;
        let begun = Instant::now();
        let (mut due, mut next) = (begun, 0);
        while due < begun + span {
            while let Some(left) = due.checked_duration_since(Instant::now()) {
                self.take(left, |_| {});
            }
            let count = self.callers.len();
            let free = (next..next + count).map(|index| index % count);
            let free = free.into_iter().find(|index| self.callers[*index].asked.is_none());
            let Some(free) = free else {
                self.take(Duration::from_secs(1), |_| {});
                continue;
            };
            self.callers[free].ask();
            self.callers[free].asked = Some(due);
            next = free + 1;
            due += pause;
        }
        self.finish();
    }

    fn finish(&mut self) {
        let begun = Instant::now();
        while self.callers.iter().any(|caller| caller.asked.is_some()) {
            self.take(Duration::from_secs(1), |_| {});
            assert!(begun.elapsed() < PATIENCE, "an answer is owed");
        }
    }

    fn take(&mut self, patience: Duration, mut answered: impl FnMut(&mut Caller)) {
        match self.poll.poll(&mut self.events, Some(patience)) {
            Err(error) if error.kind() == ErrorKind::Interrupted => return,
            polled => polled.expect("events"),
        }
        for event in &self.events {
            let caller = &mut self.callers[event.token().0];
            loop {
                match caller.stream.read(&mut self.buffer) {
                    Ok(0) => panic!("the server hung up"),
                    Ok(read) => caller.answer.extend_from_slice(&self.buffer[..read]),
                    Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                    Err(error) => panic!("{error}"),
                }
            }
            if let Some(took) = caller.answered() {
                self.latencies.push(took.as_secs_f64() * 1e3);
                answered(caller);
            }
        }
    }
}

impl Caller {
    fn ask(&mut self) {
        let request = self.life.next();
        self.asked = Some(Instant::now());
        self.stream.write_all(request.as_bytes()).expect("it fits");
    }

    /// How long a whole answer took; a refusal would be worth nothing.
    fn answered(&mut self) -> Option<Duration> {
        let text = std::str::from_utf8(&self.answer).expect("text");
        let (head, body) = text.split_once("\r\n\r\n")?;
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>())
        });
        if body.len() < length.expect("a length").expect("a number") {
            return None;
        }
        assert!(head.starts_with("HTTP/1.1 20"), "{text}");
        self.life.came_to(body);
        self.answer.clear();
        self.asked.take().map(|asked| asked.elapsed())
    }
}

/// A figure the server tells at `/metrics`.
pub fn figure(address: SocketAddr, name: &str) -> f64 {
    let mut stream = std::net::TcpStream::connect(address).expect("connected");
    let request = "GET /metrics HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    let line = answer.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.and_then(|figure| figure.parse().ok()).unwrap_or(0.0)
}
