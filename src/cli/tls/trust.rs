//! Whom clients of the command line trust to be the server: the machine's authorities, and one by
//! its file.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};

use crate::cli::failure::Failure;

/// The option for it.
#[derive(Args, Clone, Debug, Default)]
pub struct TrustArgs {
    /// Trust the servers of this authority, a certificate in PEM, besides those the machine trusts
    #[arg(long = "authority", value_name = "FILE")]
    authority: Option<PathBuf>,
}

impl TrustArgs {
    /// How to be a client of a TLS server.
    ///
    /// # Errors
    /// When the authority's file is none.
    pub fn client(&self) -> Result<Arc<ClientConfig>, Failure> {
        let mut trusted = RootCertStore::empty();
        // What the machine trusts and rustls cannot read is passed over.
        trusted.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if let Some(path) = &self.authority {
            for certificate in read(path)? {
                trusted.add(certificate).map_err(|error| refused(path, &error))?;
            }
        }
        let client = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(Failure::new)?
            .with_root_certificates(trusted)
            .with_no_client_auth();
        Ok(Arc::new(client))
    }
}

fn read(path: &Path) -> Result<Vec<CertificateDer<'static>>, Failure> {
    let certificates = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| refused(path, &error))?;
    if certificates.is_empty() {
        return Err(refused(path, &"it holds none"));
    }
    Ok(certificates)
}

fn refused(path: &Path, why: &dyn std::fmt::Display) -> Failure {
    Failure::usage(format!("--authority {}: no certificate in PEM: {why}", path.display()))
}
