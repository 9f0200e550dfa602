//! TLS from the command line's side: [`files`] reads certificates, [`reload`] exchanges them while
//! serving, [`cert`] makes them where nobody else does.

pub mod authority;
pub mod cert;
pub mod files;
pub mod reload;
pub mod trust;

use std::{net::SocketAddr, sync::Arc};

use super::{
    config::{Settings, TlsFiles},
    data_directory::wall_clock,
    failure::Failure,
};
use crate::{domain::Timestamp, web::Encryption};

/// The encryption in force, and where it came from.
pub struct Tls {
    pub encryption: Arc<Encryption>,
    files: TlsFiles,
    names: Vec<String>,
    good_until: Timestamp,
    /// SHA-256 of the certificate it began with.
    pub fingerprint: String,
}

impl Tls {
    /// What the configuration asks for; none where it names no certificate.
    ///
    /// # Errors
    /// When the files cannot be used.
    pub fn of(settings: &Settings) -> Result<Option<Self>, Failure> {
        let files = &settings.tls;
        if !files.are_named() {
            return Ok(None);
        }
        let loaded = files::load(files, wall_clock())?;
        let files::Loaded { names, good_until, fingerprint, identity } = loaded;
        let encryption = Encryption::new(identity).map_err(|error| {
            files::refused(&files.key, format!("does not fit the certificate: {error}"))
        })?;
        let (encryption, files) = (Arc::new(encryption), files.clone());
        Ok(Some(Self { encryption, files, names, good_until, fingerprint }))
    }

    /// Where a browser finds the server, by a name that is in the certificate.
    pub fn base_address(&self, bound: SocketAddr) -> String {
        let heard = bound.ip();
        let host = if heard.is_unspecified() {
            let beyond = self.names.iter().find(|name| !is_this_machine(name));
            beyond.or(self.names.first()).map_or("localhost", String::as_str).to_owned()
        } else {
            heard.to_string()
        };
        let host = if host.contains(':') { format!("[{host}]") } else { host };
        format!("https://{host}:{}", bound.port())
    }
}

fn is_this_machine(name: &str) -> bool {
    name == "localhost" || name.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}
