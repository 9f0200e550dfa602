//! Second factors: time-based one-time passwords (RFC 6238: SHA-1, six digits, thirty seconds, one
//! step of grace), and recovery codes for the day the phone is gone.

use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;
use totp_rs::{Builder, Secret, Totp};
use utoipa::ToSchema;

use super::seal;
use crate::{
    domain::{
        Timestamp,
        account::{Proof, SecondFactor},
        id::AccountName,
    },
    web::secret,
};

/// Bytes of a secret: as many as SHA-1 has (RFC 4226).
const SECRET_BYTES: usize = 20;
/// Recovery codes handed out at enrolment.
const RECOVERY_CODES: usize = 10;
/// How authenticators name the codes.
const ISSUER: &str = "campus-dispatch";

/// A secret on its way into an authenticator.
#[derive(Serialize, ToSchema)]
pub struct Enrolment {
    /// The secret in Base32, to be typed where nothing scans.
    pub secret: String,
    /// The same as an address that authenticators open.
    pub uri: String,
    pub qr: Qr,
}

/// A QR code, to be drawn where it is shown.
#[derive(Serialize, ToSchema)]
pub struct Qr {
    /// Squares on a side, without the quiet zone.
    pub size: usize,
    /// The dark squares as an SVG path, a unit each.
    pub path: String,
}

impl Enrolment {
    /// A new secret for an account. `None` where no code can be drawn.
    pub fn new(account: &AccountName) -> Option<Self> {
        let secret = Secret::new(Box::new(rand::random::<[u8; SECRET_BYTES]>()));
        let text = secret.to_base32();
        let totp = Builder::new()
            .with_secret(secret)
            .with_account_name(account.as_str())
            .with_issuer(Some(ISSUER))
            .build()
            .ok()?;
        let uri = totp.to_url().ok()?;
        let qr = Qr::of(&uri)?;
        Some(Self { secret: text, uri, qr })
    }
}

impl Qr {
    fn of(text: &str) -> Option<Self> {
        use std::fmt::Write;
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let size = code.width();
        let mut path = String::new();
        for (index, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let _ = write!(path, "M{} {}h1v1h-1z", index % size, index / size);
            }
        }
        Some(Self { size, path })
    }
}

/// A secret as it was typed or scanned; none where it is not one of ours.
pub fn parse_secret(text: &str) -> Option<Vec<u8>> {
    let secret = Secret::try_from_base32(text).ok()?;
    Some(secret.as_bytes().to_vec()).filter(|bytes| bytes.len() == SECRET_BYTES)
}

/// The time step whose code this is, at `now` or one step beside it.
pub fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Option<u64> {
    let totp: Totp = Builder::new()
        .with_secret(Secret::new(secret.into()))
        .with_account_name("-")
        .with_issuer(Some(ISSUER))
        .build()
        .ok()?;
    let seconds = u64::try_from(now.millis() / 1000).ok()?;
    totp.check(&code.replace(' ', ""), seconds)
}

/// What a code given at a login proves, if anything. Whether it was used before is for the rules.
pub fn proof(factor: &SecondFactor, password: &str, code: &str, now: Timestamp) -> Option<Proof> {
    let digits = code.chars().filter(|character| !character.is_whitespace());
    if digits.clone().count() == 6 && digits.clone().all(|digit| digit.is_ascii_digit()) {
        let secret = seal::open(password, &factor.sealed)?;
        return step_of(&secret, code, now).map(|step| Proof::Code { step });
    }
    let sha256 = recovery_digest(code);
    factor.recovery.contains(&sha256).then_some(Proof::Recovery { sha256 })
}

/// A factor to be kept, sealed, with the recovery codes to be shown once. `None` when it cannot be
/// sealed.
pub fn enrol(password: &str, secret: &[u8], step: u64) -> Option<(SecondFactor, Vec<String>)> {
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code()).collect();
    let recovery = codes.iter().map(|code| recovery_digest(code)).collect();
    let sealed = seal::seal(password, secret)?;
    Some((SecondFactor { sealed, recovery, last_step: step }, codes))
}

/// The same secret under another password.
pub fn reseal(factor: &SecondFactor, old: &str, new: &str) -> Option<String> {
    seal::seal(new, &seal::open(old, &factor.sealed)?)
}

/// 80 random bits in Base32, in groups that can be read aloud.
fn recovery_code() -> String {
    let text = Secret::new(Box::new(rand::random::<[u8; 10]>())).to_base32();
    let groups: Vec<&str> =
        (0..text.len()).step_by(4).map(|at| &text[at..(at + 4).min(text.len())]).collect();
    groups.join("-")
}

/// What is kept of a recovery code, however it is typed.
fn recovery_digest(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    secret::digest(&plain.to_ascii_uppercase())
}
