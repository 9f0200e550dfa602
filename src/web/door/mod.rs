//! Who calls. Nothing behind the door is reached without a caller: [`enter`] stands before every
//! route but login, set-up, health and the API's own document.

pub mod cookie;
mod origin;

pub use origin::check;

use std::sync::Arc;

use axum::{
    Extension,
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, header::AUTHORIZATION, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{
    audience::Audience,
    context::{Context, Shared},
    crowd::Doorway,
    problem::{Fault, Refusal},
    secret,
};
use crate::domain::{
    Actor, Channel, Rejection, Role, Timestamp,
    account::{Account, Session},
    authority::{View, may_view},
};

/// An account that has proved itself, with a session or a bearer token.
#[derive(Clone, Debug)]
pub struct Caller {
    pub account: Arc<Account>,
    /// The session it came with; none with a bearer token.
    pub session: Option<Arc<Session>>,
}

impl Caller {
    /// Who acts, as the record will say.
    pub fn actor(&self) -> Actor {
        let account = self.account.name.clone();
        Actor { account, role: self.role(), channel: Channel::Http }
    }

    /// The account's role.
    pub fn role(&self) -> Role {
        self.account.role
    }

    /// Refuses what the role may not look at.
    pub fn check_view(&self, view: View) -> Result<(), Fault> {
        if may_view(self.role(), view) { Ok(()) } else { Err(Rejection::RoleNotPermitted.into()) }
    }

    /// How the caller looks at alerts; refused for a role that sees none.
    pub fn alert_audience(&self) -> Result<Audience, Fault> {
        match self.audience()? {
            Audience::District => Err(Rejection::RoleNotPermitted.into()),
            audience => Ok(audience),
        }
    }

    /// How the caller looks at the centre; refused for a role that sees nothing.
    pub fn audience(&self) -> Result<Audience, Fault> {
        Audience::of(&self.account).ok_or_else(|| Rejection::RoleNotPermitted.into())
    }

    /// Whether the account and its session still stand, as they were when they came in.
    pub fn still_stands(&self, context: &Shared) -> bool {
        let board = context.engine.board();
        let account_stands = board.account(&self.account.name).is_some_and(|account| {
            let now_is = (account.role, &account.unit, &account.station);
            let was = (self.account.role, &self.account.unit, &self.account.station);
            // A session outlives a change of one's own password; a token is the password.
            let proof_stands =
                self.session.is_some() || account.credential == self.account.credential;
            !account.disabled && now_is == was && proof_stands
        });
        let session_stands = self.session.as_ref().is_none_or(|session| {
            board.session(&session.sha256).is_some()
                && self.ends_at(context).is_none_or(|end| end > context.engine.now())
        });
        account_stands && session_stands
    }

    /// When its session ends unless it is used before then; a token's never does.
    pub fn ends_at(&self, context: &Shared) -> Option<Timestamp> {
        let session = self.session.as_ref()?;
        let idle = context.settings.limits.idle_of(self.role());
        let idle_end = idle.map(|idle| context.presence.seen_at(session) + idle);
        Some(idle_end.map_or(session.expires_at, |end| end.min(session.expires_at)))
    }

    /// Whether its desk is locked.
    pub fn is_locked(&self, context: &Context) -> bool {
        let after = context.settings.lock_of(self.role());
        let now = context.engine.now();
        self.session.as_ref().is_some_and(|session| context.presence.is_locked(session, after, now))
    }

    /// Takes note that somebody is there. At a desk only what a person does counts, not what its
    /// page reads by itself.
    fn is_seen(&self, context: &Context, request: &Request) -> Result<(), Fault> {
        let Some(session) = &self.session else { return Ok(()) };
        let path = request.uri().path();
        let is_own = path.ends_with("/session") || path.contains("/session/");
        let acts = !request.method().is_safe();
        if acts && !is_own && self.is_locked(context) {
            return Err(Refusal::SessionLocked.into());
        }
        let is_person = acts || is_own || context.settings.lock_of(self.role()).is_none();
        if is_person && !path.ends_with("/live") && !self.is_locked(context) {
            context.presence.see(session, context.engine.board(), context.engine.now());
        }
        Ok(())
    }
}

/// Lets nobody unknown pass, and nobody for whom there is no room.
pub async fn enter(
    State(context): State<Context>,
    Extension(doorway): Extension<Doorway>,
    mut request: Request,
    next: Next,
) -> Result<Response, Fault> {
    let Some(caller) = recognize(&context, request.headers()) else {
        let address = request.extensions().get().copied();
        return match context.crowd.admit_stranger(address) {
            Ok(()) => Err(Refusal::LoginNeeded.into()),
            Err(turned_away) => Ok(turned_away.into_response()),
        };
    };
    let name = caller.account.name.clone();
    let mut response = match caller.is_seen(&context, &request) {
        Err(locked) => locked.into_response(),
        Ok(()) => match context.crowd.admit(&caller.account, &doorway) {
            Ok(_place) => {
                request.extensions_mut().insert(caller);
                next.run(request).await
            }
            Err(turned_away) => turned_away.into_response(),
        },
    };
    response.extensions_mut().insert(name);
    Ok(response)
}

fn recognize(context: &Context, headers: &HeaderMap) -> Option<Caller> {
    let board = context.engine.board();
    let caller = match bearer(headers) {
        Some(token) => {
            let account = board.account_by_token(&secret::digest(token))?;
            Caller { account, session: None }
        }
        None => {
            let session = board.session(&secret::digest(cookie::token(
                headers,
                context.settings.secure_cookies,
            )?))?;
            let account = board.account(&session.account)?;
            Caller { account, session: Some(session) }
        }
    };
    caller.still_stands(context).then_some(caller)
}

/// The token of an `Authorization` header.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then(|| token.trim())
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        parts.extensions.get().cloned().ok_or_else(|| Refusal::LoginNeeded.into())
    }
}
