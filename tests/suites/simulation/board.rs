//! The read board is the durable state, neither less nor more.

use campus_dispatch::{
    domain::{
        State, Timestamp,
        duplicate::{self, Report},
    },
    engine::Board,
};

/// Compares everything that can be asked of the board.
pub fn check(board: &Board, state: &State, now: Timestamp) -> Result<(), String> {
    let same = |holds: bool, what: &str| {
        if holds { Ok(()) } else { Err(format!("the board shows other {what}")) }
    };
    same(board.alerts_before(None).eq(state.alerts.values().rev().cloned()), "alerts")?;
    same(board.units().iter().eq(state.units.values()), "units")?;
    same(board.schools().iter().eq(state.schools.values()), "schools")?;
    same(board.stations().iter().eq(state.stations.values()), "stations")?;
    same(board.accounts().iter().eq(state.accounts.values()), "accounts")?;
    same(board.policies() == state.policies, "policies")?;
    same(board.policy_at(now) == *state.policy_at(now), "policy in force")?;
    let known = |sha256: &String| board.session(sha256).as_ref() == state.sessions.get(sha256);
    same(state.sessions.keys().all(known), "sessions")?;
    let Some(last) = state.alerts.values().next_back() else { return Ok(()) };
    let (school, position) = (last.school.as_ref(), None);
    let report = Report { category: last.category, school, position };
    let duplicates = board.duplicates(&report, now);
    let duplicates = duplicates.into_iter().map(|alert| alert.id);
    same(duplicates.eq(duplicate::suggest(state, &report, now)), "duplicates")
}
