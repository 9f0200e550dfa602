//! The limit: bare epoll, one thread, no protocol but an upgrade that is not checked, one write per
//! socket and sweep with all that waits (or, as `lone`, one write per frame and socket).

use std::io::{ErrorKind, Read, Write};

use mio::{
    Events, Interest, Poll, Token,
    net::{TcpListener, TcpStream},
    unix::SourceFd,
};

const LISTENER: Token = Token(usize::MAX);
const ORDERS: Token = Token(usize::MAX - 1);
/// Bytes of the log kept for those behind.
const LOG_MAX: usize = 4 * 1024 * 1024;

struct Socket {
    stream: TcpStream,
    /// How much of the whole log is written to it; `None` before the upgrade.
    place: Option<usize>,
    writable: bool,
}

struct Log {
    bytes: Vec<u8>,
    /// Bytes before the first kept.
    cut: usize,
    /// Where the frames not swept yet end.
    ends: Vec<usize>,
    seq: u64,
    frame: usize,
}

/// Serves frames of a length until it is killed. Each byte on standard input publishes one.
pub fn serve(lone: bool, frame: usize) -> ! {
    let mut poll = Poll::new().expect("epoll");
    let mut events = Events::with_capacity(4_096);
    let mut listener = TcpListener::bind("127.0.0.1:0".parse().expect("loopback")).expect("a port");
    let address = listener.local_addr().expect("an address");
    poll.registry().register(&mut listener, LISTENER, Interest::READABLE).expect("registered");
    rustix::fs::fcntl_setfl(std::io::stdin(), rustix::fs::OFlags::NONBLOCK).expect("set");
    poll.registry()
        .register(&mut SourceFd(&0), ORDERS, Interest::READABLE)
        .expect("a pipe is registered");
    println!("{address}");
    let mut sockets: Vec<Socket> = Vec::new();
    let mut log = Log { bytes: Vec::new(), cut: 0, ends: Vec::new(), seq: 0, frame };
    let mut buffer = vec![0; 64 * 1024];
    loop {
        poll.poll(&mut events, None).expect("events");
        for event in &events {
            match event.token() {
                LISTENER => while accept(&poll, &listener, &mut sockets) {},
                ORDERS => {
                    while let Ok(orders @ 1..) = std::io::stdin().read(&mut buffer) {
                        (0..orders).for_each(|_| log.publish());
                    }
                }
                Token(index) => {
                    let socket = &mut sockets[index];
                    if event.is_readable() {
                        read(socket, &mut buffer, log.end());
                    }
                    if event.is_writable() && !socket.writable {
                        socket.writable = true;
                        log.write(socket, log.end());
                    }
                }
            }
        }
        let last = [log.end()];
        let stops = if lone { std::mem::take(&mut log.ends) } else { last.to_vec() };
        log.ends.clear();
        for stop in stops {
            for socket in &mut sockets {
                log.write(socket, stop);
            }
        }
        log.forget();
    }
}

fn accept(poll: &Poll, listener: &TcpListener, sockets: &mut Vec<Socket>) -> bool {
    let Ok((mut stream, _)) = listener.accept() else { return false };
    stream.set_nodelay(true).expect("set");
    let both = Interest::READABLE | Interest::WRITABLE;
    poll.registry().register(&mut stream, Token(sockets.len()), both).expect("registered");
    sockets.push(Socket { stream, place: None, writable: true });
    true
}

/// Whatever a client says first is its upgrade.
fn read(socket: &mut Socket, buffer: &mut [u8], end: usize) {
    let Ok(1..) = socket.stream.read(buffer) else { return };
    if socket.place.is_none() {
        let answer = b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\n\
                       upgrade: websocket\r\n\r\n";
        socket.stream.write_all(answer).expect("it fits");
        socket.place = Some(end);
    }
}

impl Log {
    fn end(&self) -> usize {
        self.cut + self.bytes.len()
    }

    fn publish(&mut self) {
        self.seq += 1;
        let head = format!("{{\"frame\":\"change\",\"seq\":{},", self.seq);
        let length = u16::try_from(self.frame - 4).expect("a usual frame");
        self.bytes.extend_from_slice(&[0x81, 126]);
        self.bytes.extend_from_slice(&length.to_be_bytes());
        self.bytes.extend_from_slice(head.as_bytes());
        self.bytes.resize(self.bytes.len() + self.frame - 4 - head.len(), b'x');
        self.ends.push(self.end());
    }

    fn write(&self, socket: &mut Socket, stop: usize) {
        let Some(place) = &mut socket.place else { return };
        while socket.writable && *place < stop {
            match socket.stream.write(&self.bytes[*place - self.cut..stop - self.cut]) {
                Ok(written) => *place += written,
                Err(error) if error.kind() == ErrorKind::WouldBlock => socket.writable = false,
                Err(_) => {
                    socket.place = None;
                    return;
                }
            }
        }
    }

    fn forget(&mut self) {
        if self.bytes.len() > LOG_MAX {
            let surplus = self.bytes.len() - LOG_MAX / 2;
            self.bytes.drain(..surplus);
            self.cut += surplus;
        }
    }
}
