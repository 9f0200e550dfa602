//! Row 11: two operators send the same unit at the same moment.

use tokio::sync::Barrier;

use crate::{
    command::Command,
    history::{Caller, History},
    house::House,
    judge::Judge,
    plan::Plan,
    report::Report,
};

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    let rounds = plan.count(50, 500);
    let mut report = Report::of(rounds, "races");
    let house = House::small().await?;
    let mut judge = Judge::begin(&house.data)?;
    let server = house.serve().await?;
    let history = History::default();
    let desks = [0, 1].map(|n| house.caller(&house.roster.operators[n]).at(house.address()));
    let (phone, unit) = &house.roster.phones[0];
    history.give(&house.caller(phone), Command::OnDuty { unit: unit.clone() }).await;
    let mut won_by = [0_u32; 2];
    for round in 0..rounds {
        let alerts = [history.raise(&desks[0]).await?, history.raise(&desks[1]).await?];
        let barrier = Barrier::new(2);
        let send = async |desk: &Caller, alert| {
            barrier.wait().await;
            history.give(desk, Command::Dispatch { alert, units: vec![unit.clone()] }).await
        };
        let answers = tokio::join!(send(&desks[0], alerts[0]), send(&desks[1], alerts[1]));
        let (winner, refused) = match (answers.0.status(), answers.1.status()) {
            (200, 409) => (0, &answers.1),
            (409, 200) => (1, &answers.0),
            _ => {
                let (one, other) = &answers;
                report.violations.push(format!("I6 race {round}: {one} and {other}"));
                (0, &answers.1)
            }
        };
        won_by[winner] += 1;
        if let crate::history::Answer::Told { body, .. } = refused {
            report.check(body["current"]["id"] == alerts[1 - winner], || {
                format!("the 409 does not show the current state: {body}")
            });
        }
        for (desk, alert) in desks.iter().zip(alerts) {
            let reason = "示例：比赛结束".to_owned();
            history.give(desk, Command::Cancel { alert, reason }).await;
        }
    }
    judge.look_at(&history, &[])?;
    server.stop().await?;
    judge.settle()?;
    report.violations.append(&mut judge.violations);
    report.figure(format!("one 200 and one 409 each; won {} to {}", won_by[0], won_by[1]));
    Ok(report)
}
