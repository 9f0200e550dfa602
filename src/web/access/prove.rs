//! A password is checked: after the wait that wrong ones before it have earned, and with the same
//! work and the same words whether or not there is such an account.

use std::{sync::Arc, time::Duration};

use super::attempts::Source;
use crate::{
    domain::{
        account::{Account, Credential},
        id::AccountName,
    },
    web::{
        context::Context,
        problem::{Fault, Refusal},
        secret,
    },
};

/// The account that this password is of.
///
/// # Errors
/// When it is nobody's, or a wait is not over.
pub async fn password(
    context: &Context,
    sources: &[Source],
    name: &AccountName,
    password: &str,
) -> Result<Arc<Account>, Fault> {
    check_wait(context, sources, name)?;
    let known = context.engine.board().account(name);
    let account = known.filter(|account| !account.disabled);
    let phc = account.as_ref().and_then(|account| match &account.credential {
        Credential::Password { phc } => Some(phc.clone()),
        Credential::Token { .. } => None,
    });
    let proved = {
        let _permit = context.password_checks.acquire().await;
        // Others may have failed while this one waited for its turn.
        check_wait(context, sources, name)?;
        let max = context.settings.limits.password_max;
        let password: String = password.chars().take(max + 1).collect();
        let proved =
            secret::verify_password_aside(&context.settings.access.checks, password, phc).await;
        if !proved {
            let (limits, now) = (&context.settings.limits, context.engine.now());
            context.attempts.failed(sources, limits, now);
        }
        proved
    };
    account.filter(|_| proved).ok_or_else(|| refused(context, Refusal::CredentialsWrong, name))
}

/// Refuses while a wait is not over.
///
/// # Errors
/// With the time that is left.
pub fn check_wait(context: &Context, sources: &[Source], name: &AccountName) -> Result<(), Fault> {
    let (limits, now) = (&context.settings.limits, context.engine.now());
    match context.attempts.wait(sources, limits, now) {
        Some(left) => {
            let left = left.max(Duration::from_secs(1));
            Err(refused(context, Refusal::TooManyAttempts, name).retry_after(left))
        }
        None => Ok(()),
    }
}

/// A login refused, told to the record of access under the account's name where there is one.
pub fn refused(context: &Context, refusal: Refusal, name: &AccountName) -> Fault {
    metrics::counter!("campus_dispatch_logins_refused_total").increment(1);
    let known = context.engine.board().account(name).map(|account| account.name.clone());
    Fault::from(refusal).of_login(known)
}
