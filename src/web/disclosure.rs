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

/// Looks remembered at once; the oldest are forgotten first, and recorded again. Not for a site to
/// move: it decides over no look, only over how often the same one is told.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::AlertId;

    const WITHIN: Within = Within::from_seconds(600);

    fn look(alert: usize) -> Look {
        ("desk".into(), Personal::Alert(AlertId(u32::try_from(alert).unwrap())))
    }

    /// Milliseconds after the first look.
    fn at(milliseconds: usize) -> Timestamp {
        Timestamp::from_millis(i64::try_from(milliseconds).unwrap())
    }

    /// So many looks, each at another alert and a millisecond later than the one before.
    fn looks(count: usize) -> Looks {
        let looks = Looks::default();
        (0..count).for_each(|n| looks.remember(look(n), at(n), WITHIN));
        looks
    }

    /// How many of the looks at the first alerts are remembered.
    fn remembered(looks: &Looks, first: usize, now: Timestamp) -> usize {
        (0..first).filter(|n| looks.is_recent(&look(*n), now, WITHIN)).count()
    }

    #[test]
    fn s22_all_looks_that_have_room_are_remembered_and_of_one_more_the_oldest_is_told_again() {
        let (full, now) = (looks(LOOKS_MAX), at(LOOKS_MAX));
        assert_eq!(remembered(&full, LOOKS_MAX, now), LOOKS_MAX);
        let one_more = looks(LOOKS_MAX + 1);
        assert!(!one_more.is_recent(&look(0), now, WITHIN));
        assert_eq!(remembered(&one_more, LOOKS_MAX + 1, now), LOOKS_MAX);
    }

    #[test]
    fn s22_looks_of_long_ago_make_room_before_any_other_does() {
        let looks = looks(LOOKS_MAX);
        let now = at(LOOKS_MAX / 2) + WITHIN;
        looks.remember(look(LOOKS_MAX), now, WITHIN);
        assert_eq!(looks.0.lock().unwrap().len(), LOOKS_MAX / 2);
        assert_eq!(remembered(&looks, LOOKS_MAX, now), LOOKS_MAX / 2 - 1);
    }
}
