//! Each is pushed what it may read, and nothing else.

use campus_dispatch::domain::Role::*;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::handshake::client::Request;

use super::viewer::Viewer;
use crate::web::{
    actor::{Caller, Credentials},
    cast::{Asker, Bound, everybody, nobodies},
    house::House,
};

#[tokio::test]
async fn s13_the_callers_number_is_masked_on_every_board() {
    let house = House::open().await;
    let before = house.operator().raises().await;
    let expected = "138****1234";
    for account in ["operator", "supervisor", "manager", "auditor", "screen"] {
        let (mut viewer, mut board) = Viewer::watches(&house.caller(account)).await;
        assert_eq!(board.alerts[&before]["caller_phone"], expected, "{account}");
        let after = house.operator().raises().await;
        viewer.reaches(&mut board, house.written()).await;
        assert_eq!(board.alerts[&after]["caller_phone"], expected, "{account}");
    }
}

/// Walls, phones and desks are told that there is somebody to call, and not whom.
#[tokio::test]
async fn s13_contacts_are_masked_on_every_board() {
    let house = House::open().await;
    house.has_a_second_station("P-2", "S-3").await;
    for (account, name) in [
        ("operator", "示**"),
        ("supervisor", "示**"),
        ("manager", "示**"),
        ("auditor", "示**"),
        ("screen", "示**"),
        ("screen-P-1", "示**"),
        ("phone-U-1", "示**"),
        ("admin", "示例值班室"),
    ] {
        let (mut viewer, mut board) = Viewer::watches(&house.caller(account)).await;
        let contact = json!({ "name": name, "phone": "138****0000" });
        assert_eq!(board.schools["S-1"]["contact"], contact, "{account}");
        assert_eq!(board.stations["P-1"]["leader"], contact, "{account}");
        let new =
            json!({ "name": "示例值班室", "phone": format!("1390000{:04}", house.written()) });
        let school = json!({ "name": "示例", "kind": "primary", "zone": "B", "contact": new });
        house.admin().puts("/schools/S-3", school).await.is(200);
        let station = json!({ "name": "示例", "leader": new, "liaison": new });
        house.admin().puts("/stations/P-2", station).await.is(200);
        for frame in viewer.reaches(&mut board, house.written()).await {
            assert!(!frame.to_string().contains("1390000"), "{account}: {frame}");
        }
        assert_eq!(board.schools["S-3"]["contact"]["name"], name, "{account}");
        assert_eq!(board.stations["P-2"]["liaison"]["name"], name, "{account}");
    }
}

#[tokio::test]
async fn an_administrator_follows_the_district_and_no_alert() {
    let house = House::open().await;
    house.operator().raises().await;
    let (mut viewer, mut board) = Viewer::watches(&house.admin()).await;
    let alert = house.operator().raises().await;
    house.operator().dispatches("U-1", alert).await;
    let frames = viewer.reaches(&mut board, house.written()).await;
    assert_eq!(board.alerts.len(), 0);
    assert_eq!(board.units["U-1"]["duty"], "committed");
    assert_eq!(frames.len(), 2, "no gap");
}

#[tokio::test]
async fn a_unit_follows_itself_and_its_own_alerts() {
    let house = House::open().await;
    let operator = house.operator();
    let other = operator.raises().await;
    operator.dispatches("U-2", other).await;
    let (mut phone, mut board) = Viewer::watches(&house.phone("U-1")).await;
    assert_eq!(board.alerts.len(), 0);
    assert_eq!(board.units.keys().collect::<Vec<_>>(), ["U-1"]);
    assert_eq!(board.schools.len(), 2);

    operator
        .posts(&format!("/alerts/{other}/note"), json!({ "text": "示例：别人的" }))
        .await
        .is(200);
    house.phone("U-2").takes("acknowledge", 1).await.is(200);
    let own = operator.raises().await;
    operator.dispatches("U-1", own).await;
    let frame = phone.next().await;
    board.takes(&frame);
    assert_eq!(frame["kind"], "unit_dispatched");
    assert_eq!(frame["alert"]["id"], own);
    assert_eq!(frame["alert"]["caller_phone"], "138****1234");
    assert_eq!(frame["units"].as_array().map(Vec::len), Some(1));
    assert!(
        frame["previous"].as_u64() < frame["seq"].as_u64().map(|seq| seq - 1),
        "what lay between was not its own"
    );
}

