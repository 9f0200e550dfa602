//! Refusals in the caller's words: RFC 9457 problem documents.
//!
//! A handler answers with a [`Fault`], which says what is wrong; [`page::tell`] turns it into a
//! document in the caller's language, with the request's id. Whatever else ends in an error under
//! `/api` becomes a document there too.

mod language;
pub mod page;
mod policy;
mod refusal;
mod rejection;
mod title;

pub use language::Language;
pub use page::Problem;
pub use refusal::Refusal;

use std::{fmt, time::Duration};

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::domain::{Rejection, id::AccountName};

/// One sentence in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    pub zh: &'static str,
    pub en: &'static str,
}

impl Text {
    /// The sentence in a language.
    pub fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.zh,
            Language::English => self.en,
        }
    }
}

/// Why a request is refused.
#[derive(Clone, Debug)]
pub struct Fault(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    status: StatusCode,
    code: &'static str,
    text: Text,
    /// What of the request is meant, in nobody's language: a path, a rule, a parser's words.
    at: Option<String>,
    retry_after: Option<Duration>,
    /// Whose login it refuses, where it refuses one: the account's name where there is one.
    of_login: Option<Option<AccountName>>,
    /// How the alert stands that the command named.
    current: Option<Box<crate::web::view::Alert>>,
}

impl Fault {
    fn new(status: StatusCode, code: &'static str, text: Text) -> Self {
        Self(Box::new(Inner {
            status,
            code,
            text,
            at: None,
            retry_after: None,
            of_login: None,
            current: None,
        }))
    }

    /// Says it more exactly.
    fn with_text(mut self, text: Text) -> Self {
        self.0.text = text;
        self
    }

    /// Names what of the request is meant.
    pub fn at(mut self, what: impl Into<String>) -> Self {
        self.0.at = Some(what.into());
        self
    }

    /// Says that a login is refused, and whose.
    pub fn of_login(mut self, account: Option<AccountName>) -> Self {
        self.0.of_login = Some(account);
        self
    }

    /// Whose login is refused, where one is.
    pub fn refused_login(&self) -> Option<&Option<AccountName>> {
        self.0.of_login.as_ref()
    }

    /// Adds how the alert stands.
    pub fn current(mut self, alert: Option<crate::web::view::Alert>) -> Self {
        self.0.current = alert.map(Box::new);
        self
    }

    /// Says when to come back.
    pub fn retry_after(mut self, span: Duration) -> Self {
        self.0.retry_after = Some(span);
        self
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// What is wrong and what to do.
    pub fn sentence(&self, language: Language) -> &'static str {
        self.0.text.in_language(language)
    }

    /// Its stable name.
    pub fn code(&self) -> &'static str {
        self.0.code
    }
}

/// The journal could not be read. Nobody is told more; the log gets the cause.
pub fn unreadable(error: impl fmt::Display) -> Fault {
    tracing::error!(%error, "the journal could not be read");
    Refusal::StorageUnreadable.into()
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal.status(), refusal.code(), refusal.text())
    }
}

impl From<Rejection> for Fault {
    fn from(rejection: Rejection) -> Self {
        Self::new(rejection::status(rejection), rejection.code(), rejection::text(rejection))
    }
}

/// Carries the fault to [`page::tell`], which knows the caller's language.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
