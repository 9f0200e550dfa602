//! The upgrade to a WebSocket (RFC 6455, section 4.2).

use axum::{
    body::Body,
    extract::FromRequestParts,
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{
            CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE,
        },
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use hyper::upgrade::OnUpgrade;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::web::{
    context::Context,
    problem::{Fault, Refusal},
};

/// A connection that is asked to become a WebSocket.
pub struct Upgrade {
    /// Resolves once the answer has gone out.
    pub on_upgrade: OnUpgrade,
    accept: HeaderValue,
}

impl Upgrade {
    /// The answer that makes it one, and what becomes of the connection.
    pub fn accept(self) -> (Response, OnUpgrade) {
        let headers = [
            (CONNECTION, HeaderValue::from_static("upgrade")),
            (UPGRADE, HeaderValue::from_static("websocket")),
            (SEC_WEBSOCKET_ACCEPT, self.accept),
        ];
        let answer = (StatusCode::SWITCHING_PROTOCOLS, headers, Body::empty()).into_response();
        (answer, self.on_upgrade)
    }
}

impl FromRequestParts<Context> for Upgrade {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &Context) -> Result<Self, Fault> {
        let headers = &parts.headers;
        let asks = parts.method == Method::GET
            && has_token(headers, CONNECTION, "upgrade")
            && has_token(headers, UPGRADE, "websocket");
        if !asks {
            return Err(Refusal::WebSocketNeeded.into());
        }
        let speaks_13 = alone(headers, SEC_WEBSOCKET_VERSION).is_some_and(|said| said == "13");
        let key = alone(headers, SEC_WEBSOCKET_KEY).filter(|_| speaks_13);
        let key = key.filter(|key| key.len() == KEY_LENGTH);
        let accept = key.map(|key| derive_accept_key(key.as_bytes()));
        let accept = accept.and_then(|accept| HeaderValue::try_from(accept).ok());
        let on_upgrade = parts.extensions.remove::<OnUpgrade>();
        match (accept, on_upgrade) {
            (Some(accept), Some(on_upgrade)) => Ok(Self { on_upgrade, accept }),
            _ => Err(Refusal::RequestMalformed.into()),
        }
    }
}

/// Sixteen bytes in base64.
const KEY_LENGTH: usize = 24;

/// A header that is there once.
fn alone(headers: &HeaderMap, name: HeaderName) -> Option<&HeaderValue> {
    let mut values = headers.get_all(name).into_iter();
    values.next().filter(|_| values.next().is_none())
}

/// Whether a header's list of tokens has one.
fn has_token(headers: &HeaderMap, name: HeaderName, token: &str) -> bool {
    let lines = headers.get_all(name).into_iter().filter_map(|line| line.to_str().ok());
    let mut tokens = lines.flat_map(|line| line.split(','));
    tokens.any(|one| one.trim().eq_ignore_ascii_case(token))
}
