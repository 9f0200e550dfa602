//! Who is served when not everybody can be (faults.md rows 14 and 20): the desk first.
//!
//! Connections and requests in progress are bounded. The desk may fill a bound to the last place;
//! phones and gateways only three quarters of it, and those who look on only half, or what the site
//! says instead, so that there is room for the desk whatever the others do. And nobody asks more
//! often than a person or a gateway has reason to. Whoever is turned away hears so at once, and when
//! to come back.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header::CONNECTION},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    address::ClientAddress,
    context::Context,
    limits::Limits,
    pace::{Pace, ServerClock},
    problem::{Fault, Refusal},
};
use crate::{
    domain::{Role, account::Account, id::AccountName},
    engine::Engine,
};

/// When somebody turned away for want of room may come back.
pub const SOON: Duration = Duration::from_secs(1);

/// Everybody whose request is in progress.
pub struct Crowd {
    requests: Arc<AtomicUsize>,
    limits: Limits,
    pace: Pace<AccountName>,
    gateway_pace: Pace<AccountName>,
    stranger_pace: Pace<IpAddr>,
}

/// A request's place among those in progress, given back when dropped.
#[derive(Debug)]
pub struct Place(Arc<AtomicUsize>);

/// Why a request is turned away.
#[derive(Debug)]
pub enum TurnedAway {
    /// As many connections as its role may fill are in use: this one is to be given back.
    Connections,
    /// As many requests as its role may fill are in progress.
    Requests,
    /// The account asks too often.
    TooOften { again_in: Duration },
}

impl Crowd {
    pub fn new(engine: &Engine, limits: &Limits) -> Self {
        let clock = || ServerClock(engine.clone());
        Self {
            requests: Arc::default(),
            limits: limits.clone(),
            pace: Pace::of(clock(), limits.requests_per_second_max),
            gateway_pace: Pace::of(clock(), limits.gateway_requests_per_second_max),
            stranger_pace: Pace::of(clock(), limits.stranger_requests_per_second_max),
        }
    }

    /// Counts a request that proves no account (S20), by its address where that is known.
    ///
    /// # Errors
    /// When there were too many from there.
    pub fn admit_stranger(&self, address: Option<ClientAddress>) -> Result<(), TurnedAway> {
        let Some(address) = address else { return Ok(()) };
        self.stranger_pace
            .keep(&address.counted())
            .map_err(|again_in| TurnedAway::TooOften { again_in })
    }

    /// Takes a place for a request.
    ///
    /// # Errors
    /// Why there is none.
    pub fn admit(&self, account: &Account, doorway: &Doorway) -> Result<Place, TurnedAway> {
        if doorway.taken() > self.limits.share_of(account.role, doorway.max) {
            return Err(TurnedAway::Connections);
        }
        let pace = match account.role {
            Role::Gateway => &self.gateway_pace,
            _ => &self.pace,
        };
        pace.keep(&account.name).map_err(|again_in| TurnedAway::TooOften { again_in })?;
        let place = Place(self.requests.clone());
        let in_progress = self.requests.fetch_add(1, Ordering::Relaxed);
        if in_progress < self.limits.share_of(account.role, self.limits.requests_max) {
            Ok(place)
        } else {
            Err(TurnedAway::Requests)
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl IntoResponse for TurnedAway {
    fn into_response(self) -> Response {
        let overloaded = || Fault::from(Refusal::Overloaded).retry_after(SOON);
        match self {
            Self::Connections => {
                let mut response = overloaded().into_response();
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
                response
            }
            Self::Requests => overloaded().into_response(),
            Self::TooOften { again_in } => {
                Fault::from(Refusal::TooManyRequests).retry_after(again_in).into_response()
            }
        }
    }
}

/// Counts whoever comes to log in or to set up.
pub async fn knock(
    State(context): State<Context>,
    request: Request,
    next: Next,
) -> Result<Response, TurnedAway> {
    context.crowd.admit_stranger(request.extensions().get().copied())?;
    Ok(next.run(request).await)
}

/// The connections served at once.
#[derive(Clone)]
pub struct Doorway {
    permits: Arc<Semaphore>,
    max: usize,
}

impl Doorway {
    pub fn new(max: usize) -> Self {
        Self { permits: Arc::new(Semaphore::new(max)), max }
    }

    /// A place for one more connection, where there is one.
    pub fn enter(&self) -> Option<OwnedSemaphorePermit> {
        self.permits.clone().try_acquire_owned().ok()
    }

    fn taken(&self) -> usize {
        self.max - self.permits.available_permits()
    }
}
