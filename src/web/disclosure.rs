//! What leaves the house, recorded before it does (S13, S22): callers' whole numbers, shown to those
//! who call back, alert by alert; and every file.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use super::{
    audience::Audience,
    context::Context,
    door::Caller,
    problem::Fault,
    submit::{plain_fault, submit},
};
use crate::domain::{
    Alert, Command, Timestamp, Within,
    authority::sees_personal_data,
    decide::access::{NoteExport, NoteView},
    event::Export,
    id::{AccountName, AlertId},
};

/// Looks remembered at once; the oldest are forgotten first, and recorded again.
const LOOKS_MAX: usize = 4_096;

/// Who looked at whose number lately.
#[derive(Default)]
pub struct Looks(Mutex<HashMap<(AccountName, AlertId), Timestamp>>);

impl Looks {
    /// Whether somebody looked within this long.
    fn is_recent(&self, look: &(AccountName, AlertId), now: Timestamp, within: Within) -> bool {
        let looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looks.get(look).is_some_and(|at| now < *at + within)
    }

    fn remember(&self, look: (AccountName, AlertId), now: Timestamp, within: Within) {
        let mut looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if looks.len() >= LOOKS_MAX {
            looks.retain(|_, at| now < *at + within);
        }
        if looks.len() >= LOOKS_MAX
            && let Some(oldest) =
                looks.iter().min_by_key(|(_, at)| **at).map(|(key, _)| key.clone())
        {
            looks.remove(&oldest);
        }
        looks.insert(look, now);
    }
}

/// How a caller looks at one alert it has opened: with the caller's number whole, where its role
/// may see that and the look is recorded.
///
/// While nothing can be recorded (a full disk), the number is shown all the same: somebody may have
/// to be called back. The log then says who looked.
pub async fn open(
    context: &Context,
    caller: &Caller,
    alert: &Alert,
    audience: Audience,
) -> Audience {
    if alert.caller_phone.is_none() || !sees_personal_data(caller.role()) {
        return audience;
    }
    let (now, within) = (context.engine.now(), context.settings.limits.same_look_within);
    let look = (caller.account.name.clone(), alert.id);
    if !context.looks.is_recent(&look, now, within) {
        let command = Command::NoteView(NoteView { alert: alert.id });
        match submit(context, caller.actor(), None, command).await {
            Ok(_) => context.looks.remember(look, now, within),
            Err(error) => {
                let (account, alert) = (&caller.account.name, alert.id.0);
                tracing::warn!(%error, %account, alert, "a view of personal data is not recorded");
            }
        }
    }
    Audience::Full
}

/// Records that a caller takes something out as a file. Nothing is handed over without it.
///
/// # Errors
/// When the record cannot be written, or the role may not export.
pub async fn export(context: &Context, caller: &Caller, export: Export) -> Result<(), Fault> {
    let command = Command::NoteExport(NoteExport { export });
    submit(context, caller.actor(), None, command).await.map_err(plain_fault)?;
    Ok(())
}
