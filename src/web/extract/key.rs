//! The caller's own name for a command.

use axum::http::HeaderMap;

use crate::{
    domain::id::CommandId,
    web::problem::{Fault, Refusal},
};

/// The name of the header.
pub const HEADER: &str = "idempotency-key";
const LENGTH_MAX: usize = 128;

/// `Idempotency-Key`, where it was given.
pub struct IdempotencyKey(pub Option<CommandId>);

impl IdempotencyKey {
    /// Reads the header. Two of them name nothing.
    pub fn of(headers: &HeaderMap) -> Result<Self, Fault> {
        let mut given = headers.get_all(HEADER).iter();
        let (Some(key), None) = (given.next(), given.next()) else {
            return match headers.contains_key(HEADER) {
                true => Err(Refusal::KeyInvalid.into()),
                false => Ok(Self(None)),
            };
        };
        let key = key.to_str().map_err(|_| Fault::from(Refusal::KeyInvalid))?;
        let is_printable = key.bytes().all(|byte| (0x20..0x7f).contains(&byte));
        if !(1..=LENGTH_MAX).contains(&key.len()) || !is_printable {
            return Err(Refusal::KeyInvalid.into());
        }
        Ok(Self(Some(CommandId::from(key))))
    }
}