#[tokio::test]
async fn a_unit_learns_that_it_is_called_back_and_then_hears_no_more() {
    let house = House::open().await;
    let operator = house.operator();
    let alert = operator.raises().await;
    let assignment = operator.dispatches("U-1", alert).await;
    operator.dispatches("U-2", alert).await;
    let (mut phone, mut board) = Viewer::watches(&house.phone("U-1")).await;
    assert_eq!(board.alerts.len(), 1);
    let reason = json!({ "reason": "示例：已有他人" });
    operator.posts(&format!("/assignments/{assignment}/cancel"), reason).await.is(200);
    let frame = phone.next().await;
    board.takes(&frame);
    assert_eq!(frame["kind"], "assignment_cancelled");
    assert_eq!(frame["alert"]["assignments"][0]["reason"], "示例：已有他人");
    operator
        .posts(&format!("/alerts/{alert}/note"), json!({ "text": "示例：不相干" }))
        .await
        .is(200);
    house.phone("U-1").posts("/units/U-1/duty", json!({ "duty": "out_of_service" })).await.is(200);
    let frame = phone.next().await;
    assert_eq!((&frame["kind"], frame.get("alert")), (&json!("duty_changed"), None));
}

#[tokio::test]
async fn a_unit_hears_of_schools_and_stations() {
    let house = House::open().await;
    let (mut phone, mut board) = Viewer::watches(&house.phone("U-1")).await;
    let school = json!({ "name": "示例新校", "kind": "primary", "zone": "C" });
    house.admin().puts("/schools/S-7", school).await.is(200);
    phone.reaches(&mut board, house.written()).await;
    assert_eq!(board.schools["S-7"]["name"], "示例新校");
}

#[tokio::test]
async fn a_units_resume_brings_its_own_only() {
    let house = House::open().await;
    let operator = house.operator();
    let (gone, board) = Viewer::watches(&house.phone("U-1")).await;
    drop(gone);
    let (own, other) = (operator.raises().await, operator.raises().await);
    operator.dispatches("U-2", other).await;
    operator.dispatches("U-1", own).await;
    let query = format!("?epoch={}&since={}", board.epoch, board.position);
    let mut phone = Viewer::opens_at(&house.phone("U-1"), &query).await;
    assert_eq!(phone.next().await["resumed"], true);
    let frame = phone.next().await;
    assert_eq!(frame["alert"]["id"], own);
    assert_eq!(frame["previous"], board.position);
    assert!(!frame.to_string().contains("U-2"), "{frame}");
    let seen: Vec<Value> = frame["units"].as_array().cloned().unwrap_or_default();
    assert_eq!(seen.len(), 1);
}

#[tokio::test]
async fn a_stations_wall_follows_its_own_schools_alerts_without_a_gap() {
    let house = House::open().await;
    house.has_a_second_station("P-2", "S-3").await;
    let elsewhere = house.operator().raises().await;
    let (mut viewer, mut board) = Viewer::watches(&house.caller("wall-P-2")).await;
    assert_eq!(board.alerts.len(), 0, "alert {elsewhere} is another station's");
    house.operator().raises().await;
    let report = json!({ "source": "phone110", "category": "FIGHT", "school": "S-3",
                         "caller_phone": "13800001234" });
    let own = house.operator().posts("/alerts", report).await.is(201).alert();
    let frames = viewer.reaches(&mut board, house.written()).await;
    assert_eq!(frames.len(), 2, "no gap");
    assert_eq!(board.alerts.keys().collect::<Vec<_>>(), [&own]);
    assert_eq!(board.alerts[&own]["caller_phone"], "138****1234");
    house.caller("wall-P-2").gets(&format!("/alerts/{elsewhere}")).await.is(404);
}

