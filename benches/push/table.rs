//! The table: medians of the rounds, and what each is of the limit.

use super::run::{Figure, Finding};
use crate::process::median;

type Of = fn(&Finding) -> &Figure;

const WAYS: [(&str, Of, &str); 3] = [
    ("paced", |finding| &finding.paced, "lone"),
    ("4 under way", |finding| &finding.burst_4, "bare"),
    ("64 under way", |finding| &finding.burst_64, "bare"),
];

/// Prints it.
pub fn print(findings: &[Finding], servers: &[&str]) {
    let frame = median(findings.iter().map(|finding| finding.frame as f64));
    let wrong: u64 = findings.iter().map(|finding| finding.wrong).sum();
    println!("frames of {frame:.0} bytes on the mean; {wrong} lost or told twice\n");
    let mut counts: Vec<usize> = findings.iter().map(|finding| finding.sockets).collect();
    counts.sort_unstable();
    counts.dedup();
    for sockets in counts.into_iter().filter(|count| *count > 1) {
        println!(
            "| {sockets} sockets | CPU µs per delivery | × limit | push alone × | last socket p50 / p99 ms | × | kB per idle socket |"
        );
        println!("| --- | --- | --- | --- | --- | --- | --- |");
        for (way, of, limit) in WAYS {
            for server in servers {
                row(findings, sockets, way, of, (server, limit));
            }
        }
        println!();
    }
}

fn row(findings: &[Finding], sockets: usize, way: &str, of: Of, (server, limit): (&str, &str)) {
    let middle = |server: &str, sockets: usize, value: &dyn Fn(&Finding) -> f64| {
        let mine = findings.iter().filter(|one| one.server == server && one.sockets == sockets);
        median(mine.map(value))
    };
    let cpu = |one: &Finding| of(one).cpu_per_frame;
    let p50 = |one: &Finding| of(one).p50;
    let each = middle(server, sockets, &cpu) / sockets as f64;
    let least = middle(limit, sockets, &cpu) / sockets as f64;
    let alone = match server {
        "product" => {
            let engine = middle(server, 1, &cpu);
            format!("{:.2}", (each - engine / sockets as f64) / least)
        }
        _ => "–".to_owned(),
    };
    println!(
        "| {server}, {way} | {each:.3} | {:.2} | {alone} | {:.1} / {:.1} | {:.2} | {:.1} |",
        each / least,
        middle(server, sockets, &p50),
        middle(server, sockets, &|one| of(one).p99),
        middle(server, sockets, &p50) / middle(limit, sockets, &p50),
        middle(server, sockets, &|one| one.idle) / 1024.0,
    );
}
