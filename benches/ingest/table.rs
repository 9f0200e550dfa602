//! The table: medians of the rounds, and what each is of the limit.

use super::run::{CONNECTIONS, Finding, SERVERS};
use crate::process::median;

/// Prints commands a second by connections.
pub fn print(findings: &[Finding], peers: &[&'static str]) {
    println!(
        "| durable commands | a second | × limit | server CPU µs each | p50 / p99 ms | fsyncs each |"
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    for connections in CONNECTIONS {
        for server in peers.iter().copied().chain(SERVERS) {
            let middle = |server: &str, value: fn(&Finding) -> f64| {
                let mine = findings
                    .iter()
                    .filter(|one| one.server == server && one.connections == connections);
                median(mine.map(value))
            };
            let per_second = |finding: &Finding| finding.per_second;
            println!(
                "| {server}, {connections} at a time | {} | {} | {} | {} / {} | {} |",
                told(middle(server, per_second), 0),
                told(middle(server, per_second) / middle("bare", per_second), 2),
                told(middle(server, |finding| finding.cpu), 1),
                told(middle(server, |finding| finding.p50), 2),
                told(middle(server, |finding| finding.p99), 2),
                told(middle(server, |finding| finding.commits), 3),
            );
        }
    }
    println!();
}

/// What a peer's own tool does not tell is not made up.
fn told(value: f64, decimals: usize) -> String {
    if value.is_nan() { "–".to_owned() } else { format!("{value:.decimals$}") }
}

/// Prints what boards do to the wait.
pub fn print_boards(findings: &[(usize, Finding)]) {
    println!("| 100 commands a second | p50 / p99 ms | p99 × without |");
    println!("| --- | --- | --- |");
    let middle = |boards: usize, value: fn(&Finding) -> f64| {
        median(findings.iter().filter(|(beside, _)| *beside == boards).map(|(_, one)| value(one)))
    };
    let p99 = |finding: &Finding| finding.p99;
    for boards in [0, 1_000] {
        println!(
            "| beside {boards} boards | {:.2} / {:.2} | {:.2} |",
            middle(boards, |finding| finding.p50),
            middle(boards, p99),
            middle(boards, p99) / middle(0, p99)
        );
    }
}
