//! Whatever comes in from outside, bent at random: nothing panics, nothing wrong is taken for right.
//!
//! Each target begins with the files kept under `tests/data/corpus/` and with whole examples, and
//! bends them: bits, cuts, repetitions, pieces of one in the other. The dice are seeded, so that a
//! plain run tries the same inputs every time; `FUZZ_SECONDS=60` goes on for so long with dice of
//! the day. An input that brings a target down, that it does not come to an end with, or that takes
//! too much memory, is written into its corpus, to be tried first from then on.

mod bend;
mod command;
mod kept_file;
mod target;

use std::{
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::{Duration, Instant},
};

use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};
use sha2::{Digest, Sha256};

/// Inputs tried where no time is asked for.
const TRIES: usize = 300;
/// Bytes of an input: enough to bend, little enough to try thousands.
const LENGTH_MAX: usize = 64 * 1024;
/// How long a target may take for one input (S21), whatever else the machine does.
const WITHIN: Duration = Duration::from_secs(10);
/// By how many bytes an input may take the process beyond all it has ever had: twice what a
/// spreadsheet may take, since another target runs beside it. Told only where nothing but targets
/// runs, which is where a time is asked for.
const MEMORY_MAX: u64 = 300 * 1024 * 1024;

fn corpus(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/corpus").join(target)
}

/// What is kept for a target, in order of names.
fn kept(target: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(corpus(target))
        .map(|files| files.map(|file| file.expect("a file").path()).collect())
        .unwrap_or_default();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("readable")).collect()
}

/// Tries a target on its seeds and on bent ones.
fn fuzz(name: &'static str, examples: Vec<Vec<u8>>, target: impl FnMut(&[u8]) + Send + 'static) {
    let asked = env::var("FUZZ_SECONDS").ok().map(|seconds| seconds.parse().expect("seconds"));
    let until = asked.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let seed = if asked.is_some() { rand::random() } else { 1 };
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let mut pool = kept(name);
    pool.extend(examples);
    assert!(!pool.is_empty(), "{name} has something to begin with");
    let memory_max = asked.map_or(u64::MAX, |_| MEMORY_MAX);
    let apart = Apart { memory_max, ..Apart::with(name, target) };
    let mut tries = 0_usize;
    for input in &pool {
        apart.tries(input);
        tries += 1;
    }
    while until.map_or(tries < TRIES, |until| Instant::now() < until) {
        let one = &pool[dice.random_range(0..pool.len())];
        let other = &pool[dice.random_range(0..pool.len())];
        let mut input = bend::bent(one, other, &mut dice);
        input.truncate(LENGTH_MAX);
        apart.tries(&input);
        tries += 1;
    }
    if asked.is_some() {
        println!("fuzz {name}: {tries} inputs, seed {seed}, none brought it down");
    }
}

/// A target on a thread of its own, so that one that does not come to an end can be left there.
struct Apart {
    name: &'static str,
    within: Duration,
    memory_max: u64,
    inputs: Sender<Vec<u8>>,
    /// Whether it outlived the input.
    ends: Receiver<bool>,
}

impl Apart {
    fn with(name: &'static str, mut target: impl FnMut(&[u8]) + Send + 'static) -> Self {
        let (inputs, received) = channel::<Vec<u8>>();
        let (ended, ends) = channel();
        thread::spawn(move || {
            for input in received {
                let lives = catch_unwind(AssertUnwindSafe(|| target(&input))).is_ok();
                if ended.send(lives).is_err() {
                    return;
                }
            }
        });
        Self { name, within: WITHIN, memory_max: u64::MAX, inputs, ends }
    }

    fn tries(&self, input: &[u8]) {
        let before = most_memory();
        self.inputs.send(input.to_vec()).expect("it waits for inputs");
        match self.ends.recv_timeout(self.within) {
            Ok(true) => {}
            Ok(false) => self.fails("crash", "came down", input),
            Err(RecvTimeoutError::Timeout) => self.fails("hang", "took too long", input),
            Err(RecvTimeoutError::Disconnected) => self.fails("crash", "is gone", input),
        }
        if most_memory().saturating_sub(before) > self.memory_max {
            self.fails("memory", "took too much memory", input);
        }
    }

    /// Keeps an input and tells where.
    fn fails(&self, kind: &str, what: &str, input: &[u8]) {
        let digest = hex::encode(&Sha256::digest(input)[..8]);
        let path = corpus(self.name).join(format!("{kind}-{digest}"));
        fs::create_dir_all(corpus(self.name)).expect("a place to keep it");
        fs::write(&path, input).expect("kept");
        panic!("{} {what}; the input is kept in {}", self.name, path.display());
    }
}

/// The most bytes this process ever had in memory, where the system tells.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kibibytes.unwrap_or_default() * 1024
}

#[test]
fn an_input_that_a_target_does_not_end_with_is_kept_and_named() {
    let waits = |input: &[u8]| match input {
        b"endless" => thread::park(),
        input => assert_ne!(input, b"bad"),
    };
    let kept = corpus("nothing");
    for (input, what) in [(&b"endless"[..], "took too long"), (b"bad", "came down")] {
        let within = Duration::from_millis(200);
        let apart = Apart { within, ..Apart::with("nothing", waits) };
        apart.tries(b"good");
        let told = catch_unwind(AssertUnwindSafe(|| apart.tries(input))).expect_err("it fails");
        let told = told.downcast_ref::<String>().expect("words");
        let (said, path) = told.split_once("; the input is kept in ").expect("a path");
        assert_eq!(said, format!("nothing {what}"));
        assert_eq!(fs::read(path).expect("kept"), input);
    }
    fs::remove_dir_all(kept).expect("ours");
}
