//! Row 6: a data directory that is taken, read-only, somebody else's, or removed.

use std::{
    fs,
    process::Output,
    time::{Duration, Instant},
};

use anyhow::Context;
use tokio::{process::Command, time::timeout};

use super::figures::Spans;
use crate::{
    history::History,
    house::{
        House, binary,
        mount::{self, Mount},
        privilege::{need_program, need_root},
    },
    judge::Judge,
    plan::Plan,
    report::Report,
};

/// Exit code for a directory another process has.
const IN_USE: i32 = 3;
/// Nobody: an account that owns nothing.
const NOBODY: &str = "65534";

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    let rounds = plan.count(5, 25);
    let mut report = Report::of(rounds * 4, "starts and removals");
    need_root("another owner")?;
    need_program("setpriv", "util-linux")?;
    let mut refusals = Spans::default();
    for _ in 0..rounds {
        second_process(&mut report, &mut refusals).await?;
        read_only(&mut report, &mut refusals).await?;
        wrong_owner(&mut report, &mut refusals).await?;
        removed(&mut report).await?;
    }
    report.figure(format!("refused after {} (target ≤ 1 s)", refusals.told()));
    Ok(report)
}

async fn second_process(report: &mut Report, refusals: &mut Spans) -> anyhow::Result<()> {
    let house = House::small().await?;
    let mut judge = Judge::begin(&house.data)?;
    let server = house.serve().await?;
    let history = History::default();
    let desk = house.caller(&house.roster.operators[0]);
    history.raise(&desk).await?;
    let mut second = binary::binary(&house.data);
    second.args(["serve", "--listen", "127.0.0.1:0"]);
    let output = refused(second, refusals).await?;
    report.check(output.status.code() == Some(IN_USE), || {
        format!("a second process on the directory: {}", told(&output))
    });
    let mut command = binary::binary(&house.data);
    command.args(["account", "add", "second", "--role", "screen", "--token"]);
    let output = refused(command, refusals).await?;
    report.check(output.status.code() == Some(IN_USE), || {
        format!("a command line on the directory: {}", told(&output))
    });
    history.raise(&desk).await?;
    judge.look_at(&history, &[])?;
    server.stop().await?;
    judge.settle()?;
    report.violations.append(&mut judge.violations);
    Ok(())
}

async fn read_only(report: &mut Report, refusals: &mut Spans) -> anyhow::Result<()> {
    let house = House::small().await?;
    let place = mount::place()?;
    let at = place.path().join("data");
    let shown = Mount::read_only(&house.data, &at)?;
    let mut command = binary::binary(&at);
    command.args(["serve", "--listen", "127.0.0.1:0"]);
    let output = refused(command, refusals).await?;
    report
        .check(is_refusal(&output, "data"), || format!("a read-only directory: {}", told(&output)));
    shown.end()?;
    house.serve().await?.stop().await
}

async fn wrong_owner(report: &mut Report, refusals: &mut Spans) -> anyhow::Result<()> {
    let house = House::small().await?;
    // Where the test's directory lies nobody else may look, so this one is elsewhere.
    let place = tempfile::tempdir().context("a temporary directory")?;
    fs::set_permissions(place.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    let data = place.path().join("data");
    crate::house::copy(&house.data, &data)?;
    let copy = place.path().join("campus-dispatch");
    fs::copy(binary::path(), &copy)?;
    let mut command = Command::new("setpriv");
    command.args(["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]).arg(copy);
    command.arg("--data").arg(&data).args(["serve", "--listen", "127.0.0.1:0"]);
    let output = refused(command.kill_on_drop(true), refusals).await?;
    report.check(is_refusal(&output, "data"), || format!("another's directory: {}", told(&output)));
    Ok(())
}

/// Nothing that is acknowledged after the directory is gone could be found again.
async fn removed(report: &mut Report) -> anyhow::Result<()> {
    let house = House::small().await?;
    let mut server = house.serve().await?;
    let history = History::default();
    let desk = house.caller(&house.roster.operators[0]);
    history.raise(&desk).await?;
    fs::remove_dir_all(&house.data)?;
    let answer = history.raise(&desk).await;
    report.check(answer.is_err(), || {
        "I1 acknowledged after the data directory was removed".to_owned()
    });
    if answer.is_err() {
        let status = server.ended(Duration::from_secs(20)).await;
        report.check(status.as_ref().is_ok_and(|status| !status.success()), || {
            format!("without its directory it went on: {status:?}")
        });
    }
    Ok(())
}

async fn refused(
    command: impl std::borrow::BorrowMut<Command>,
    refusals: &mut Spans,
) -> anyhow::Result<Output> {
    let mut command = command;
    let began = Instant::now();
    let output = timeout(Duration::from_secs(30), command.borrow_mut().output()).await;
    refusals.add(began.elapsed());
    Ok(output.context("not refused: it runs on")??)
}

/// It says what and where, and what helps.
fn is_refusal(output: &Output, names: &str) -> bool {
    let told = told(output);
    !output.status.success() && told.contains(names) && told.contains("campus-dispatch:")
}

fn told(output: &Output) -> String {
    format!("{} {}", output.status, String::from_utf8_lossy(&output.stderr).trim())
}
