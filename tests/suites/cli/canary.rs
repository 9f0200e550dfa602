//! A day of secrets, each said to the real server and taken by it, and none of them found in its log
//! (S23).

use std::net::SocketAddr;

use campus_dispatch::domain::{Timestamp, Within};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::server::{Server, binary};
use crate::{
    push::viewer::{self, Viewer},
    web::{
        actor::{Answer, Caller, Credentials, answer},
        visitor::{Browser, code_at},
    },
};

const CHIEF: &str = "canary-password-示例";
const WRONG: &str = "canary-wrong-password";
const GIVEN: &str = "canary-given-password";
const CHOSEN: &str = "canary-chosen-password";
const CHANGED: &str = "canary-changed-password";
const STRANGE: &str = "canarytokencanarytokencanarytoken";
const CALLER: &str = "13900009999";
const LEADER: &str = "13900008888";
const SUMMARY: &str = "canary-summary";

/// What was said and must not be found again, each with what it is.
#[derive(Default)]
struct Secrets(Vec<(&'static str, String)>);

impl Secrets {
    fn keep(&mut self, what: &'static str, secret: impl Into<String>) -> String {
        let secret = secret.into();
        assert!(!secret.is_empty(), "{what}");
        self.0.push((what, secret.clone()));
        secret
    }

    /// What a browser was given to keep.
    fn keep_cookies(&mut self, browser: &Browser) {
        for (name, what) in [("campus_session", "a session"), ("campus_device", "a device's mark")]
        {
            self.keep(what, &browser.cookies[name]);
        }
    }

    /// Whatever is found all the same: what it is, and the line that tells it.
    fn found<'a>(&self, log: &'a str) -> Option<(&'static str, &'a str)> {
        self.0.iter().find_map(|(what, secret)| {
            log.lines().find(|line| tells(line, secret)).map(|line| (*what, line))
        })
    }
}

/// Whether a line holds a secret. Six digits count as a word of their own: a longer number, or the
/// fraction of a second, may hold any of them.
fn tells(line: &str, secret: &str) -> bool {
    match secret.len() {
        6 => line.split(|c: char| !c.is_alphanumeric()).any(|word| word == secret),
        _ => line.contains(secret),
    }
}

/// The real server, talking as much as it can, and its address.
fn talkative(data: &TempDir) -> (Server, SocketAddr) {
    let mut serve = binary(data.path());
    serve.args(["serve", "--listen", "127.0.0.1:0"]).env("CAMPUS_DISPATCH_LOG", "trace");
    let server = Server::of(&mut serve);
    let address = server.address.strip_prefix("http://").expect("in the clear").parse();
    (server, address.expect("an address"))
}

#[tokio::test]
async fn s23_the_log_holds_no_secret_at_any_level_and_no_control_character() {
    let data = TempDir::new().expect("a temporary directory");
    let (mut server, address) = talkative(&data);
    let mut secrets = Secrets::default();
    let link = server.next_line();
    let (_, setup) = link.trim_end().split_once("/setup#").expect("a link");

    let setup = secrets.keep("the set-up token", setup);
    let chief = an_administrator_comes_in(address, &setup, &mut secrets).await;
    let (wall_token, gateway) = furnishes(&chief, address, &mut secrets).await;
    let (desk, wall) = people_log_in(address, &wall_token, &mut secrets).await;
    an_alert_is_raised_and_shown(&desk, &wall, &gateway).await;
    strangers_try(address, &server.address, &mut secrets).await;

    server.ask_to_stop();
    assert_eq!(server.ended().code(), Some(0));
    let log = server.told();
    for level in ["TRACE", "INFO"] {
        assert!(log.lines().any(|line| line.contains(level)), "nothing is told at {level}: {log}");
    }
    assert!(log.lines().any(|line| line.contains("/session/enrolment") && line.contains("200")));
    for (what, personal) in
        [("a caller", CALLER), ("a leader", LEADER), ("what was reported", SUMMARY)]
    {
        secrets.keep(what, personal);
    }
    assert_eq!(secrets.found(&log), None);
    let control = log.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(control, None);
    assert!(!log.lines().any(|line| line.starts_with("INFO forged")), "a forged line");
}

/// The first administrator is made, enrols a second factor and comes in by its codes.
async fn an_administrator_comes_in(
    address: SocketAddr,
    setup: &str,
    secrets: &mut Secrets,
) -> Caller {
    let mut browser = Browser::of(address, "192.0.2.1");
    let password = secrets.keep("a password", CHIEF);
    let first = json!({ "token": setup, "account": "chief", "password": password });
    browser.posts("/setup", first).await.is(201);
    let asked = json!({ "account": "chief", "password": password });
    browser.posts("/session", asked.clone()).await.refused_with(403, "enrolment_needed");
    let offer = browser.posts("/session/enrolment", asked).await.is(200).body;
    let secret = secrets.keep("a second factor", offer["secret"].as_str().expect("a secret"));
    secrets.keep("its address", offer["uri"].as_str().expect("an address"));
    let now = now();
    let code = secrets.keep("the first code", code_at(now, &secret));
    let confirm =
        json!({ "account": "chief", "password": password, "secret": secret, "code": code });
    let enrolled = browser.posts("/session/enrolment/confirm", confirm).await.is(200).body;
    secrets.keep_cookies(&browser);
    let recovery = enrolled["recovery_codes"].as_array().expect("codes");
    for code in recovery.iter().filter_map(Value::as_str) {
        secrets.keep("a recovery code", code);
        secrets.keep("a recovery code, typed in one", code.replace('-', ""));
    }

    let login = |code: &str| json!({ "account": "chief", "password": password, "code": code });
    let next = secrets.keep("a login code", code_at(now + Within::from_seconds(30), &secret));
    browser.posts("/session", login(&next)).await.is(200);
    secrets.keep_cookies(&browser);
    browser.posts("/session", login(&next)).await.refused_with(401, "code_already_used");
    browser.posts("/session", login(recovery[0].as_str().expect("a code"))).await.is(200);
    secrets.keep_cookies(&browser);
    secrets.keep("a wrong password", WRONG);
    let mut elsewhere = Browser::of(address, "192.0.2.2");
    elsewhere.tries("chief", WRONG).await.refused_with(401, "credentials_wrong");
    // Somebody types the password where the name belongs.
    elsewhere.tries(CHIEF, "chief").await.refused_with(401, "credentials_wrong");
    browser.gets("/session").await.is(200);
    Caller::new(address, Credentials::Cookie(browser.cookies["campus_session"].clone()))
}

/// A station comes in with a file and accounts are added; the wall's token, and the gateway.
async fn furnishes(chief: &Caller, address: SocketAddr, secrets: &mut Secrets) -> (String, Caller) {
    let stations =
        format!("id,name,leader_name,leader_phone\nP-1,示例派出所,示例值班长,{LEADER}\n");
    let import = chief.request(Method::POST, "/imports/stations");
    let imported = answer(import.header("content-type", "text/csv").body(stations)).await.is(200);
    assert_eq!(imported.body["added"], 1, "{}", imported.text);
    let station = chief.gets("/stations/P-1").await.is(200);
    assert!(station.text.contains(LEADER), "the number came in: {}", station.text);

    let given = secrets.keep("a password given to somebody", GIVEN);
    let desk = json!({ "name": "desk", "role": "operator", "password": given });
    chief.posts("/accounts", desk).await.is(201);
    let mut token =
        |made: &Answer| secrets.keep("a token", made.body["token"].as_str().expect("a token"));
    let wall = json!({ "name": "wall", "role": "screen", "station": "P-1" });
    token(&chief.posts("/accounts", wall).await.is(201));
    let wall = token(&chief.posts("/accounts/wall/token", json!({})).await.is(200));
    let gateway = json!({ "name": "keys", "role": "gateway" });
    let gateway = token(&chief.posts("/accounts", gateway).await.is(201));
    (wall, Caller::new(address, Credentials::Token(gateway)))
}

/// A desk chooses a password, changes it and is unlocked; a wall comes in with its token.
async fn people_log_in(
    address: SocketAddr,
    wall_token: &str,
    secrets: &mut Secrets,
) -> (Caller, Caller) {
    let mut browser = Browser::of(address, "192.0.2.3");
    browser.tries("desk", GIVEN).await.refused_with(403, "password_change_needed");
    let chosen = secrets.keep("a chosen password", CHOSEN);
    let login = json!({ "account": "desk", "password": GIVEN, "new_password": chosen });
    browser.posts("/session", login).await.is(200);
    secrets.keep_cookies(&browser);
    let changed = secrets.keep("a changed password", CHANGED);
    let change = json!({ "current": chosen, "new": changed });
    browser.posts("/session/password", change).await.is(204);
    browser.posts("/session/lock", json!({})).await.is(200);
    let unlock = |password: &str| json!({ "password": password });
    let refused = browser.posts("/session/unlock", unlock(WRONG)).await;
    refused.refused_with(401, "credentials_wrong");
    browser.posts("/session/unlock", unlock(&changed)).await.is(200);
    let desk = Caller::new(address, Credentials::Cookie(browser.cookies["campus_session"].clone()));

    let mut browser = Browser::of(address, "192.0.2.4");
    browser.posts("/session/device", json!({ "token": wall_token })).await.is(200);
    secrets.keep_cookies(&browser);
    let wall = Caller::new(address, Credentials::Cookie(browser.cookies["campus_session"].clone()));
    (desk, wall)
}

/// A call and a gateway's alarm are taken, and shown on sockets that were let in by each kind of
/// credentials.
async fn an_alert_is_raised_and_shown(desk: &Caller, wall: &Caller, gateway: &Caller) {
    let mut viewers = Vec::new();
    for caller in [desk, wall] {
        let mut request = viewer::request(caller, "");
        request.headers_mut().insert("origin", caller.url("").parse().expect("an origin"));
        let mut viewer = Viewer::upgrades(request).await;
        let board = viewer.shown("fresh").await;
        viewers.push((viewer, board));
    }
    assert_eq!(viewer::refusal(viewer::request(gateway, "")).await, 403);
    let call = json!({
        "source": "phone110", "category": "FIGHT", "place": { "text": "示例路口" },
        "caller_phone": CALLER, "summary": SUMMARY,
    });
    let alert = desk.posts("/alerts", call).await.is(201).alert();
    let shown = desk.gets(&format!("/alerts/{alert}")).await.is(200);
    assert!(shown.text.contains(SUMMARY), "{}", shown.text);
    let alarm = json!({
        "source": "one_key_alarm", "category": "ATTACK", "place": { "text": "示例门卫室" },
        "source_alarm_id": "host-1",
    });
    let alarm = gateway.posts("/alerts", alarm).await.is(201);
    let seq = alarm.body["seq"].as_u64().expect("a position");
    for (mut viewer, mut board) in viewers {
        viewer.reaches(&mut board, seq).await;
    }
}

/// What nobody is let in with, and what would break a line.
async fn strangers_try(address: SocketAddr, url: &str, secrets: &mut Secrets) {
    let token = secrets.keep("a strange token", STRANGE);
    let stranger = Caller::new(address, Credentials::Token(token.clone()));
    stranger.gets("/alerts").await.refused_with(401, "login_needed");
    assert_eq!(viewer::refusal(viewer::request(&stranger, "")).await, 401);
    let nobody = Caller::new(address, Credentials::None);
    nobody.gets(&format!("/alerts?token={token}")).await.refused_with(401, "login_needed");
    let device = nobody.posts("/session/device", json!({ "token": token })).await;
    device.refused_with(401, "device_token_wrong");
    for path in ["/%1b[2J", "/a%0d%0aINFO%20forged", "/%e2%80%ae", "/\u{9b}x"] {
        let answer = reqwest::get(format!("{url}{path}")).await.expect("an answer");
        assert_eq!(answer.status(), 404, "{path}");
    }
}

fn now() -> Timestamp {
    let since = std::time::UNIX_EPOCH.elapsed().expect("after 1970");
    Timestamp::from_millis(i64::try_from(since.as_millis()).expect("soon"))
}
