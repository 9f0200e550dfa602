//! S13 over the whole API: every role at every route that tells something, and every file that is
//! taken away. Each holds three things that are somebody's own: a caller's number, a contact's
//! number, and a contact's name. Where each may be read is one table here; everywhere else it is
//! masked.

use Role::*;
use campus_dispatch::domain::{Role, Within};
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    actor::Caller,
    house::{ACCOUNTS, House, START},
    roles::table::{Another, DESK, table},
};
use crate::statistics::read_back::texts_without_formulas;

const CALLER: &str = "13800001234";
const CONTACT: &str = "13800000000";
const NAME: &str = "示例值班室";

/// Who may read it there.
fn due(told: &str, place: &str) -> &'static [Role] {
    const CALLS_THERE: &[Role] = &[Operator, Supervisor, Admin];
    match (told, place) {
        (CALLER, "/alerts/1" | "/alerts/1/report") => DESK,
        // The records as they are, for whoever checks them; a file, and recorded as one.
        (CALLER, "/alerts/1/proof") => &[Auditor],
        (CONTACT | NAME, "/schools/S-1" | "/stations/P-1") => CALLS_THERE,
        (NAME, "/schools" | "/stations") => &[Admin],
        // What an administrator has changed.
        (NAME, "/access-record") => &[Auditor],
        // They say who answers for a station.
        (NAME, place) if place.starts_with("/reports/") => &[Supervisor, Manager, Auditor],
        _ => &[],
    }
}

#[track_caller]
fn check(text: &str, place: &str, role: Role) {
    for told in [CALLER, CONTACT, NAME] {
        let is_told = text.contains(told);
        assert_eq!(is_told, due(told, place).contains(&role), "{told} at {place} as {role:?}");
    }
}

/// One alert with a caller's number, handled from its receipt to its closing and drawn as a sample.
async fn a_day() -> House {
    let house = House::open().await;
    house.at_second(1).await;
    let operator = house.operator();
    let alert = operator.raises().await;
    let sent = operator.dispatches("U-1", alert).await;
    house.at_second(60).await;
    house.phone("U-1").takes("arrive", sent).await.is(200);
    house.phone("U-1").takes("clear", sent).await.is(200);
    let resolve = json!({ "disposition": "mediated", "result": "示例" });
    operator.posts(&format!("/alerts/{alert}/resolve"), resolve).await.is(200);
    let close = json!({ "police_count": 2, "injured_count": 0, "validity": "valid" });
    operator.posts(&format!("/alerts/{alert}/close"), close).await.is(200);
    house.at_second(100).await;
    let lot =
        json!({ "seed": 7, "from": START, "to": START + Within::from_seconds(99), "size": 1 });
    house.caller("manager").posts("/samples", lot).await.is(200);
    house
}

/// The route as it is asked on that day.
fn on_that_day(path: &str) -> String {
    let at = |second| (START + Within::from_seconds(second)).to_string();
    path.replace("2026-01-01T00:00:00Z", &at(90)).replace("2026-01-02T00:00:00Z", &at(99))
}

fn place(path: &str) -> &str {
    path.split('?').next().unwrap_or_default()
}

#[tokio::test]
async fn s13_no_role_reads_a_number_or_a_name_that_is_not_for_it_to_read() {
    let house = a_day().await;
    let reads = table().into_iter().filter(|row| row.method == Method::GET);
    for row in reads.filter(|row| row.path != "/live") {
        for (account, role) in ACCOUNTS {
            let answer = house.caller(account).gets(&on_that_day(row.path)).await;
            let is_own = account == "phone-U-1" || row.phone == Another::Alike;
            if row.may.contains(&role) && (is_own || role != Unit) {
                assert_eq!(answer.status, 200, "{} as {account}: {}", row.path, answer.text);
            }
            check(&answer.text, place(row.path), role);
        }
    }
}

/// The records of the morning are told again as they were: the alert, the school, the station.
#[tokio::test]
async fn s13_the_past_is_masked_like_the_present() {
    let house = a_day().await;
    let records = on_that_day("/replay/records?after=0&until=2026-01-01T00:00:00Z");
    let board = on_that_day("/replay/board?at=2026-01-01T00:00:00Z");
    for account in ["supervisor", "manager", "auditor"] {
        let caller = house.caller(account);
        let frames = caller.gets(&records).await.is(200).body["frames"].clone();
        let frames = frames.as_array().expect("a list");
        let told = |kind: &str| frames.iter().find(|frame| frame["kind"] == kind).expect("told");
        assert_eq!(told("alert_raised")["alert"]["caller_phone"], "138****1234", "{account}");
        assert_eq!(told("school_defined")["school"]["contact"], masked(), "{account}");
        assert_eq!(told("station_defined")["station"]["leader"], masked(), "{account}");
        let snapshot = caller.gets(&board).await.is(200).body["snapshot"].clone();
        assert_eq!(snapshot["schools"][0]["contact"], masked(), "{account}");
        assert_eq!(snapshot["stations"][0]["leader"], masked(), "{account}");
    }
}

