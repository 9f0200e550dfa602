//! Which certificate to serve with.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Files in PEM; both or none are named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsFiles {
    /// The server's certificate and those that vouch for it, its own first.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

impl TlsFiles {
    /// Whether there is a certificate to serve with.
    pub fn are_named(&self) -> bool {
        !self.certificate.as_os_str().is_empty()
    }

    /// Whether only one of the two is named.
    pub(super) fn are_half_named(&self) -> bool {
        self.certificate.as_os_str().is_empty() != self.key.as_os_str().is_empty()
    }
}
