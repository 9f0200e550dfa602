//! Certificates as the administrator handles them: made, named in the configuration, exchanged while
//! serving, refused where they cannot be used.

use std::{
    fs,
    net::SocketAddr,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use campus_dispatch::cli::tls::authority::Pair;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::server::{Server, binary, done, run, told};
use crate::web::secure::{self, Client};

/// Longer than a server takes to see to a signal.
const AT_LAST: Duration = Duration::from_secs(60);

/// A data directory with a configuration that names a certificate beside it.
struct Site {
    directory: TempDir,
    authority: Pair,
}

impl Site {
    fn new() -> Self {
        let site = Self {
            directory: TempDir::new().expect("a temporary directory"),
            authority: secure::authority(),
        };
        site.has(&secure::server(&site.authority));
        let (certificate, key) = (site.path("server.crt"), site.path("server.key"));
        let text = format!("[tls]\ncertificate = {certificate:?}\nkey = {key:?}\n");
        fs::write(site.path("dispatch.toml"), text).expect("a file");
        site
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Puts a certificate and its key where the configuration says.
    fn has(&self, pair: &Pair) {
        private(&self.path("server.key"), &pair.key);
        private(&self.path("server.crt"), &pair.certificate);
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = binary(&self.path("data"));
        command.args(args).args(["--listen", "127.0.0.1:0"]);
        command.arg("--config").arg(self.path("dispatch.toml"));
        command
    }

    fn serves(&self) -> Server {
        Server::of(&mut self.command(&["serve"]))
    }

    /// Insists that neither `serve` nor `config check` takes the files, with one message and code.
    fn is_refused(&self, because: &str) {
        let ends = [&["serve"][..], &["config", "check"]].map(|args| {
            let output = self.command(args).output().expect("the binary runs");
            (output.status.code(), told(&output))
        });
        assert_eq!(ends[0], ends[1], "`config check` ends as `serve`");
        assert_eq!(ends[0].0, Some(2), "{}", ends[0].1);
        assert!(ends[0].1.contains(because), "{} is not {because}", ends[0].1);
    }
}

fn private(path: &Path, text: &str) {
    fs::write(path, text).expect("written");
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("ours");
}

fn socket(server: &Server) -> SocketAddr {
    let (_, address) = server.address.split_once("https://").expect("an encrypted address");
    address.parse().expect("an address")
}

/// Waits until something is so.
async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < AT_LAST, "never: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn s01_cert_makes_what_a_server_serves_with_and_a_client_trusts() {
    let data = TempDir::new().expect("a temporary directory");
    let said = done(data.path(), &["cert", "dispatch.example", "192.0.2.7"]);
    let directory = data.path().join("tls");
    for name in ["authority.crt", "authority.key", "server.crt", "server.key"] {
        let mode = fs::metadata(directory.join(name)).expect(name).permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    // The configuration it prints is one.
    let begin = said.find("  [tls]").expect("a configuration");
    let lines: Vec<_> = said[begin..].lines().take(3).map(str::trim).collect();
    let config = data.path().join("dispatch.toml");
    fs::write(&config, lines.join("\n")).expect("written");
    let mut serve = binary(data.path());
    serve.args(["serve", "--listen", "127.0.0.1:0", "--config"]).arg(config);
    let server = Server::of(&mut serve);
    let authority = fs::read_to_string(directory.join("authority.crt")).expect("read");
    let client = Client::trusting(&Pair { certificate: authority, key: String::new() });
    let answer = client.opens(socket(&server), "/health/live").await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[test]
fn s01_cert_tells_how_each_kind_of_device_comes_to_trust_it() {
    let data = TempDir::new().expect("a temporary directory");
    let said = done(data.path(), &["cert", "dispatch.example", "192.0.2.7"]);
    let (_, trust) = said.split_once("Let phones and PCs trust it").expect("how to trust it");
    let steps = trust.split_whitespace().collect::<Vec<_>>().join(" ");
    for step in [
        "bring authority.crt to each of them and compare its fingerprint (SHA-256)",
        "Windows as administrator: certutil -addstore -f Root authority.crt",
        "Linux copy it to /usr/local/share/ca-certificates/ and run update-ca-certificates",
        "macOS open it, put it into the System keychain, set it to Always Trust",
        "Android, Settings > Security > Encryption and credentials > Install a certificate > \
         HarmonyOS CA certificate",
        "iPhone, iPad open it and install the profile",
        "switch it on under Settings > General > About > Certificate Trust Settings",
    ] {
        assert!(steps.contains(step), "no {step} in {trust}");
    }
    // What is to be compared is what the device will show, of the authority and not of the server.
    let authority = data.path().join("tls/authority.crt");
    let certificate = CertificateDer::from_pem_file(authority).expect("a certificate");
    let digest = hex::encode_upper(Sha256::digest(&certificate));
    let octets: Vec<_> = (0..digest.len()).step_by(2).map(|at| &digest[at..at + 2]).collect();
    assert!(trust.lines().any(|line| line.trim() == octets.join(":")), "{trust}");
    for (file, said_of_it) in [
        ("authority.crt", "not secret"),
        ("authority.key", "Take it off this"),
        ("server.key", "its secret"),
    ] {
        let line = said.lines().find(|line| line.trim_start().starts_with(file));
        let at = said.find(line.expect(file)).expect("there");
        assert!(said[at..].lines().take(2).any(|line| line.contains(said_of_it)), "{file}: {said}");
    }
}

#[test]
fn cert_run_again_keeps_the_authority() {
    let data = TempDir::new().expect("a temporary directory");
    let read = |name: &str| fs::read_to_string(data.path().join("tls").join(name)).expect(name);
    let first = done(data.path(), &["cert", "192.0.2.7"]);
    let (authority, server) = (read("authority.crt"), read("server.crt"));
    let again = done(data.path(), &["cert", "192.0.2.8"]);
    assert_eq!(read("authority.crt"), authority);
    assert_ne!(read("server.crt"), server);
    let fingerprint = |said: &str| {
        let mut lines = said.lines().map(str::trim);
        lines.find(|line| line.len() == 95 && line.contains(':')).expect("a fingerprint").to_owned()
    };
    assert_eq!(fingerprint(&first), fingerprint(&again));
}

#[test]
fn cert_without_the_authoritys_key_issues_nothing() {
    let data = TempDir::new().expect("a temporary directory");
    done(data.path(), &["cert", "192.0.2.7"]);
    let server = data.path().join("tls/server.crt");
    let before = fs::read(&server).expect("read");
    fs::remove_file(data.path().join("tls/authority.key")).expect("taken away");
    let output = run(data.path(), &["cert", "192.0.2.8"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("authority.key"), "{}", told(&output));
    assert_eq!(fs::read(&server).expect("read"), before);
}

#[test]
fn cert_takes_names_and_addresses_only() {
    let data = TempDir::new().expect("a temporary directory");
    for name in ["https://a.example", "a.example:8443", "a/b", "-a", "a..b", "1.2.3", "", "学校"]
    {
        let output = run(data.path(), &["cert", "--", name]);
        assert_eq!(output.status.code(), Some(2), "{name:?}: {}", told(&output));
    }
    assert!(!data.path().join("tls").exists());
}

#[tokio::test]
async fn s01_a_new_certificate_is_taken_up_without_a_restart() {
    let site = Site::new();
    let server = site.serves();
    let address = socket(&server);
    let new = secure::authority();
    site.has(&secure::server(&new));
    let pid = server.pid().to_string();
    assert!(Command::new("kill").args(["-HUP", &pid]).status().expect("kill runs").success());
    until("the new certificate", async || Client::trusting(&new).connects(address).await.is_ok())
        .await;
    assert!(Client::trusting(&site.authority).connects(address).await.is_err());
    assert_eq!(server.terminate().code(), Some(0));
}

/// The fingerprints of the certificates that were served with, as the record of access has them.
fn recorded(site: &Site) -> Vec<String> {
    let exported = done(&site.path("data"), &["export"]);
    let records = exported.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let events = records.map(|record| record["event"].clone());
    let configured = events.filter(|event| event["kind"] == "server_configured");
    let certificate = |event: Value| event["configuration"]["certificate"].as_str().map(Into::into);
    configured.map(|event| certificate(event).expect("a fingerprint")).collect()
}

#[tokio::test]
async fn s22_each_certificate_that_is_taken_up_is_a_record() {
    let site = Site::new();
    let server = site.serves();
    until("a first certificate", async || recorded(&site).len() == 1).await;
    site.has(&secure::server(&site.authority));
    let pid = server.pid().to_string();
    assert!(Command::new("kill").args(["-HUP", &pid]).status().expect("kill runs").success());
    until("a second certificate", async || recorded(&site).len() > 1).await;
    assert_eq!(server.terminate().code(), Some(0));
    assert_eq!(site.serves().terminate().code(), Some(0));
    let recorded = recorded(&site);
    assert_eq!(recorded.len(), 2, "a restart with the same leaves none");
    assert_ne!(recorded[0], recorded[1]);
}

#[tokio::test]
async fn s01_a_bad_file_at_a_reload_leaves_the_old_certificate_in_force() {
    let site = Site::new();
    let server = site.serves();
    let address = socket(&server);
    let other = secure::server(&site.authority);
    for (n, bad) in [
        "示例",
        "",
        &secure::issued(&site.authority, 3, 1).certificate,
        // Of another key.
        &other.certificate,
    ]
    .into_iter()
    .enumerate()
    {
        private(&site.path("server.crt"), bad);
        let pid = server.pid().to_string();
        assert!(Command::new("kill").args(["-HUP", &pid]).status().expect("kill runs").success());
        until("refused and told", async || {
            server.told().matches("the certificate stays as it was").count() > n
        })
        .await;
        let answer = Client::trusting(&site.authority).opens(address, "/health/live").await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{bad}: {answer}");
    }
}

#[test]
fn a_server_without_a_certificate_survives_a_reload() {
    let data = TempDir::new().expect("a temporary directory");
    let server = Server::start(data.path());
    let pid = server.pid().to_string();
    assert!(Command::new("kill").args(["-HUP", &pid]).status().expect("kill runs").success());
    assert_eq!(server.terminate().code(), Some(0), "stopped by the later signal, in order");
}

#[test]
fn a_certificate_that_has_expired_is_refused() {
    let site = Site::new();
    site.has(&secure::issued(&site.authority, 3, 1));
    site.is_refused("expired at ");
}

#[test]
fn a_certificate_that_is_not_good_yet_is_refused() {
    let site = Site::new();
    site.has(&secure::issued(&site.authority, -3, 10));
    site.is_refused("good only from ");
}

#[test]
fn a_key_that_is_not_the_certificates_is_refused() {
    let site = Site::new();
    private(&site.path("server.key"), &secure::server(&site.authority).key);
    site.is_refused("does not fit the certificate");
}

#[test]
fn a_key_that_everybody_can_read_is_refused() {
    let site = Site::new();
    let key = site.path("server.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).expect("ours");
    site.is_refused("chmod o= ");
    // The group that may read certificates is no everybody.
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).expect("ours");
    let output = site.command(&["config", "check"]).output().expect("the binary runs");
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
}

#[test]
fn files_that_hold_no_certificate_or_key_are_refused() {
    for (name, text, because) in [
        ("server.crt", "", "holds no certificate"),
        ("server.crt", "示例", "holds no certificate"),
        (
            "server.crt",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "is no certificate",
        ),
        ("server.key", "", "holds no private key"),
        ("server.key", "示例", "holds no private key"),
    ] {
        let site = Site::new();
        private(&site.path(name), text);
        site.is_refused(because);
    }
    let site = Site::new();
    fs::remove_file(site.path("server.crt")).expect("taken away");
    site.is_refused("cannot read ");
}

#[test]
fn s01_with_a_certificate_every_address_may_be_listened_on() {
    let site = Site::new();
    let mut command = binary(&site.path("data"));
    command.args(["serve", "--listen", "0.0.0.0:0", "--config"]).arg(site.path("dispatch.toml"));
    let server = Server::of(&mut command);
    assert!(server.address.starts_with("https://localhost:"), "{}", server.address);
}

#[test]
fn watch_shows_an_encrypted_servers_board_to_whom_its_authority_is_named() {
    let site = Site::new();
    let data = site.path("data");
    let token = done(&data, &["account", "add", "terminal", "--role", "screen", "--token"]);
    private(&site.path("token"), &token);
    fs::write(site.path("authority.crt"), &site.authority.certificate).expect("written");
    let server = site.serves();
    let watch = |authority: &[&str]| {
        let mut watch = binary(&data);
        watch.args(["watch", "--once", "--server", &server.address, "--token-file"]);
        watch.arg(site.path("token")).args(authority).output().expect("the binary runs")
    };
    let path = site.path("authority.crt").display().to_string();
    let trusting = watch(&["--authority", &path]);
    assert_eq!(trusting.status.code(), Some(0), "{}", told(&trusting));
    let doubting = watch(&[]);
    assert_eq!(doubting.status.code(), Some(1));
    assert!(told(&doubting).contains("certificate"), "{}", told(&doubting));
}
