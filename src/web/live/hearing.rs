//! What a client says, taken apart as it comes (RFC 6455, sections 5 and 8.1). Nothing is kept
//! between two frames, so that a socket that is silent takes no memory for it.

use std::io::Cursor;

use tokio_tungstenite::tungstenite::protocol::frame::{
    FrameHeader,
    coding::{Control, Data, OpCode},
};

use super::close::Ending;

/// One thing a client said.
#[derive(Debug, PartialEq, Eq)]
pub enum Said {
    /// A message; what it says is not listened to.
    Message,
    Ping(Vec<u8>),
    Pong,
    Close,
}

/// The middle of what a client is saying.
#[derive(Debug, Default)]
pub struct Hearing {
    /// Bytes of a frame that is not whole yet.
    pending: Vec<u8>,
    /// A message in parts: its kind and what has come of it.
    message: Option<(Data, Vec<u8>)>,
}

impl Hearing {
    /// Takes bytes in and hands on what they complete.
    ///
    /// # Errors
    /// What the client did wrong.
    pub fn take(
        &mut self,
        bytes: &[u8],
        message_max: usize,
        mut hand_on: impl FnMut(Said) -> Result<(), Ending>,
    ) -> Result<(), Ending> {
        let held = std::mem::take(&mut self.pending);
        let joined = (!held.is_empty()).then(|| [&held, bytes].concat());
        let mut rest = joined.as_deref().unwrap_or(bytes);
        while let Some((header, payload, after)) = next(rest, message_max)? {
            if let Some(said) = self.frame(&header, payload, message_max)? {
                hand_on(said)?;
            }
            rest = after;
        }
        self.pending = rest.to_vec();
        Ok(())
    }

    fn frame(
        &mut self,
        header: &FrameHeader,
        mut payload: Vec<u8>,
        message_max: usize,
    ) -> Result<Option<Said>, Ending> {
        match header.opcode {
            OpCode::Control(Control::Ping) => return Ok(Some(Said::Ping(payload))),
            OpCode::Control(Control::Pong) => return Ok(Some(Said::Pong)),
            OpCode::Control(Control::Close) => return Ok(Some(Said::Close)),
            OpCode::Data(Data::Continue) => {
                let (_, message) = self.message.as_mut().ok_or(Ending::ProtocolBroken)?;
                if message.len() + payload.len() > message_max {
                    return Err(Ending::MessageTooBig);
                }
                message.append(&mut payload);
            }
            OpCode::Data(kind @ (Data::Text | Data::Binary)) if self.message.is_none() => {
                self.message = Some((kind, payload));
            }
            _ => return Err(Ending::ProtocolBroken),
        }
        if !header.is_final {
            return Ok(None);
        }
        match self.message.take() {
            Some((Data::Text, text)) if std::str::from_utf8(&text).is_err() => Err(Ending::NotText),
            _ => Ok(Some(Said::Message)),
        }
    }
}

/// The next whole frame, unmasked, and what follows it.
type Next<'a> = Option<(FrameHeader, Vec<u8>, &'a [u8])>;

fn next(bytes: &[u8], message_max: usize) -> Result<Next<'_>, Ending> {
    let mut cursor = Cursor::new(bytes);
    let parsed = FrameHeader::parse(&mut cursor).map_err(|_| Ending::ProtocolBroken)?;
    let Some((header, length)) = parsed else { return Ok(None) };
    let is_control = matches!(header.opcode, OpCode::Control(_));
    let is_reserved = header.rsv1 || header.rsv2 || header.rsv3;
    let is_strange = matches!(
        header.opcode,
        OpCode::Control(Control::Reserved(_)) | OpCode::Data(Data::Reserved(_))
    );
    if is_reserved || is_strange || (is_control && (!header.is_final || length > 125)) {
        return Err(Ending::ProtocolBroken);
    }
    let Some(mask) = header.mask else { return Err(Ending::ProtocolBroken) };
    let length = usize::try_from(length).ok().filter(|length| *length <= message_max);
    let length = length.ok_or(Ending::MessageTooBig)?;
    let body = usize::try_from(cursor.position()).unwrap_or(usize::MAX);
    let Some(masked) = bytes.get(body..body.saturating_add(length)) else { return Ok(None) };
    let payload = masked.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask).collect();
    Ok(Some((header, payload, &bytes[body + length..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAX: usize = 16;

    /// A client's frame, masked.
    fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
        let mask = [1, 2, 3, 4];
        let length = u8::try_from(payload.len()).unwrap();
        let mut bytes = vec![first, 0x80 | length];
        bytes.extend_from_slice(&mask);
        bytes.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        bytes
    }

    fn heard(parts: &[&[u8]]) -> Result<Vec<Said>, Ending> {
        let (mut hearing, mut all) = (Hearing::default(), Vec::new());
        for part in parts {
            hearing.take(part, MAX, |said| {
                all.push(said);
                Ok(())
            })?;
        }
        Ok(all)
    }

    #[test]
    fn frames_are_heard_however_they_are_cut() {
        let bytes: Vec<u8> = [
            frame(0x81, b"hello"),
            frame(0x89, b"you"),
            frame(0x8a, b""),
            frame(0x88, b"\x03\xe8"),
        ]
        .concat();
        let expected =
            [Said::Message, Said::Ping(b"you".to_vec()), Said::Pong, Said::Close].into_iter();
        let expected: Vec<Said> = expected.collect();
        assert_eq!(heard(&[&bytes]).as_ref(), Ok(&expected));
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(heard(&single).as_ref(), Ok(&expected));
    }

    #[test]
    fn a_message_in_parts_may_have_a_ping_between() {
        let text = "示例".as_bytes();
        let bytes = [frame(0x01, &text[..2]), frame(0x89, b""), frame(0x80, &text[2..])].concat();
        assert_eq!(heard(&[&bytes]), Ok(vec![Said::Ping(Vec::new()), Said::Message]));
    }

    #[test]
    fn what_breaks_the_protocol_is_named() {
        for (bytes, expected) in [
            (vec![0x81, 2, b'h', b'i'], Ending::ProtocolBroken),
            (frame(0x09, b""), Ending::ProtocolBroken),
            (frame(0x80, b""), Ending::ProtocolBroken),
            (frame(0xc1, b""), Ending::ProtocolBroken),
            (frame(0x83, b""), Ending::ProtocolBroken),
            ([frame(0x01, b""), frame(0x81, b"")].concat(), Ending::ProtocolBroken),
            (frame(0x81, &[0xff]), Ending::NotText),
            (frame(0x82, &[0; MAX + 1]), Ending::MessageTooBig),
            ([frame(0x02, &[0; MAX]), frame(0x80, &[0])].concat(), Ending::MessageTooBig),
        ] {
            assert_eq!(heard(&[&bytes]), Err(expected), "{bytes:x?}");
        }
        assert_eq!(heard(&[&frame(0x82, &[0; MAX])]), Ok(vec![Said::Message]));
    }
}
