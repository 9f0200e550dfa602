//! The server's counter, over HTTP.

use std::time::Duration;

use anyhow::bail;
use reqwest::{
    Client, Response, StatusCode, Url,
    header::{AUTHORIZATION, HeaderMap, HeaderValue, RETRY_AFTER},
};
use serde::Deserialize;

use super::{
    drive::{Answer, Counter, Refused},
    order::{Order, Part},
};

/// How often a request is handed in again when the server is busy or away. It has a key of its
/// own, so that it is done once.
const ATTEMPTS: u32 = 8;
const WAIT: Duration = Duration::from_millis(250);
const WAIT_MAX: Duration = Duration::from_secs(5);
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// A running server, with what proves who asks.
pub struct Server {
    client: Client,
    base: Url,
    gateway: HeaderValue,
    operator: HeaderValue,
    admin: Option<HeaderValue>,
}

/// The bearer tokens of a replay.
pub struct Tokens<'a> {
    pub operator: &'a str,
    /// The operator raises where there is no gateway.
    pub gateway: Option<&'a str>,
    pub admin: Option<&'a str>,
}

#[derive(Deserialize)]
struct Problem {
    code: Option<String>,
}

impl Server {
    /// # Errors
    /// When the address or a token cannot be one.
    pub fn new(address: &str, tokens: &Tokens<'_>) -> anyhow::Result<Self> {
        let base = Url::parse(&format!("{}/", address.trim_end_matches('/')));
        let Ok(base) = base else { bail!("--server {address:?} is no address") };
        if base.scheme() != "http" {
            bail!("--server {address:?}: only http:// is known here; use it on this machine");
        }
        let bearer = |token: &str| -> anyhow::Result<HeaderValue> {
            let mut value = HeaderValue::from_str(&format!("Bearer {token}"))
                .map_err(|_| anyhow::anyhow!("a token holds characters no token has"))?;
            value.set_sensitive(true);
            Ok(value)
        };
        Ok(Self {
            client: Client::builder().timeout(ANSWER_WITHIN).no_proxy().build()?,
            base,
            gateway: bearer(tokens.gateway.unwrap_or(tokens.operator))?,
            operator: bearer(tokens.operator)?,
            admin: tokens.admin.map(bearer).transpose()?,
        })
    }

    async fn ask(&self, order: &Order) -> Result<Response, String> {
        let path = format!("api/v1/{}", order.path.trim_start_matches('/'));
        let url = self.base.join(&path).map_err(|error| error.to_string())?;
        let token = match order.part {
            Part::Gateway => &self.gateway,
            Part::Operator => &self.operator,
            Part::Admin => self.admin.as_ref().ok_or("no admin token was given")?,
        };
        let request = if order.put { self.client.put(url) } else { self.client.post(url) };
        let request = request
            .header(AUTHORIZATION, token.clone())
            .header("Idempotency-Key", &order.key)
            .json(&order.body);
        request.send().await.map_err(|error| error.without_url().to_string())
    }
}

impl Counter for Server {
    async fn hand_in(&self, order: Order) -> Result<Answer, Refused> {
        let mut attempt = 1;
        loop {
            let (reason, wait) = match self.ask(&order).await {
                Ok(response) if response.status().is_success() => {
                    let answer = response.json().await;
                    return answer.map_err(|error| Refused(format!("no outcome: {error}")));
                }
                Ok(response) => {
                    let status = response.status();
                    let wait = retry_after(response.headers());
                    let problem = response.json::<Problem>().await.ok();
                    let code = problem.and_then(|problem| problem.code);
                    let reason = code.unwrap_or_else(|| status.as_u16().to_string());
                    let busy = [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE];
                    if !busy.contains(&status) {
                        return Err(Refused(reason));
                    }
                    (reason, wait)
                }
                Err(reason) => (reason, None),
            };
            if attempt == ATTEMPTS {
                return Err(Refused(reason));
            }
            let backoff = WAIT * 2_u32.pow(attempt - 1);
            tokio::time::sleep(wait.unwrap_or(backoff).min(WAIT_MAX)).await;
            attempt += 1;
        }
    }
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}
