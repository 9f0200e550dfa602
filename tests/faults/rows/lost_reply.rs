//! Row 12: the answer gets lost on the way, and the client asks again; also after a restart.

use std::sync::Arc;

use crate::{
    command::Command,
    history::{Caller, History},
    house::House,
    judge::Judge,
    plan::Plan,
    proxy::Proxy,
    report::Report,
};

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    let rounds = plan.count(30, 300);
    let mut report = Report::of(rounds, "lost answers");
    let house = House::small().await?;
    let mut judge = Judge::begin(&house.data)?;
    let mut chance = plan.chance(12);
    let mut server = house.serve().await?;
    let history = History::default();
    let proxy = Proxy::to(house.address()).await?;
    let desk = house.caller(&house.roster.operators[0]);
    let alert = history.raise(&desk).await?;
    let mut restarts = 0;
    for round in 0..rounds {
        let command = Arc::new(match round % 2 {
            0 => Command::Raise { school: "S01".to_owned(), summary: format!("示例 {round}") },
            _ => Command::Note { alert, text: format!("示例 {round}") },
        });
        let key = history.key(&desk.account.name);
        let far = desk.at(proxy.address.clone());
        proxy.swallow_answers(true);
        let lost = history.ask(&far, &key, &command).await;
        proxy.swallow_answers(false);
        report.check(lost.status() == 0, || format!("the proxy let {lost} through"));
        let before = seq_of(&mut judge, &history, &key)?;
        report.check(before.is_some(), || format!("{key} never arrived"));
        let again = history.ask(&far, &key, &command).await;
        expect(&mut report, &key, before, &again, "at once");
        if chance.once_in(3) {
            restarts += 1;
            if chance.once_in(2) {
                server.kill().await?;
            } else {
                server.stop().await?;
            }
            server = house.serve().await?;
            let later: Caller = desk.at(house.address());
            let again = history.ask(&later, &key, &command).await;
            expect(&mut report, &key, before, &again, "after a restart");
        }
    }
    judge.look_at(&history, &[])?;
    server.stop().await?;
    judge.settle()?;
    report.violations.append(&mut judge.violations);
    report.figure(format!("the same seq every time, {restarts} times across a restart too"));
    Ok(report)
}

/// Where the journal has the command already.
fn seq_of(judge: &mut Judge, history: &History, key: &str) -> anyhow::Result<Option<u64>> {
    judge.look_at(history, &[])?;
    Ok(judge.seq_of(key))
}

fn expect(
    report: &mut Report,
    key: &str,
    before: Option<u64>,
    again: &crate::history::Answer,
    when: &str,
) {
    let seq = again.done().and_then(|outcome| outcome["seq"].as_u64());
    report.check(seq.is_some() && seq == before, || {
        format!("I2 {key} is at seq {before:?}, and asked {when} it came to {again}")
    });
}
