//! Finding what a command names, in the state it may be in.

use std::sync::Arc;

use crate::domain::{
    account::Actor,
    alert::{Alert, Stage},
    assignment::Assignment,
    authority,
    district::Unit,
    event::Event,
    id::{AlertId, AssignmentId, UnitId},
    rejection::Rejection,
    state::State,
};

/// An alert that this house dispatches: known, and not taken over from another system.
pub fn alert(state: &State, id: AlertId) -> Result<&Arc<Alert>, Rejection> {
    let alert = state.alert(id).ok_or(Rejection::AlertUnknown)?;
    if alert.is_imported() { Err(Rejection::AlertImported) } else { Ok(alert) }
}

/// An alert that is not closed, cancelled or merged.
pub fn open_alert(state: &State, id: AlertId) -> Result<&Arc<Alert>, Rejection> {
    let alert = alert(state, id)?;
    match alert.stage() {
        Stage::Closed => Err(Rejection::AlertClosed),
        Stage::Cancelled => Err(Rejection::AlertCancelled),
        Stage::Merged => Err(Rejection::AlertMerged),
        _ => Ok(alert),
    }
}

/// An open alert that is not resolved.
pub fn unresolved_alert(state: &State, id: AlertId) -> Result<&Arc<Alert>, Rejection> {
    let alert = open_alert(state, id)?;
    match alert.stage() {
        Stage::Resolved => Err(Rejection::AlertAlreadyResolved),
        _ => Ok(alert),
    }
}

/// An assignment with its alert; for a unit's account, its own only.
pub fn own_assignment<'a>(
    state: &'a State,
    actor: &Actor,
    id: AssignmentId,
) -> Result<(&'a Arc<Alert>, &'a Assignment), Rejection> {
    let (alert, assignment) = state.assignment(id).ok_or(Rejection::AssignmentUnknown)?;
    authority::own_unit(state, actor, &assignment.unit)?;
    if alert.is_imported() { Err(Rejection::AlertImported) } else { Ok((alert, assignment)) }
}

/// A unit; for a unit's account, its own only.
pub fn own_unit<'a>(
    state: &'a State,
    actor: &Actor,
    id: &UnitId,
) -> Result<&'a Arc<Unit>, Rejection> {
    authority::own_unit(state, actor, id)?;
    state.units.get(id).ok_or(Rejection::UnitUnknown)
}

/// The events that release every live assignment that `which` picks.
pub fn withdraw<'a>(
    alert: &'a Alert,
    reason: &'a str,
    which: impl Fn(&Assignment) -> bool + 'a,
) -> impl Iterator<Item = Event> + 'a {
    alert.live_assignments().filter(move |assignment| which(assignment)).map(move |assignment| {
        Event::AssignmentCancelled {
            alert: alert.id,
            assignment: assignment.id,
            reason: reason.to_owned(),
        }
    })
}
