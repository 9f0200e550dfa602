//! A port that stays one's own while nobody listens on it.

use std::{
    net::{Ipv4Addr, TcpListener},
    sync::atomic::{AtomicU16, Ordering},
};

use anyhow::bail;

/// Below the range the kernel takes outgoing ports from: a client that comes while the server is
/// down would otherwise be given the server's port, and talk to itself.
const FROM: u16 = 20_000;
const TO: u16 = 32_000;

static NEXT: AtomicU16 = AtomicU16::new(0);

/// A port on loopback.
#[derive(Clone, Copy, Debug)]
pub struct Port(u16);

impl Port {
    /// One that is free.
    ///
    /// # Errors
    /// When none is.
    pub fn take() -> anyhow::Result<Self> {
        let span = TO - FROM;
        let begin = (std::process::id() % u32::from(span)) as u16;
        for _ in 0..span {
            let step = NEXT.fetch_add(1, Ordering::Relaxed);
            let port = FROM + (begin + step % span) % span;
            if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
                return Ok(Self(port));
            }
        }
        bail!("no port is free between {FROM} and {TO}")
    }

    /// Its address.
    pub fn address(self) -> String {
        format!("127.0.0.1:{}", self.0)
    }
}