fn masked() -> Value {
    json!({ "name": "示**", "phone": "138****0000" })
}

/// What a page saves or prints of what it shows anyway: of that only the taking is told here.
const MADE_BY_A_PAGE: [&str; 3] =
    ["/alerts/1/report/export", "/alerts/handover/export", "/statistics/response/export"];

/// The file of a report, as text.
async fn takes(caller: &Caller, path: &str, format: &str) -> (u16, String) {
    let request = caller.request(Method::POST, &format!("{path}?format={format}"));
    let response = request.send().await.expect("an answer");
    let status = response.status().as_u16();
    let bytes = response.bytes().await.expect("a whole answer");
    let text = match (status, format) {
        (200, "xlsx") => texts_without_formulas(&bytes).into_iter().collect(),
        _ => String::from_utf8(bytes.to_vec()).expect("text"),
    };
    (status, text)
}

#[tokio::test]
async fn s13_no_file_that_is_taken_away_holds_a_number() {
    let house = a_day().await;
    let exports = table().into_iter().filter(|row| row.path.contains("/export"));
    for row in exports.filter(|row| !MADE_BY_A_PAGE.contains(&place(row.path))) {
        let path = place(row.path);
        for format in ["csv", "xlsx", "print"] {
            for (account, role) in ACCOUNTS {
                let (status, text) = takes(&house.caller(account), path, format).await;
                let expected = match row.may.contains(&role) {
                    true if format == "print" => 204,
                    true => 200,
                    false => 403,
                };
                assert_eq!(status, expected, "{path} as {format} by {account}: {text}");
                // Of what is printed the page tells, which was read as any page is.
                if expected == 200 {
                    check(&text, path, role);
                }
            }
        }
    }
}

#[tokio::test]
async fn s13_a_contact_that_was_opened_is_in_the_record_of_access_once() {
    let house = House::open().await;
    let opened = ["operator", "supervisor", "admin"];
    for account in opened.into_iter().chain(["manager", "auditor", "screen", "phone-U-1"]) {
        for path in ["/schools/S-1", "/schools/S-1", "/stations/P-1", "/schools", "/stations"] {
            house.caller(account).gets(path).await.is(200);
        }
    }
    let views = "/access-record?kind=personal_data_viewed";
    let found = house.caller("auditor").gets(views).await.is(200).body["records"].clone();
    let found = found.as_array().expect("a list").iter().rev();
    let told: Vec<_> = found.map(|one| (one["by"].clone(), one["detail"]["of"].clone())).collect();
    let expected = opened.map(|account| {
        [json!({ "school": "S-1" }), json!({ "station": "P-1" })].map(|of| (json!(account), of))
    });
    assert_eq!(told, expected.concat());
}

#[tokio::test]
async fn s13_a_contact_whose_number_is_not_known_is_nobodys_to_look_at() {
    let house = House::open().await;
    let school = json!({ "name": "示例", "kind": "primary", "zone": "B" });
    house.admin().puts("/schools/S-9", school).await.is(200);
    let written = house.written();
    house.operator().gets("/schools/S-9").await.is(200);
    assert_eq!(house.written(), written);
}

/// Saving what a list shows would lose what it hides.
#[tokio::test]
async fn s13_what_is_masked_is_not_taken_for_a_number() {
    let house = House::open().await;
    let admin = house.admin();
    for contact in [json!({ "name": NAME, "phone": "138****0000" }), masked()] {
        let school =
            json!({ "name": "示例", "kind": "primary", "zone": "B", "contact": contact.clone() });
        let refused = admin.puts("/schools/S-1", school).await.refused_with(422, "body_invalid");
        assert!(refused.text.contains("masked"), "{}", refused.text);
        let station = json!({ "name": "示例", "leader": contact });
        admin.puts("/stations/P-1", station).await.refused_with(422, "body_invalid");
    }
    assert_eq!(admin.gets("/schools/S-1").await.body["contact"]["phone"], CONTACT);
}
