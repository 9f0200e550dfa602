//! Passwords and tokens. Hashing a password is slow on purpose, so it runs on threads of its own.

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicU64, Ordering},
};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use sha2::{Digest, Sha256};

/// A new random 256-bit token, in lower-case hex.
pub fn new_token() -> String {
    hex::encode(rand::random::<[u8; 32]>())
}

/// What is kept of a token: its SHA-256, in lower-case hex.
pub fn digest(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}

/// An argon2id hash of the password, in PHC form.
///
/// # Errors
/// When the system gives no randomness for the salt.
pub fn hash_password(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

/// How often the slow work of checking a password was done.
#[derive(Clone, Debug, Default)]
pub struct Work(Arc<AtomicU64>);

impl Work {
    /// So often.
    pub fn times(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Whether the password is the one hashed. Without a hash it is refused after the same work, so
/// that the time taken does not tell which accounts there are.
fn verify_password(work: &Work, password: &str, phc: Option<&str>) -> bool {
    static NOBODYS: LazyLock<String> =
        LazyLock::new(|| hash_password(&new_token()).unwrap_or_default());
    let nobodys = NOBODYS.as_str();
    let Ok(hash) = PasswordHash::new(phc.unwrap_or(nobodys)) else { return false };
    work.0.fetch_add(1, Ordering::Relaxed);
    Argon2::default().verify_password(password.as_bytes(), &hash).is_ok() && phc.is_some()
}

/// [`hash_password`] on a thread for slow work.
pub(super) async fn hash_password_aside(password: String) -> Option<String> {
    tokio::task::spawn_blocking(move || hash_password(&password).ok()).await.ok().flatten()
}

/// [`verify_password`] on a thread for slow work.
pub(super) async fn verify_password_aside(
    work: &Work,
    password: String,
    phc: Option<String>,
) -> bool {
    let work = work.clone();
    let check = move || verify_password(&work, &password, phc.as_deref());
    tokio::task::spawn_blocking(check).await.unwrap_or(false)
}
