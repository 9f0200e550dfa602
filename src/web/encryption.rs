//! TLS at the listening end: 1.2 and newer, with a certificate that can be exchanged while serving
//! (S1).

use std::{
    io,
    sync::{Arc, PoisonError, RwLock},
};

use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer},
    version::{TLS12, TLS13},
};
use tokio::net::TcpStream;
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// What a TLS connection begins with; no request in the clear does.
const HANDSHAKE: u8 = 0x16;

/// How lines are encrypted. New connections use the certificate as last exchanged.
pub struct Encryption {
    settings: RwLock<Arc<ServerConfig>>,
}

/// A certificate with those that vouch for it, its own first, and its key.
pub struct Identity {
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
}

impl Encryption {
    /// Encrypts as this identity.
    ///
    /// # Errors
    /// When the key is not the certificate's, or of a kind that is not known.
    pub fn new(identity: Identity) -> Result<Self, rustls::Error> {
        Ok(Self { settings: RwLock::new(Arc::new(settings(identity)?)) })
    }

    /// Goes on as another identity; connections that are open keep the one they began with.
    ///
    /// # Errors
    /// As [`Encryption::new`]; then everything stays as it was.
    pub fn exchange(&self, identity: Identity) -> Result<(), rustls::Error> {
        let settings = Arc::new(settings(identity)?);
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = settings;
        Ok(())
    }

    /// Agrees on the encryption of a new connection.
    pub(super) async fn agree(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        let settings = self.settings.read().unwrap_or_else(PoisonError::into_inner).clone();
        TlsAcceptor::from(settings).accept(stream).await
    }
}

/// Whether a connection begins as TLS does; waits for its first byte.
pub(super) async fn begins_encrypted(stream: &TcpStream) -> io::Result<bool> {
    let mut first = [0];
    let count = stream.peek(&mut first).await?;
    Ok(count == 1 && first[0] == HANDSHAKE)
}

fn settings(Identity { chain, key }: Identity) -> Result<ServerConfig, rustls::Error> {
    let mut settings = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&TLS13, &TLS12])?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    settings.alpn_protocols = vec![b"http/1.1".to_vec()];
    // A thousand screens that come back at once need no thousand whole handshakes.
    settings.ticketer = ring::Ticketer::new()?;
    Ok(settings)
}
