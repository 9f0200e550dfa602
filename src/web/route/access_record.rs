//! The record of access, for the auditor alone (S14, S22). It is the journal's own: nobody can
//! change or remove a line of it.

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{Event, Record, Timestamp, authority::View, id::AccountName, record::Seq},
    web::{
        audience::Audience,
        context::Context,
        door::Caller,
        extract::Query,
        problem::{Fault, Refusal, unreadable},
        refusals,
        view::{AccessPage, TimelineEntry},
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Which records.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// The event's name, such as `session_opened` or `access_refused`.
    kind: Option<String>,
    /// Whose act it was, or whose account it is about.
    #[param(value_type = Option<String>)]
    account: Option<AccountName>,
    /// From then on.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Before then.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<Timestamp>,
    /// Where the page before ended: its `next_cursor`.
    cursor: Option<Seq>,
    /// 1 to 200; 50 where not given.
    limit: Option<usize>,
}

/// Lists logins, refusals, views of personal data, exports and changes of accounts, district, policy
/// and configuration, the newest first.
#[utoipa::path(
    get, path = "/access-record", tag = "accounts", params(Asked),
    responses((status = 200, body = AccessPage))
)]
async fn list(
    State(context): State<Context>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<AccessPage>, Fault> {
    caller.check_view(View::AccessRecord)?;
    let limits = &context.settings.limits;
    let limit = asked.limit.unwrap_or(limits.page_default);
    if !(1..=limits.page_max).contains(&limit) {
        let at = format!("limit: must be 1 to {}", limits.page_max);
        return Err(Fault::from(Refusal::QueryInvalid).at(at));
    }
    refusals::tell(&context).await;
    let engine = &context.engine;
    let before = asked.cursor.unwrap_or(Seq::MAX).min(engine.position().seq + 1);
    let from = asked.from;
    let is_asked_for = move |record: &Record| asked.matches(record);
    // One more than asked for tells whether there is a next page.
    let records = engine.records_before(before, from, limit + 1, is_asked_for).await;
    let mut records = records.map_err(unreadable)?;
    let has_more = records.len() > limit;
    records.truncate(limit);
    let next_cursor = records.last().map(|record| record.seq).filter(|_| has_more);
    let records = records.iter().map(|record| TimelineEntry::of_access(record, &Audience::Masked));
    Ok(Json(AccessPage { records: records.collect(), next_cursor }))
}

impl Asked {
    fn matches(&self, record: &Record) -> bool {
        let is_about = |name: &AccountName| {
            record.actor.account == *name || account_of(&record.event) == Some(name)
        };
        is_of_access(&record.event)
            && self.kind.as_ref().is_none_or(|kind| kind == record.event.kind())
            && self.account.as_ref().is_none_or(is_about)
            && self.to.is_none_or(|to| record.at < to)
    }
}

fn is_of_access(event: &Event) -> bool {
    use Event::*;
    matches!(
        event,
        SessionOpened { .. }
            | SessionClosed { .. }
            | AccessRefused { .. }
            | PersonalDataViewed { .. }
            | DataExported { .. }
            | ServerConfigured { .. }
            | AccountAdded { .. }
            | AccountDisabled { .. }
            | AccountEnabled { .. }
            | AccountChanged { .. }
            | CredentialChanged { .. }
            | SecondFactorEnrolled { .. }
            | SecondFactorReset { .. }
            | SchoolDefined { .. }
            | SchoolRemoved { .. }
            | StationDefined { .. }
            | StationRemoved { .. }
            | UnitDefined { .. }
            | UnitRemoved { .. }
            | PolicyAdopted { .. }
            | PolicyFiled { .. }
            | JournalRepaired(_)
    )
}

fn account_of(event: &Event) -> Option<&AccountName> {
    match event {
        Event::SessionOpened { session, .. } => Some(&session.account),
        Event::AccountAdded { account } => Some(&account.name),
        Event::SessionClosed { account, .. }
        | Event::AccountDisabled { account }
        | Event::AccountEnabled { account }
        | Event::AccountChanged { account, .. }
        | Event::CredentialChanged { account, .. }
        | Event::SecondFactorEnrolled { account, .. }
        | Event::SecondFactorReset { account } => Some(account),
        Event::AccessRefused { account, .. } => account.as_ref(),
        _ => None,
    }
}
