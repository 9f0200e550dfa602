//! The address a request comes from (S20): the connection's, or what a proxy of ours says. Anybody
//! can write a header, so only configured proxies are believed, each about the one before it.

use std::net::{IpAddr, Ipv6Addr};

use axum::{extract::Request, http::HeaderMap};
use ipnet::IpNet;

use super::{server::Peer, settings::Settings};

/// A request's address, in its extensions where it came over a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// What is counted as one: a network of IPv6 gives each of its hosts more addresses than
    /// anybody could count.
    pub fn counted(self) -> IpAddr {
        match self.0.to_canonical() {
            IpAddr::V4(address) => address.into(),
            IpAddr::V6(address) => {
                Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into()
            }
        }
    }
}

/// Notes it.
pub fn note(settings: &Settings, request: &mut Request) {
    if let Some(Peer(peer)) = request.extensions().get::<Peer>() {
        let proxies = &settings.trusted_proxies;
        let address = behind(peer.ip().to_canonical(), request.headers(), proxies);
        request.extensions_mut().insert(ClientAddress(address));
    }
}

/// The first address, from the server's side, that is no proxy of ours.
fn behind(peer: IpAddr, headers: &HeaderMap, proxies: &[IpNet]) -> IpAddr {
    let is_proxy = |address: &IpAddr| proxies.iter().any(|network| network.contains(address));
    let lines = headers.get_all("x-forwarded-for").iter();
    let said: Vec<_> = lines.filter_map(|line| line.to_str().ok()).collect();
    let said = said.iter().flat_map(|line| line.split(',')).map(|one| one.trim().parse::<IpAddr>());
    let mut address = peer;
    for before in said.rev() {
        if !is_proxy(&address) {
            break;
        }
        match before {
            Ok(before) => address = before.to_canonical(),
            Err(_) => break,
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().expect("a header"));
        }
        let proxies = ["10.0.0.1/32".parse().expect("a network"), "fd00::/8".parse().expect("one")];
        behind(peer.parse().expect("an address"), &headers, &proxies).to_string()
    }

    #[test]
    fn s20_only_proxies_of_ours_are_believed() {
        assert_eq!(address("192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
        assert_eq!(address("10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(address("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn s20_what_a_client_wrote_before_the_proxy_is_not() {
        assert_eq!(address("10.0.0.1", &["203.0.113.9, 198.51.100.7"]), "198.51.100.7");
        assert_eq!(address("10.0.0.1", &["203.0.113.9", "198.51.100.7"]), "198.51.100.7");
    }

    #[test]
    fn s20_proxies_behind_one_another_are_passed() {
        assert_eq!(address("10.0.0.1", &["198.51.100.7, fd00::2"]), "198.51.100.7");
    }

    #[test]
    fn s20_what_is_no_address_leads_nowhere() {
        assert_eq!(address("10.0.0.1", &["198.51.100.7, unknown"]), "10.0.0.1");
        assert_eq!(address("10.0.0.1", &[""]), "10.0.0.1");
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one() {
        let counted = |text: &str| ClientAddress(text.parse().expect("an address")).counted();
        assert_eq!(counted("2001:db8:1:2:3:4:5:6"), counted("2001:db8:1:2::9"));
        assert_ne!(counted("2001:db8:1:2::9"), counted("2001:db8:1:3::9"));
        assert_eq!(counted("::ffff:192.0.2.1").to_string(), "192.0.2.1");
    }
}
