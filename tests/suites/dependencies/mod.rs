//! What the product is made of besides itself: under which licences, from where, and how often.
//! Read from the lock files, without a network.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

use serde_json::Value;
use spdx::{Expression, LicenseReq, ParseMode};

/// Licences under which a product may be delivered as one binary without its own source.
const ALLOWED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "WTFPL",
    "Zlib",
];

/// Licences of what only tests run, and is not delivered.
const ALLOWED_IN_TESTS: [&str; 1] = ["MPL-2.0"];

/// Where crates may come from.
const SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Crates there must be one of: two would not fit together, or be mended only once.
const ONCE: [&str; 13] = [
    "axum",
    "chrono",
    "hyper",
    "ring",
    "rusqlite",
    "rustls",
    "rustls-webpki",
    "serde",
    "serde_json",
    "tokio",
    "tokio-rustls",
    "tracing",
    "zip",
];

/// Versions beyond the first of any crate, all together. Each costs time at every build.
const SURPLUS_MAX: usize = 40;

/// A crate that is linked in.
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
}

/// Every crate of this system's build, the tests' included.
fn packages() -> Vec<Package> {
    let host = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let host = String::from_utf8(host.stdout).expect("UTF-8");
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .args(["--filter-platform", host])
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let resolved: BTreeSet<&str> = metadata["resolve"]["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .filter_map(|node| node["id"].as_str())
        .collect();
    let all = metadata["packages"].as_array().expect("packages").iter();
    let text = |package: &Value, key: &str| package[key].as_str().map(str::to_owned);
    let linked = all.filter(|one| one["id"].as_str().is_some_and(|id| resolved.contains(id)));
    linked
        .map(|one| Package {
            name: text(one, "name").expect("a name"),
            version: text(one, "version").expect("a version"),
            license: text(one, "license"),
            source: text(one, "source"),
        })
        .collect()
}

/// Whether a licence, as its package writes it, leaves an allowed choice.
fn is_allowed(license: &str, also: &[&str]) -> bool {
    let Ok(expression) = Expression::parse_mode(license, ParseMode::LAX) else { return false };
    expression.evaluate(|wanted: &LicenseReq| {
        let id = wanted.license.id().map(|id| id.name);
        id.is_some_and(|id| ALLOWED.contains(&id) || also.contains(&id))
    })
}

#[test]
fn every_crate_has_an_allowed_licence() {
    let packages = packages();
    let wrong: Vec<_> = packages
        .iter()
        .filter(|one| !one.license.as_deref().is_some_and(|license| is_allowed(license, &[])))
        .map(|one| format!("{} {}: {:?}", one.name, one.version, one.license))
        .collect();
    assert!(packages.len() > 100, "only {} crates were found", packages.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_crate_comes_from_the_registry() {
    for one in packages() {
        let is_ours = one.name == env!("CARGO_PKG_NAME");
        assert!(is_ours || one.source.as_deref() == Some(SOURCE), "{}: {:?}", one.name, one.source);
    }
}

#[test]
fn no_crate_is_there_too_often() {
    let mut versions = BTreeMap::<String, BTreeSet<String>>::new();
    for one in packages() {
        versions.entry(one.name).or_default().insert(one.version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    for name in ONCE {
        assert!(!versions.contains_key(name), "{name} is there as {:?}", versions[name]);
    }
    let surplus: usize = versions.values().map(|versions| versions.len() - 1).sum();
    assert!(surplus <= SURPLUS_MAX, "{surplus} versions too many: {versions:#?}");
}

/// Every package of a lock file of npm's, with its licence and the hash it is checked by.
fn npm_packages(lock: &str) -> Vec<(String, Value)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(lock);
    let text = fs::read_to_string(path).expect(lock);
    let lock: Value = serde_json::from_str(&text).expect("JSON");
    let packages = lock["packages"].as_object().expect("packages").clone();
    packages.into_iter().filter(|(name, _)| !name.is_empty()).collect()
}

#[test]
fn every_package_of_the_screens_has_an_allowed_licence_and_a_hash() {
    for (lock, also) in [
        ("static/package-lock.json", &[][..]),
        ("tests/browser/package-lock.json", &ALLOWED_IN_TESTS),
    ] {
        let packages = npm_packages(lock);
        assert!(!packages.is_empty(), "{lock}");
        for (name, package) in packages {
            let license = package["license"].as_str().unwrap_or_default();
            assert!(is_allowed(license, also), "{name} in {lock}: {license:?}");
            assert!(package["integrity"].is_string(), "{name} in {lock} has no hash");
        }
    }
}

#[test]
fn a_licence_that_asks_for_the_source_is_noticed() {
    for (license, allowed) in [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0 OR MIT", true),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("GPL-3.0", false),
        ("AGPL-3.0-only", false),
        ("MIT AND MPL-2.0", false),
        ("LicenseRef-Proprietary", false),
        ("", false),
    ] {
        assert_eq!(is_allowed(license, &[]), allowed, "{license:?}");
    }
}
