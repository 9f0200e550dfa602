//! The other end of a TLS line: identities to serve with, and a client that trusts one authority.

use std::{io, net::SocketAddr, sync::Arc};

use campus_dispatch::{
    cli::tls::authority::{self, Name, Pair, SERVER_DAYS_MAX},
    domain::{Timestamp, Within},
    web::Identity,
};
use rustls::{
    ClientConfig, RootCertStore, SupportedProtocolVersion,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

/// The names of every certificate here.
pub fn names() -> Vec<Name> {
    ["localhost", "127.0.0.1"].map(|name| name.parse().expect("a name")).into()
}

/// The wall clock: clients judge certificates by it.
pub fn today() -> Timestamp {
    campus_dispatch::cli::data_directory::wall_clock()
}

pub fn authority() -> Pair {
    authority::found(today()).expect("an authority")
}

/// A server's certificate, issued so many days ago for so many days.
pub fn issued(authority: &Pair, days_ago: i64, days: u16) -> Pair {
    let then = today() + Within::from_seconds(-days_ago * 86_400);
    authority::issue(authority, &names(), days, then).expect("a certificate").0
}

pub fn server(authority: &Pair) -> Pair {
    issued(authority, 0, SERVER_DAYS_MAX)
}

pub fn identity(pair: &Pair) -> Identity {
    Identity {
        chain: vec![CertificateDer::from_pem_slice(pair.certificate.as_bytes()).expect("PEM")],
        key: PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).expect("PEM"),
    }
}

/// A client that trusts one authority.
#[derive(Clone)]
pub struct Client(TlsConnector);

impl Client {
    pub fn trusting(authority: &Pair) -> Self {
        Self::speaking(authority, rustls::ALL_VERSIONS)
    }

    pub fn speaking(authority: &Pair, versions: &[&'static SupportedProtocolVersion]) -> Self {
        let mut roots = RootCertStore::empty();
        let certificate = CertificateDer::from_pem_slice(authority.certificate.as_bytes());
        roots.add(certificate.expect("PEM")).expect("an authority");
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(versions)
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self(Arc::new(config).into())
    }

    pub async fn connects(&self, address: SocketAddr) -> io::Result<TlsStream<TcpStream>> {
        let stream = TcpStream::connect(address).await?;
        let name = ServerName::try_from("localhost").expect("a name");
        self.0.connect(name, stream).await
    }

    /// Sends a request that asks for its connection to be closed; the whole answer.
    pub async fn asks(&self, address: SocketAddr, request: &str) -> String {
        let mut stream = self.connects(address).await.expect("a handshake");
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut said = Vec::new();
        stream.read_to_end(&mut said).await.expect("an answer");
        String::from_utf8_lossy(&said).into_owned()
    }

    /// Opens a page; the whole answer.
    pub async fn opens(&self, address: SocketAddr, path: &str) -> String {
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        self.asks(address, &request).await
    }
}
