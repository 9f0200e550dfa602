//! Where a request comes from, as far as that counts against guessing and is told in the record.

use std::net::{IpAddr, Ipv4Addr};

use axum::{
    extract::FromRequestParts,
    http::{header::USER_AGENT, request::Parts},
};

use super::attempts::Source;
use crate::{
    domain::{
        account::{Device, Protection},
        id::AccountName,
    },
    web::{address::ClientAddress, context::Context, door::cookie, problem::Fault, secret},
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
        let address = parts.extensions.get::<ClientAddress>().copied();
        let secure = context.settings.secure_cookies;
        let agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
        let agent = agent.map(|agent| agent.chars().take(AGENT_MAX).collect());
        Ok(Self {
            // What comes over no connection is a test's, or the program's own.
            address: address.map_or(Ipv4Addr::UNSPECIFIED.into(), ClientAddress::counted),
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
