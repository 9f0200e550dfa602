//! A command on its way from a route to the engine and back.

use std::{sync::Arc, time::Duration};

use axum::{Json, extract::FromRequestParts, http::request::Parts};

use super::{
    context::Context,
    door::Caller,
    extract::IdempotencyKey,
    problem::{Fault, Refusal},
    view::{self, Names},
};
use crate::{
    domain::{Actor, Alert, Command, command::Outcome, id::CommandId},
    engine::{Submission, SubmitError},
};

/// How a command is answered.
pub type Answer = Result<Json<view::Outcome>, Fault>;

/// Where a caller hands in commands.
pub struct Counter {
    pub context: Context,
    pub caller: Caller,
    key: Option<CommandId>,
}

impl FromRequestParts<Context> for Counter {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Fault> {
        let caller = Caller::from_request_parts(parts, context).await?;
        let IdempotencyKey(key) = IdempotencyKey::of(&parts.headers)?;
        Ok(Self { context: context.clone(), caller, key })
    }
}

impl Counter {
    /// Hands in a command and waits until its outcome is durable.
    pub async fn submit(self, command: Command) -> Answer {
        let Self { context, caller, key } = self;
        match submit(&context, caller.actor(), key, command).await {
            Ok(outcome) => Ok(Json(view::Outcome::of(outcome, &context.engine))),
            Err(error) => Err(fault(error, |alert| current(&context, &caller, alert))),
        }
    }
}

/// Hands in a command of anybody's.
pub async fn submit(
    context: &Context,
    actor: Actor,
    id: Option<CommandId>,
    command: Command,
) -> Result<Outcome, SubmitError> {
    context.engine.submit(Submission { actor, id, command }).await
}

/// What a failed submission is answered with, where there is no alert to show.
pub fn plain_fault(error: SubmitError) -> Fault {
    fault(error, |_| None)
}

/// When somebody shed may come back.
const SOON: Duration = Duration::from_secs(1);
/// Within this long after space was freed, commands are taken again.
const SPACE: Duration = Duration::from_secs(5);
/// How long a restart may take.
const RESTART: Duration = Duration::from_secs(5);

fn fault(error: SubmitError, show: impl FnOnce(Arc<Alert>) -> Option<view::Alert>) -> Fault {
    match error {
        SubmitError::Rejected { rejection, alert } => {
            let fault = Fault::from(rejection);
            let is_conflict = fault.status() == axum::http::StatusCode::CONFLICT;
            fault.current(alert.filter(|_| is_conflict).and_then(show))
        }
        SubmitError::IdReused => Refusal::KeyReused.into(),
        SubmitError::Overloaded => Fault::from(Refusal::Overloaded).retry_after(SOON),
        SubmitError::DiskAlmostFull(shortage) => {
            Fault::from(Refusal::DiskAlmostFull).at(shortage.to_string()).retry_after(SPACE)
        }
        SubmitError::Failed => Refusal::Internal.into(),
        SubmitError::OutcomeUnknown => Fault::from(Refusal::OutcomeUnknown).retry_after(RESTART),
        SubmitError::Stopped => Fault::from(Refusal::Stopping).retry_after(RESTART),
    }
}

/// How an alert stands, for a caller who may see it.
fn current(context: &Context, caller: &Caller, alert: Arc<Alert>) -> Option<view::Alert> {
    let audience =
        caller.audience().ok().filter(|audience| audience.sees(&alert, context.engine.board()))?;
    let (board, now) = (context.engine.board(), context.engine.now());
    Some(view::Alert::of(&alert, &audience, &Names::of(board), now))
}
