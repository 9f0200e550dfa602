//! What leaves the house, recorded before it does (S13, S22): whole numbers, shown to those who call
//! them, one alert, school or station at a time; and every file.

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
    Command, Timestamp, Within,
    authority::sees_personal_data,
    decide::access::{NoteExport, NoteView},
    event::{Export, Personal},
    id::AccountName,
};

/// Looks remembered at once; the oldest are forgotten first, and recorded again.
const LOOKS_MAX: usize = 4_096;

/// Who looked at whose number lately.
#[derive(Default)]
pub struct Looks(Mutex<HashMap<Look, Timestamp>>);

type Look = (AccountName, Personal);

impl Looks {
    /// Whether somebody looked within this long.
    fn is_recent(&self, look: &Look, now: Timestamp, within: Within) -> bool {
        let looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looks.get(look).is_some_and(|at| now < *at + within)
    }

    fn remember(&self, look: Look, now: Timestamp, within: Within) {
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

/// How a caller looks at one thing it has opened, which holds the personal data of somebody or of
/// nobody: with numbers whole, where its role may see them and the look is recorded. Nobody sits at
/// a desk that is locked, so nothing is shown whole there and nobody is recorded as having looked.
///
/// While nothing can be recorded (a full disk), the number is shown all the same: somebody may have
/// to be called back. The log then says who looked.
pub async fn open(
    context: &Context,
    caller: &Caller,
    of: Option<Personal>,
    audience: Audience,
) -> Audience {
    let seen = of.filter(|of| sees_personal_data(caller.role(), of));
    let Some(of) = seen.filter(|_| !caller.is_locked(context)) else { return audience };
    let (now, within) = (context.engine.now(), context.settings.limits.same_look_within);
    let look = (caller.account.name.clone(), of.clone());
    if !context.looks.is_recent(&look, now, within) {
        let command = Command::NoteView(NoteView { of });
        match submit(context, caller.actor(), None, command).await {
            Ok(_) => context.looks.remember(look, now, within),
            Err(error) => {
                let (account, of) = &look;
                tracing::warn!(%error, %account, ?of, "a view of personal data is not recorded");
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
