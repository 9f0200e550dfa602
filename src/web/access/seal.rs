//! Second factors' secrets, sealed with their owner's password: whoever has the journal, a backup or
//! an export has no code. Argon2id makes the key, XChaCha20-Poly1305 seals.

use argon2::Argon2;
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, Key, KeyInit},
};

const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;

/// Seals a secret: hex of salt, nonce and sealed bytes. `None` when the key cannot be made.
pub fn seal(password: &str, secret: &[u8]) -> Option<String> {
    let (salt, nonce) = (rand::random::<[u8; SALT_BYTES]>(), rand::random::<[u8; NONCE_BYTES]>());
    let sealed = cipher(password, &salt)?.encrypt(&XNonce::from(nonce), secret).ok()?;
    Some(hex::encode([&salt[..], &nonce[..], &sealed].concat()))
}

/// Opens it again. `None` with another password, or where it is no sealed secret.
pub fn open(password: &str, sealed: &str) -> Option<Vec<u8>> {
    let bytes = hex::decode(sealed).ok()?;
    let (salt, rest) = bytes.split_at_checked(SALT_BYTES)?;
    let (nonce, sealed) = rest.split_at_checked(NONCE_BYTES)?;
    let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
    cipher(password, salt)?.decrypt(&XNonce::from(nonce), sealed).ok()
}

fn cipher(password: &str, salt: &[u8]) -> Option<XChaCha20Poly1305> {
    let mut key = Key::<XChaCha20Poly1305>::default();
    Argon2::default().hash_password_into(password.as_bytes(), salt, &mut key).ok()?;
    Some(XChaCha20Poly1305::new(&key))
}

#[cfg(test)]
mod tests {
    use super::{open, seal};

    #[test]
    fn only_the_same_password_opens_it() {
        let sealed = seal("示例 password", b"secret").expect("sealed");
        assert_eq!(open("示例 password", &sealed).as_deref(), Some(&b"secret"[..]));
        assert_eq!(open("another", &sealed), None);
        assert_eq!(open("示例 password", "00"), None);
        assert_ne!(seal("示例 password", b"secret"), Some(sealed), "each is sealed anew");
    }
}
