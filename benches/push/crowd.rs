//! The clients of the bench: one thread, epoll, as many WebSockets as wanted. Each frame is checked
//! to be the one after the last.

use std::{
    collections::VecDeque,
    io::{ErrorKind, Read, Write},
    net::SocketAddr,
    time::{Duration, Instant},
};

use mio::{Events, Interest, Poll, Token, net::TcpStream};

use super::frames::{Frames, Reading};

/// Nobody waits longer for a frame that is lost.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Crowd {
    poll: Poll,
    events: Events,
    sockets: Vec<Socket>,
    buffer: Vec<u8>,
    /// Frames under way, oldest first: when it was ordered and how many have it.
    under_way: VecDeque<(Instant, usize)>,
    /// The number of the oldest under way, counted from 0 at the first ever ordered.
    oldest: u64,
    ordered: u64,
    /// Of each frame that everybody has, how long that took.
    pub latencies: Vec<f64>,
    /// Bytes that came at all.
    received: u64,
    /// Bytes that came in frames of change.
    pub bytes: u64,
    pub frames: u64,
    /// Frames that did not follow the last, told twice, or both.
    pub wrong: u64,
}

struct Socket {
    stream: TcpStream,
    reading: Box<dyn Reading>,
    /// Frames of change so far.
    told: u64,
    seq: Option<u64>,
}

impl Crowd {
    /// Opens that many WebSockets; each is what `upgrade` asks for.
    pub fn open(address: SocketAddr, count: usize, upgrade: impl Fn(usize) -> String) -> Self {
        Self::speaking(address, count, upgrade, || Box::new(Frames::default()))
    }

    /// Opens that many sockets; each says that first, and reads in its own way.
    pub fn speaking(
        address: SocketAddr,
        count: usize,
        greeting: impl Fn(usize) -> String,
        reading: impl Fn() -> Box<dyn Reading>,
    ) -> Self {
        let poll = Poll::new().expect("epoll");
        let mut sockets = Vec::with_capacity(count);
        for index in 0..count {
            let mut stream = std::net::TcpStream::connect(address).expect("connected");
            stream.write_all(greeting(index).as_bytes()).expect("sent");
            stream.set_nonblocking(true).expect("set");
            let mut stream = TcpStream::from_std(stream);
            poll.registry().register(&mut stream, Token(index), Interest::READABLE).expect("set");
            sockets.push(Socket { stream, reading: reading(), told: 0, seq: None });
        }
        Self {
            poll,
            events: Events::with_capacity(4_096),
            sockets,
            buffer: vec![0; 256 * 1024],
            under_way: VecDeque::new(),
            oldest: 0,
            ordered: 0,
            latencies: Vec::new(),
            received: 0,
            bytes: 0,
            frames: 0,
            wrong: 0,
        }
    }

    /// Waits until everybody is taken in.
    pub fn wait_until_open(&mut self) {
        let begun = Instant::now();
        while !self.sockets.iter().all(|socket| socket.reading.is_open()) {
            self.take(Duration::from_millis(100));
            assert!(begun.elapsed() < PATIENCE, "some sockets do not open");
        }
    }

    /// Has everybody say the same.
    pub fn say(&mut self, bytes: &[u8]) {
        for socket in &mut self.sockets {
            socket.stream.write_all(bytes).expect("it fits");
        }
    }

    /// Reads whatever comes for so long.
    pub fn idle(&mut self, span: Duration) {
        let end = Instant::now() + span;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            self.take(left);
        }
    }

    /// Reads until nothing has come for a while: everybody has been shown what there was.
    pub fn settle(&mut self) {
        let begun = Instant::now();
        let mut before = None;
        while before.replace(self.received) != Some(self.received) {
            self.idle(Duration::from_millis(300));
            assert!(begun.elapsed() < PATIENCE, "there is no end to what is shown at first");
        }
    }

    /// Takes in frames that nobody here ordered.
    pub fn look_on(&mut self, patience: Duration) {
        if self.under_way.len() < 10_000 {
            (0..10_000).for_each(|_| self.ordered());
        }
        self.take(patience);
    }

    /// Notes that a frame is ordered now.
    pub fn ordered(&mut self) {
        self.ordered += 1;
        self.under_way.push_back((Instant::now(), 0));
    }

    /// Frames that not everybody has.
    pub fn under_way(&self) -> usize {
        self.under_way.len()
    }

    /// Waits until no more than so many are under way.
    pub fn wait_for(&mut self, most: usize) {
        let begun = Instant::now();
        while self.under_way.len() > most {
            self.take(Duration::from_secs(1));
            assert!(begun.elapsed() < PATIENCE, "{} frames are lost", self.under_way.len());
        }
    }

    /// Takes in what there is, waiting for it no longer than that.
    pub fn take(&mut self, patience: Duration) {
        match self.poll.poll(&mut self.events, Some(patience)) {
            Err(error) if error.kind() == ErrorKind::Interrupted => return,
            polled => polled.expect("events"),
        }
        for event in &self.events {
            let socket = &mut self.sockets[event.token().0];
            loop {
                let read = match socket.stream.read(&mut self.buffer) {
                    Ok(0) => panic!("the server closed a socket"),
                    Ok(read) => read,
                    Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                    Err(error) => panic!("{error}"),
                };
                self.received += read as u64;
                let Socket { reading, told, seq, .. } = socket;
                reading.take(&self.buffer[..read], &mut |length, new| {
                    self.wrong += u64::from(seq.is_some_and(|seq| new != seq + 1));
                    *seq = Some(new);
                    self.bytes += length;
                    self.frames += 1;
                    let place =
                        usize::try_from(*told - self.oldest).expect("not before the oldest");
                    *told += 1;
                    match self.under_way.get_mut(place) {
                        Some((_, have)) => *have += 1,
                        None => self.wrong += 1,
                    }
                });
                if read < self.buffer.len() {
                    break;
                }
            }
        }
        while let Some((ordered, have)) = self.under_way.front()
            && *have == self.sockets.len()
        {
            self.latencies.push(ordered.elapsed().as_secs_f64() * 1e3);
            self.under_way.pop_front();
            self.oldest += 1;
        }
    }

    pub fn len(&self) -> usize {
        self.sockets.len()
    }
}
