//! Certificate files: read, and refused where a browser or an attacker would find fault.

use std::{fs, path::Path};

use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use sha2::{Digest, Sha256};
use x509_parser::{
    certificate::X509Certificate,
    extensions::{GeneralName, ParsedExtension},
    parse_x509_certificate,
};

use crate::{
    cli::{config::TlsFiles, failure::Failure, private},
    domain::Timestamp,
    web::Identity,
};

/// What the files hold.
pub struct Loaded {
    pub identity: Identity,
    /// The names and addresses the certificate is for.
    pub names: Vec<String>,
    /// Until when it is good.
    pub good_until: Timestamp,
    /// SHA-256 of the certificate, lower-case hex.
    pub fingerprint: String,
}

/// Reads the certificate and its key.
///
/// # Errors
/// Which file is wrong, why, and the remedy.
pub fn load(files: &TlsFiles, now: Timestamp) -> Result<Loaded, Failure> {
    let TlsFiles { certificate, key } = files;
    private::refuse_if_readable_by_all(key)?;
    let bytes = read(certificate)?;
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&bytes)
        .collect::<Result<_, _>>()
        .map_err(|error| refused(certificate, format!("is no certificate in PEM: {error}")))?;
    let Some(own) = chain.first() else {
        return Err(refused(certificate, "holds no certificate in PEM"));
    };
    let (_, parsed) = parse_x509_certificate(own)
        .map_err(|error| refused(certificate, format!("is no certificate: {error}")))?;
    let names = names(&parsed);
    if names.is_empty() {
        return Err(refused(
            certificate,
            "names no server in its alternative names, so no browser takes it",
        ));
    }
    let seconds = |time: x509_parser::time::ASN1Time| time.timestamp().saturating_mul(1_000);
    let good_from = Timestamp::from_millis(seconds(parsed.validity().not_before));
    let good_until = Timestamp::from_millis(seconds(parsed.validity().not_after));
    if now < good_from {
        return Err(refused(
            certificate,
            format!("is good only from {good_from} on; check this machine's clock"),
        ));
    }
    if now > good_until {
        return Err(refused(certificate, format!("expired at {good_until}")));
    }
    let fingerprint = hex::encode(Sha256::digest(own));
    let key_bytes = read(key)?;
    let key = PrivateKeyDer::from_pem_slice(&key_bytes)
        .map_err(|error| refused(key, format!("holds no private key in PEM: {error}")))?;
    Ok(Loaded { identity: Identity { chain, key }, names, good_until, fingerprint })
}

fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for extension in certificate.extensions() {
        let ParsedExtension::SubjectAlternativeName(alternatives) = extension.parsed_extension()
        else {
            continue;
        };
        for name in &alternatives.general_names {
            match name {
                GeneralName::DNSName(name) => names.push((*name).to_owned()),
                GeneralName::IPAddress(bytes) => names.extend(address(bytes)),
                _ => {}
            }
        }
    }
    names
}

fn address(bytes: &[u8]) -> Option<String> {
    let v4 = <[u8; 4]>::try_from(bytes).map(|octets| std::net::IpAddr::from(octets).to_string());
    let v6 = <[u8; 16]>::try_from(bytes).map(|octets| std::net::IpAddr::from(octets).to_string());
    v4.or(v6).ok()
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path)
        .map_err(|error| Failure::usage(format!("cannot read {}: {error}", path.display())))
}

/// A file that cannot be used, and how to come by one that can.
pub fn refused(path: &Path, why: impl std::fmt::Display) -> Failure {
    Failure::usage(format!(
        "{} {why}; have a new one issued, or make one with `campus-dispatch cert`",
        path.display()
    ))
}
