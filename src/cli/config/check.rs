//! What a value of the right type can still get wrong.

use std::net::IpAddr;

use ipnet::IpNet;
use tracing_subscriber::EnvFilter;

use super::Settings;
use crate::cli::failure::Failure;

impl Settings {
    pub(super) fn check(&self) -> Result<(), Failure> {
        if self.data.as_os_str().is_empty() {
            return Err(Failure::usage("no data directory: name one with --data"));
        }
        if let Some(name) = self.limits.zero() {
            return Err(Failure::usage(format!("`limits.{name}` is 0; it must be more")));
        }
        if let Some(what) = self.limits.out_of_bounds() {
            return Err(Failure::usage(what));
        }
        if let Some(origin) = self.allowed_origins.iter().find(|origin| !is_origin(origin)) {
            return Err(Failure::usage(format!(
                "`allowed_origins`: \"{origin}\" is not an origin such as https://desk.example:8443 \
                 (no path, no trailing slash)"
            )));
        }
        if let Some(what) = self.passwords.out_of_bounds() {
            return Err(Failure::usage(what));
        }
        self.proxies()?;
        if self.tls.are_half_named() {
            return Err(Failure::usage(
                "`tls.certificate` and `tls.key` belong together; name both, or none",
            ));
        }
        if !self.map.is_good() {
            return Err(Failure::usage(format!(
                "`map.tiles`: \"{}\" is no address of tiles such as \
                 https://tiles.example/{{z}}/{{x}}/{{y}}.png",
                self.map.tiles
            )));
        }
        EnvFilter::try_new(&self.log).map_err(|error| {
            Failure::usage(format!("`log`: {error}; try \"info\" or \"campus_dispatch=debug\""))
        })?;
        Ok(())
    }

    /// The proxies that are believed.
    ///
    /// # Errors
    /// When one is no address or network.
    pub fn proxies(&self) -> Result<Vec<IpNet>, Failure> {
        let parse = |text: &String| {
            let address = text.parse::<IpAddr>().map(IpNet::from);
            address.or_else(|_| text.parse()).map_err(|_| {
                Failure::usage(format!(
                    "`trusted_proxies`: \"{text}\" is no address or network such as 10.0.0.5 or \
                     10.0.0.0/24"
                ))
            })
        };
        self.trusted_proxies.iter().map(parse).collect()
    }
}

/// Refuses to be heard beyond this machine in the clear, unless that is wanted.
///
/// # Errors
/// With the ways out.
pub fn check_exposure(settings: &Settings) -> Result<(), Failure> {
    if settings.listen.ip().is_loopback() || settings.tls.are_named() || settings.insecure_http {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "{} can be reached from other machines, and passwords would cross the network in the \
         clear. Name a certificate in `tls.certificate` and `tls.key` (`campus-dispatch cert` makes \
         one), listen on 127.0.0.1 behind a TLS proxy, or accept it with --insecure-http",
        settings.listen
    )))
}

/// `scheme://host[:port]` and nothing after it.
fn is_origin(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|host| {
        !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || "-._:[]".contains(c))
    })
}
