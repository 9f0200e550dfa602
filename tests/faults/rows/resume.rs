//! Row 16: a screen comes back with a position that cannot be gone on from.

use anyhow::Context;
use serde_json::Value;

use crate::{
    command::Command,
    history::{Caller, History},
    house::House,
    load::socket,
    plan::Plan,
    report::Report,
};

/// Records after which a position is too old here.
const BEHIND_MAX: u64 = 200;

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    let rounds = plan.count(5, 50);
    let mut report = Report::default();
    let mut house = House::small().await?;
    house.set("CAMPUS_DISPATCH_LIMITS_BEHIND_MAX", BEHIND_MAX);
    let mut server = house.serve().await?;
    let history = History::default();
    let desk = house.caller(&house.roster.operators[0]);
    let wall = house.caller(&house.roster.boards[0]);
    // Resolved, it has no deadline to come: nobody but this row writes a record.
    let alert = history.raise(&desk).await?;
    let resolve = Command::Resolve { alert, result: "示例：已劝离".to_owned() };
    history.give(&desk, resolve).await.done().context("the alert is not resolved")?;
    let mut tried = 0;
    for _ in 0..rounds {
        let old = socket::glance(&wall, 0).await?;
        let mut last = old.position;
        for n in 0..=BEHIND_MAX {
            let note = Command::Note { alert, text: format!("示例：第 {n} 条") };
            let answer = history.give(&desk, note).await;
            last = answer.done().and_then(|it| it["seq"].as_u64()).unwrap_or(last);
        }
        let (epoch, now) = (&old.epoch, last);
        let cases = [
            ("too_old", format!("?epoch={epoch}&since={}", old.position)),
            ("too_old", format!("?epoch={epoch}&since=0")),
            ("future", format!("?epoch={epoch}&since={}", now + 1)),
            ("future", format!("?epoch={epoch}&since={}", u64::MAX)),
            ("other_epoch", format!("?epoch=0123456789abcdef&since={now}")),
            ("other_epoch", format!("?since={now}")),
        ];
        for (reason, query) in cases {
            tried += 1;
            comes_anew(&wall, &query, reason, now, &mut report).await?;
        }
        // One who is where the history is goes on without a snapshot.
        let hello = hello(&wall, &format!("?epoch={epoch}&since={now}")).await?.0;
        report.check(hello["resumed"] == true, || format!("I7 not resumed at {now}: {hello}"));
        server.kill().await?;
        server = house.serve().await?;
        // After a restart nothing before it is kept, but the present is the present.
        tried += 2;
        comes_anew(&wall, &cases_after(epoch, now - 1), "too_old", now, &mut report).await?;
        comes_anew(&wall, &cases_after(epoch, now + 1), "future", now, &mut report).await?;
    }
    server.stop().await?;
    report.tried = format!("{tried} positions");
    report.figure("a full snapshot with its reason each time");
    Ok(report)
}

fn cases_after(epoch: &str, since: u64) -> String {
    format!("?epoch={epoch}&since={since}")
}

/// A hello that says why, and a snapshot that is as new as the history.
async fn comes_anew(
    wall: &Caller,
    query: &str,
    reason: &str,
    now: u64,
    report: &mut Report,
) -> anyhow::Result<()> {
    let (hello, snapshot) = hello(wall, query).await?;
    report.check(hello["reason"] == reason && hello["resumed"] == false, || {
        format!("{query}: {hello} instead of {reason}")
    });
    report.check(snapshot["frame"] == "snapshot" && snapshot["alerts"].is_array(), || {
        format!("{query}: no snapshot follows: {snapshot}")
    });
    let seq = snapshot["seq"].as_u64().unwrap_or_default();
    // A snapshot may be shared for some records; what is missing follows it.
    report.check(seq <= now && seq + 64 >= now, || format!("{query}: shown {seq}, now {now}"));
    let caught_up = socket::glance(wall, now).await?;
    report.check(caught_up.violations.is_empty(), || caught_up.violations.join(", "));
    Ok(())
}

async fn hello(wall: &Caller, query: &str) -> anyhow::Result<(Value, Value)> {
    let mut socket = socket::open(wall, query).await?;
    let hello = socket::next(&mut socket).await?;
    let follows = hello["resumed"] == false;
    let snapshot = match follows {
        true => socket::next(&mut socket).await?,
        false => Value::Null,
    };
    Ok((hello, snapshot))
}
