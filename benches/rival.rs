//! DuckDB on the same rows, through Python, where it is set up.

use std::{
    fs::File,
    io::{BufWriter, Write},
    process::{Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;

use crate::handled::Told;

/// The rows as a file that DuckDB reads in.
pub struct Rival {
    directory: TempDir,
    rows: BufWriter<File>,
}

/// The median time of a question, the processor time of one answer, and its rows as the bench
/// writes them.
pub struct Answered {
    pub took: Duration,
    pub worked: Duration,
    pub rows: Vec<String>,
}

impl Rival {
    /// The rival, if Python has it.
    pub fn found() -> Option<Self> {
        let there = Command::new("python3")
            .args(["-c", "import duckdb"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        there.then(|| {
            let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory");
            let file = File::create(directory.path().join("rows.csv")).expect("a file");
            Self { directory, rows: BufWriter::new(file) }
        })
    }

    pub fn take(&mut self, told: &Told<'_>) {
        let counted = told.counted.map_or("", |met| if met { "1" } else { "0" });
        let response = told.response.map_or_else(String::new, |span| span.millis().to_string());
        let (received_ms, tier, school) = (told.received_at.millis(), told.tier, told.school);
        writeln!(self.rows, "{received_ms},{tier},{school},{counted},{response}").expect("written");
    }

    /// Asks every question, in the order of [`crate::questions`].
    pub fn answers(mut self) -> Vec<Answered> {
        self.rows.flush().expect("written");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/rival.py");
        let output = Command::new("python3")
            .arg(script)
            .arg(self.directory.path().join("rows.csv"))
            .stderr(Stdio::inherit())
            .output()
            .expect("python3");
        assert!(output.status.success(), "the script failed");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let mut answers: Vec<Answered> = Vec::new();
        for line in text.lines() {
            match (line.strip_prefix("took "), answers.last_mut()) {
                (Some(times), _) => {
                    let read = |text: &str| text.parse().map(Duration::from_secs_f64);
                    let times = times.split_once(' ').expect("two times");
                    let (took, worked) = (read(times.0), read(times.1));
                    let (took, worked) = (took.expect("seconds"), worked.expect("seconds"));
                    answers.push(Answered { took, worked, rows: Vec::new() });
                }
                (None, Some(answer)) => answer.rows.push(line.to_owned()),
                (None, None) => println!("{line}"),
            }
        }
        answers
    }
}
