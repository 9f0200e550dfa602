//! `cert`: a local authority and a server certificate, and how phones and PCs come to trust it.

use std::{
    fs, io,
    net::{Ipv4Addr, Ipv6Addr},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use sha2::{Digest, Sha256};

use super::authority::{self, Name, Pair, SERVER_DAYS_MAX};
use crate::{
    cli::{data_directory::wall_clock, failure::Failure, output},
    domain::Timestamp,
    journal::directory::{create_directory, replace_file},
};

const EXAMPLES: &str = "\
Examples:
  campus-dispatch cert dispatch.example 10.0.0.5
  campus-dispatch cert 10.0.0.5 --directory /etc/campus-dispatch/tls

Run again for other names or before the certificate ends: the authority stays the same, so phones
and PCs need nothing, and a running server takes the new files up by itself.";

/// Makes certificates.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct CertArgs {
    /// What phones and PCs call the server: names and addresses. This machine's own are added
    #[arg(required = true, value_name = "NAME")]
    names: Vec<Name>,
    /// Where the files are kept [default: tls in the data directory]
    #[arg(long, value_name = "DIR")]
    directory: Option<PathBuf>,
    /// How long the server's certificate lasts; phones take no more than 820
    #[arg(long, value_name = "DAYS", default_value_t = SERVER_DAYS_MAX,
          value_parser = clap::value_parser!(u16).range(1..=i64::from(SERVER_DAYS_MAX)))]
    days: u16,
}

/// Runs `cert`.
///
/// # Errors
/// When the files cannot be read or written.
pub fn run(args: CertArgs, data: &Path) -> Result<ExitCode, Failure> {
    let directory = args.directory.unwrap_or_else(|| data.join("tls"));
    let directory = std::path::absolute(&directory).unwrap_or(directory);
    let files = Files::in_directory(&directory);
    let now = wall_clock();
    let (authority, is_new) = match files.authority()? {
        Some(known) => (known, false),
        None => (authority::found(now).map_err(Failure::new)?, true),
    };
    let mut names = args.names;
    let own = [
        Name::Domain("localhost".to_owned()),
        Name::Address(Ipv4Addr::LOCALHOST.into()),
        Name::Address(Ipv6Addr::LOCALHOST.into()),
    ];
    names.extend(own);
    let mut seen = Vec::new();
    names.retain(|name| {
        !seen.contains(name) && {
            seen.push(name.clone());
            true
        }
    });
    let issued = authority::issue(&authority, &names, args.days, now);
    let (server, good_until) = issued.map_err(|error| {
        Failure::new(format!(
            "{} cannot issue certificates: {error}; name another --directory for a new authority",
            files.authority_certificate.display()
        ))
    })?;
    files.keep(is_new.then_some(&authority), &server)?;
    output::print(&files.told(&authority, is_new, &names, good_until)?)?;
    Ok(ExitCode::SUCCESS)
}

struct Files {
    directory: PathBuf,
    authority_certificate: PathBuf,
    authority_key: PathBuf,
    server_certificate: PathBuf,
    server_key: PathBuf,
}

impl Files {
    fn in_directory(directory: &Path) -> Self {
        Self {
            directory: directory.to_owned(),
            // Phones go by the ending.
            authority_certificate: directory.join("authority.crt"),
            authority_key: directory.join("authority.key"),
            server_certificate: directory.join("server.crt"),
            server_key: directory.join("server.key"),
        }
    }

    /// The authority that is there already.
    fn authority(&self) -> Result<Option<Pair>, Failure> {
        let (certificate, key) = (&self.authority_certificate, &self.authority_key);
        match (certificate.exists(), key.exists()) {
            (false, false) => Ok(None),
            (true, false) => Err(Failure::usage(format!(
                "{} is missing: bring it back for as long as this takes, or name another \
                 --directory for a new authority",
                key.display()
            ))),
            _ => {
                let read = |path: &Path| {
                    fs::read_to_string(path).map_err(|error| {
                        Failure::usage(format!("cannot read {}: {error}", path.display()))
                    })
                };
                Ok(Some(Pair { certificate: read(certificate)?, key: read(key)? }))
            }
        }
    }

    /// Writes the key first: a server that looks in between finds a pair that does not fit, and
    /// keeps the old one until it does.
    fn keep(&self, authority: Option<&Pair>, server: &Pair) -> Result<(), Failure> {
        let write = |path: &Path, text: &str| replace_file(path, &[text.as_bytes()]);
        let written = || -> io::Result<()> {
            if !self.directory.is_dir() {
                create_directory(&self.directory)?;
            }
            if let Some(authority) = authority {
                write(&self.authority_key, &authority.key)?;
                write(&self.authority_certificate, &authority.certificate)?;
            }
            write(&self.server_key, &server.key)?;
            write(&self.server_certificate, &server.certificate)
        };
        written().map_err(|error| {
            Failure::new(format!("cannot write to {}: {error}", self.directory.display()))
        })
    }

    fn told(
        &self,
        authority: &Pair,
        is_new: bool,
        names: &[Name],
        good_until: Timestamp,
    ) -> Result<String, Failure> {
        let known = if is_new { "new" } else { "as before: what trusts it goes on doing so" };
        let names: Vec<_> = names.iter().map(Name::to_string).collect();
        Ok(format!(
            "\
In {directory}, for this account alone to read:
  authority.crt  the local authority, {known}; not secret
  authority.key  its secret: whoever has it can pretend to be any server. Take it off this
                 machine and bring it back when a certificate is due
  server.crt     the server's certificate, good until {good_until}, for
                 {names}
  server.key     its secret

Let the server use it, in its configuration:
  [tls]
  certificate = {certificate:?}
  key = {key:?}

Let phones and PCs trust it: bring authority.crt to each of them and compare its fingerprint
(SHA-256) with this one:
  {fingerprint}
  Windows        as administrator: certutil -addstore -f Root authority.crt
  Linux          copy it to /usr/local/share/ca-certificates/ and run update-ca-certificates;
                 a browser with certificates of its own: import it there as an authority
  macOS          open it, put it into the System keychain, set it to Always Trust
  Android,       Settings > Security > Encryption and credentials > Install a certificate >
  HarmonyOS      CA certificate
  iPhone, iPad   open it and install the profile under Settings > General > VPN and Device
                 Management; then switch it on under Settings > General > About >
                 Certificate Trust Settings
",
            directory = self.directory.display(),
            names = names.join(", "),
            certificate = self.server_certificate.display().to_string(),
            key = self.server_key.display().to_string(),
            fingerprint = fingerprint(&authority.certificate)?,
        ))
    }
}

/// As browsers and phones show it.
fn fingerprint(pem: &str) -> Result<String, Failure> {
    let der = CertificateDer::from_pem_slice(pem.as_bytes()).map_err(Failure::new)?;
    let octets = Sha256::digest(&der);
    let octets: Vec<_> = octets.iter().map(|octet| format!("{octet:02X}")).collect();
    Ok(octets.join(":"))
}
