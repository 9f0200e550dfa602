//! Whatever comes in from outside, bent at random: nothing panics, nothing wrong is taken for right.
//!
//! Each target begins with the files kept under `tests/data/corpus/` and with whole examples, and
//! bends them: bits, cuts, repetitions, pieces of one in the other. The dice are seeded, so that a
//! plain run tries the same inputs every time; `FUZZ_SECONDS=60` goes on for so long with dice of
//! the day. An input that brings a target down is written into its corpus, to be tried first from
//! then on.

mod bend;
mod target;

use std::{
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};
use sha2::{Digest, Sha256};

/// Inputs tried where no time is asked for.
const TRIES: usize = 300;
/// Bytes of an input: enough to bend, little enough to try thousands.
const LENGTH_MAX: usize = 64 * 1024;

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
fn fuzz(name: &str, examples: Vec<Vec<u8>>, mut target: impl FnMut(&[u8])) {
    let asked = env::var("FUZZ_SECONDS").ok().map(|seconds| seconds.parse().expect("seconds"));
    let until = asked.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let seed = if asked.is_some() { rand::random() } else { 1 };
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let mut pool = kept(name);
    pool.extend(examples);
    assert!(!pool.is_empty(), "{name} has something to begin with");
    let mut tries = 0_usize;
    for input in &pool {
        try_one(name, input, &mut target);
        tries += 1;
    }
    while until.map_or(tries < TRIES, |until| Instant::now() < until) {
        let one = &pool[dice.random_range(0..pool.len())];
        let other = &pool[dice.random_range(0..pool.len())];
        let mut input = bend::bent(one, other, &mut dice);
        input.truncate(LENGTH_MAX);
        try_one(name, &input, &mut target);
        tries += 1;
    }
    if asked.is_some() {
        println!("fuzz {name}: {tries} inputs, seed {seed}, none brought it down");
    }
}

fn try_one(name: &str, input: &[u8], target: &mut impl FnMut(&[u8])) {
    if catch_unwind(AssertUnwindSafe(|| target(input))).is_err() {
        let digest = hex::encode(&Sha256::digest(input)[..8]);
        let path = corpus(name).join(format!("crash-{digest}"));
        fs::write(&path, input).expect("kept");
        panic!("{name} came down; the input is kept in {}", path.display());
    }
}