#[tokio::test]
async fn a_stations_wall_follows_an_alert_its_unit_is_sent_to() {
    let house = House::open().await;
    house.has_a_second_station("P-2", "S-3").await;
    let report = json!({ "source": "phone110", "category": "FIGHT", "school": "S-3" });
    let alert = house.operator().posts("/alerts", report).await.is(201).alert();
    let (mut viewer, mut board) = Viewer::watches(&house.caller("screen-P-1")).await;
    assert_eq!(board.alerts.len(), 0);
    house.operator().dispatches("U-1", alert).await;
    viewer.reaches(&mut board, house.written()).await;
    assert_eq!(board.alerts[&alert]["stage"], "dispatched");
}

/// What a socket is let in for.
#[derive(Debug, PartialEq)]
enum Shown {
    /// These alerts, and no other.
    Alerts(Vec<u64>),
    Refused(u16),
}

/// Which of the walk's alerts somebody is shown, live and read alike: the first two are the first
/// station's, the first one its unit's, the third another station's. A new role does not compile
/// until it is said here.
fn shown(asker: &Asker, [first, second, third]: [u64; 3]) -> Shown {
    let shown = match (asker.role, asker.bound) {
        (Operator | Supervisor | Manager | Auditor, _) => vec![first, second, third],
        (Screen, Bound::Nowhere) => vec![first, second, third],
        (Screen, _) if asker.is_another() => vec![third],
        (Screen, _) => vec![first, second],
        (Unit, _) if asker.is_another() => vec![],
        (Unit, _) => vec![first],
        (Admin, _) => vec![],
        (Gateway, _) => return Shown::Refused(403),
        (System | Console, _) => unreachable!("it has no account"),
    };
    Shown::Alerts(shown)
}

/// An upgrade as a browser or a machine asks for it.
fn upgrade(caller: &Caller) -> Request {
    let mut request = super::viewer::request(caller, "");
    if let Credentials::Cookie(_) = caller.credentials {
        let origin = "https://desk.example".parse().expect("a header");
        request.headers_mut().insert("origin", origin);
    }
    request
}

/// The audiences of sockets, role by role: which alerts each is shown, in the snapshot, by what
/// comes after it, and read alike.
#[tokio::test]
async fn s12_every_role_is_pushed_what_it_may_read_and_nobody_else_is_pushed_anything() {
    let house = House::open().await;
    let everybody = everybody(&house).await;
    let operator = house.operator();
    let (first, second) = (operator.raises().await, operator.raises().await);
    operator.dispatches("U-1", first).await;
    let report = json!({ "source": "phone110", "category": "FIGHT", "school": "S-3" });
    let third = operator.posts("/alerts", report).await.is(201).alert();
    let all = [first, second, third];
    let mut sockets = Vec::new();
    for asker in &everybody {
        match shown(asker, all) {
            Shown::Refused(status) => {
                let refused = super::viewer::refusal(upgrade(&asker.caller)).await;
                assert_eq!(refused, status, "{}", asker.named());
            }
            Shown::Alerts(expected) => {
                let mut viewer = Viewer::upgrades(upgrade(&asker.caller)).await;
                let board = viewer.shown("fresh").await;
                let on_board: Vec<u64> = board.alerts.keys().copied().collect();
                assert_eq!(on_board, expected, "{}", asker.named());
                for alert in all {
                    let read = asker.caller.gets(&format!("/alerts/{alert}")).await.status;
                    assert_eq!(read == 200, expected.contains(&alert), "{}: {read}", asker.named());
                }
                sockets.push((asker, viewer, board, expected));
            }
        }
    }
    for (who, nobody) in nobodies(&house).await {
        assert_eq!(super::viewer::refusal(upgrade(&nobody)).await, 401, "{who}");
    }

    for alert in all {
        let note = json!({ "text": "示例" });
        operator.posts(&format!("/alerts/{alert}/note"), note).await.is(200);
    }
    // Everybody hears of a school, and so that there was nothing more before it.
    let school = json!({ "name": "示例新校", "kind": "primary", "zone": "C" });
    house.admin().puts("/schools/S-7", school).await.is(200);
    for (asker, mut viewer, mut board, expected) in sockets {
        let frames = viewer.reaches(&mut board, house.written()).await;
        let told: Vec<u64> = frames.iter().filter_map(|it| it["alert"]["id"].as_u64()).collect();
        assert_eq!(told, expected, "{}", asker.named());
    }
}
