//! Why a socket is closed. Each code has a name and says whether to come back.

use bytes::Bytes;

use super::wire;

/// Why a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The line is cut.
    Gone,
    /// The client closed it.
    Left,
    /// The server stops: come back.
    GoingAway,
    /// The client broke the protocol.
    ProtocolBroken,
    /// A message was not UTF-8.
    NotText,
    /// A message was too big: do not come back.
    MessageTooBig,
    /// Logged out, expired or disabled: do not come back.
    SessionEnded,
    /// The reader does not read: come back.
    TooSlow,
    /// The account has too many sockets: do not come back.
    TooManySockets,
    /// Too many messages: come back, slower.
    Flood,
}

impl Ending {
    /// The close frame, where there is somebody to tell.
    pub fn frame(self) -> Option<Bytes> {
        let code = match self {
            Self::Gone => return None,
            Self::Left => 1000,
            Self::GoingAway => 1001,
            Self::ProtocolBroken => 1002,
            Self::NotText => 1007,
            Self::MessageTooBig => 1009,
            Self::SessionEnded => 4001,
            Self::TooSlow => 4002,
            Self::TooManySockets => 4003,
            Self::Flood => 4008,
        };
        Some(wire::close(code, self.name()))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Left => "left",
            Self::GoingAway => "going_away",
            Self::ProtocolBroken => "protocol_broken",
            Self::NotText => "not_text",
            Self::MessageTooBig => "message_too_big",
            Self::SessionEnded => "session_ended",
            Self::TooSlow => "too_slow",
            Self::TooManySockets => "too_many_sockets",
            Self::Flood => "flood",
        }
    }
}
