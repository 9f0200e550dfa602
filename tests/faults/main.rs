//! The fault driver: starts the real binary, puts mixed load on it, hurts it, and judges what it
//! answered by the journal it recovers.
//!
//! `cargo test --test faults` runs every row with reduced counts; words after `--` choose rows, as
//! in `cargo test --test faults -- kill power`. `FAULTS=full` runs the full counts, `FAULTS_SEED`
//! repeats a run's choices, `CAMPUS_BINARY` names the binary to hurt. Rows that need root fail
//! without it, unless `FAULTS_UNPRIVILEGED=1` lets them count as not tried.
//!
//! A violation is about correctness, and about memory and places that are bounded. Spans are printed
//! beside their targets: they are the machine's as much as the program's. Only in full counts, of the
//! release build, are those of an operator judged, and then at five times the target.

mod command;
mod history;
mod house;
#[path = "../../benches/invented.rs"]
#[allow(dead_code)]
mod invented;
mod judge;
#[path = "../../benches/life.rs"]
mod life;
mod load;
mod plan;
mod proxy;
mod report;
mod rows;

use std::{process::ExitCode, time::Instant};

use tokio::{runtime::Runtime, signal::ctrl_c, task::JoinError, time::timeout};

use crate::{
    plan::Plan,
    report::{Outcome, Report, Table},
    rows::{ROWS, Row},
};

fn main() -> ExitCode {
    let plan = match Plan::told() {
        Ok(plan) => plan,
        Err(wrong) => {
            eprintln!("faults: {wrong}");
            return ExitCode::from(2);
        }
    };
    let rows: Vec<&'static Row> = ROWS.iter().filter(|row| plan.wants(row.name)).collect();
    if rows.is_empty() {
        eprintln!("faults: no row is called so; `-- --list` names them all");
        return ExitCode::from(2);
    }
    if plan.only_list {
        rows.iter().for_each(|row| println!("{}: test", row.name));
        return ExitCode::SUCCESS;
    }
    house::limits::raise_descriptors();
    let runtime = Runtime::new().expect("worker threads");
    let table = runtime.block_on(async {
        tokio::select! {
            table = run(&rows, &plan) => Some(table),
            _ = ctrl_c() => None,
        }
    });
    // Everything started is stopped and unmounted as its task is dropped.
    drop(runtime);
    let Some(table) = table else { return ExitCode::from(130) };
    table.print();
    if table.failed() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn run(rows: &[&'static Row], plan: &Plan) -> Table {
    println!("{} fault rows, {plan}", rows.len());
    let mut table = Table::default();
    for row in rows {
        println!("\n== {}: {}", row.name, row.about);
        let began = Instant::now();
        let running = tokio::spawn((row.run)(plan.clone()));
        let stop = running.abort_handle();
        let ended = timeout(row.at_most(plan), running).await;
        stop.abort();
        let outcome = match ended {
            Ok(ended) => of_ended(ended),
            Err(_) => Outcome::broken(format!("still not done after {:?}", row.at_most(plan))),
        };
        println!("   {} ({:.1} s)", outcome.in_words(), began.elapsed().as_secs_f64());
        table.add(row.name, outcome);
    }
    table
}

fn of_ended(ended: Result<anyhow::Result<Report>, JoinError>) -> Outcome {
    match ended {
        Ok(Ok(report)) => Outcome::Tried(report),
        Ok(Err(error)) => match error.downcast_ref::<house::privilege::NotPermitted>() {
            Some(refused) if refused.is_excused() => Outcome::NotTried(refused.to_string()),
            _ => Outcome::broken(format!("{error:#}")),
        },
        Err(panic) => Outcome::broken(format!("the driver broke down: {panic}")),
    }
}
