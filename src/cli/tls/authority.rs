//! A local authority and what it issues, for an intranet that has no other.

use std::net::IpAddr;

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, Error, ExtendedKeyUsagePurpose,
    IsCa, Issuer, KeyPair, KeyUsagePurpose, SanType,
};
use time::{Duration, OffsetDateTime};

use crate::domain::Timestamp;

/// How long an authority lasts; when it ends, every phone and PC must be told of a new one.
const AUTHORITY_DAYS: i64 = 3_650;
/// How long a server's certificate lasts: phones take none of more than 825 days.
pub const SERVER_DAYS_MAX: u16 = 820;
/// Clocks of phones are not always right.
const BACKDATED_HOURS: i64 = 24;

/// A certificate and its key, in PEM.
#[derive(Clone, Debug)]
pub struct Pair {
    pub certificate: String,
    pub key: String,
}

/// What a server answers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    Address(IpAddr),
    Domain(String),
}

impl std::str::FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(address) = text.parse() {
            return Ok(Self::Address(address));
        }
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let is_domain = text.len() <= 253 && text.split('.').all(is_label);
        // A mistyped address is no name.
        let last = text.rsplit('.').next().unwrap_or_default();
        if is_domain && !last.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self::Domain(text.to_ascii_lowercase()))
        } else {
            Err("a name such as dispatch.example, or an IP address; no scheme, port or path"
                .to_owned())
        }
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Address(address) => address.fmt(f),
            Self::Domain(domain) => f.write_str(domain),
        }
    }
}

/// Makes a new authority.
///
/// # Errors
/// When the system gives no randomness.
pub fn found(now: Timestamp) -> Result<Pair, Error> {
    let key = KeyPair::generate()?;
    let mut about = CertificateParams::default();
    about.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    about.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    // Told apart where a site has had more than one.
    let day = now.to_string();
    let day = day.split('T').next().unwrap_or_default();
    about.distinguished_name = named(&format!("campus-dispatch local authority {day}"));
    (about.not_before, about.not_after) = span(now, AUTHORITY_DAYS);
    let certificate = about.self_signed(&key)?;
    Ok(Pair { certificate: certificate.pem(), key: key.serialize_pem() })
}

/// Lets an authority issue a server's certificate; gives it and until when it is good.
///
/// # Errors
/// When the authority's files are none, or the system gives no randomness.
pub fn issue(
    authority: &Pair,
    names: &[Name],
    days: u16,
    now: Timestamp,
) -> Result<(Pair, Timestamp), Error> {
    let issuer =
        Issuer::from_ca_cert_pem(&authority.certificate, KeyPair::from_pem(&authority.key)?)?;
    let key = KeyPair::generate()?;
    let mut about = CertificateParams::default();
    about.distinguished_name = named(&names.first().map(Name::to_string).unwrap_or_default());
    for name in names {
        about.subject_alt_names.push(match name {
            Name::Address(address) => SanType::IpAddress(*address),
            Name::Domain(domain) => SanType::DnsName(domain.as_str().try_into()?),
        });
    }
    about.is_ca = IsCa::ExplicitNoCa;
    about.use_authority_key_identifier_extension = true;
    about.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    about.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    (about.not_before, about.not_after) = span(now, i64::from(days));
    let good_until = Timestamp::from_millis(about.not_after.unix_timestamp() * 1_000);
    let certificate = about.signed_by(&key, &issuer)?;
    Ok((Pair { certificate: certificate.pem(), key: key.serialize_pem() }, good_until))
}

fn named(name: &str) -> DistinguishedName {
    let mut named = DistinguishedName::new();
    named.push(DnType::OrganizationName, "campus-dispatch");
    named.push(DnType::CommonName, name);
    named
}

fn span(now: Timestamp, days: i64) -> (OffsetDateTime, OffsetDateTime) {
    let now = OffsetDateTime::from_unix_timestamp(now.millis() / 1_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    (now - Duration::hours(BACKDATED_HOURS), now + Duration::days(days))
}
