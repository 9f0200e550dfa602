//! Where a request comes from, as far as that counts against guessing and is told in the record.

use std::net::{IpAddr, Ipv4Addr};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::USER_AGENT, request::Parts},
};
use ipnet::IpNet;

use super::attempts::Source;
use crate::{
    domain::{
        account::{Device, Protection},
        id::AccountName,
    },
    web::{context::Context, door::cookie, problem::Fault, secret, server::Peer},
};

/// Characters kept of what a browser says it is.
const AGENT_MAX: usize = 120;

/// Somebody at the door, known or not.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub address: IpAddr,
    /// The digest of the mark the device keeps, where it has one.
    pub mark: Option<String>,
    agent: Option<String>,
    /// The digest of the session's token the browser still has.
    pub session: Option<String>,
}

impl FromRequestParts<Context> for Visitor {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Fault> {
        let peer = parts.extensions.get::<Peer>().map(|Peer(address)| address.ip());
        let secure = context.settings.secure_cookies;
        let trusted = &context.settings.access.trusted_proxies;
        let agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
        let agent = agent.map(|agent| agent.chars().take(AGENT_MAX).collect());
        Ok(Self {
            address: address(peer, &parts.headers, trusted),
            mark: cookie::mark(&parts.headers, secure).map(secret::digest),
            agent,
            session: cookie::token(&parts.headers, secure).map(secret::digest),
        })
    }
}

impl Visitor {
    /// What a wrong password for an account is counted by.
    pub fn sources(&self, account: &AccountName, protection: Option<&Protection>) -> Vec<Source> {
        let known = protection.map_or(&[][..], |protection| &protection.devices);
        if let Some(mark) = self.mark.as_ref().filter(|mark| known.contains(mark)) {
            return vec![Source::Device { account: account.clone(), mark: mark.clone() }];
        }
        let account = account.clone();
        vec![Source::Place { account, address: self.address }, Source::Address(self.address)]
    }

    /// The device, as the record of the login keeps it.
    pub fn device(&self, mark: Option<String>) -> Device {
        Device { address: Some(self.address.to_string()), agent: self.agent.clone(), mark }
    }
}

/// Where a request comes from: the other end of the connection, or, where that is a proxy of ours,
/// the last address it was handed on from that is none (S20).
pub fn address(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical();
    let is_trusted = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    if !is_trusted(&peer) {
        return peer;
    }
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let told: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    let mut nearest = peer;
    for text in told.into_iter().rev() {
        let Ok(address) = text.parse::<IpAddr>() else { break };
        nearest = address.to_canonical();
        if !is_trusted(&nearest) {
            break;
        }
    }
    nearest
}
