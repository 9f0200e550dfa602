//! The read board shows what stands.

use campus_dispatch::{
    domain::{
        Actor, Channel, Command, Timestamp,
        account::Session,
        classification::Category,
        decide::{
            account::DisableAccount,
            adopt_policy::{AdoptPolicy, FilePolicy},
            district::{RemoveSchool, RemoveUnit},
            session::{CloseSession, OpenSession},
        },
        duplicate::Report,
        id::AlertId,
        policy::preset::preset,
    },
    engine::{Engine, Submission},
};

use super::{
    ask,
    centre::{Centre, START, operator},
};

async fn console(engine: &Engine, command: Command) {
    let actor = Actor::console(Channel::Console);
    engine.submit(Submission { actor, id: None, command }).await.unwrap();
}

#[tokio::test]
async fn alerts_are_listed_newest_first_below_an_id() {
    let centre = Centre::open().await;
    for _ in 0..5 {
        centre.raises().await;
    }
    let ids = |before: Option<u32>| -> Vec<u32> {
        let listed = centre.engine.board().alerts_before(before.map(AlertId));
        listed.map(|alert| alert.id.0).collect()
    };
    assert_eq!(ids(None), [5, 4, 3, 2, 1]);
    assert_eq!(ids(Some(4)), [3, 2, 1]);
    assert_eq!(ids(Some(1)), [0; 0]);
    assert_eq!(ids(Some(99)), [5, 4, 3, 2, 1]);
}

#[tokio::test]
async fn an_assignment_leads_to_its_alert() {
    let mut centre = Centre::open().await;
    centre.raises().await;
    let alert = centre.raises().await;
    let assignments = centre.does(ask::dispatch(alert, &["U-1", "U-2"])).await.assignments;
    for _ in 0..2 {
        for assignment in &assignments {
            assert_eq!(centre.engine.board().alert_of(*assignment).unwrap().id, alert);
        }
        centre.restart().await;
    }
}

#[tokio::test]
async fn open_and_just_settled_alerts_of_the_school_are_possible_duplicates() {
    let mut centre = Centre::open().await;
    let (settled, open) = (centre.raises().await, centre.raises().await);
    centre.does(ask::cancel(settled)).await;
    let school = "S-1".into();
    let report = Report { category: Category::Threat, school: Some(&school), position: None };
    let found = |centre: &Centre, now: Timestamp| -> Vec<AlertId> {
        centre.engine.board().duplicates(&report, now).iter().map(|alert| alert.id).collect()
    };
    for _ in 0..2 {
        assert_eq!(found(&centre, START), [open, settled]);
        let later = START + campus_dispatch::domain::Within::from_seconds(601);
        assert_eq!(found(&centre, later), [open]);
        centre.restart().await;
    }
}

#[tokio::test]
async fn a_report_of_something_else_has_no_duplicate() {
    let centre = Centre::open().await;
    centre.raises().await;
    let school = "S-1".into();
    let report = Report { category: Category::Fire, school: Some(&school), position: None };
    assert!(centre.engine.board().duplicates(&report, START).is_empty());
}

#[tokio::test]
async fn an_account_is_found_by_its_name_and_its_token() {
    let centre = Centre::open().await;
    let board = centre.engine.board();
    let by_name = board.account(&operator().account).unwrap();
    assert_eq!(board.account_by_token(&"0a".repeat(32)).unwrap(), by_name);
    assert_eq!(board.account_by_token("0b"), None);
    assert_eq!(board.accounts(), [by_name]);
}

fn open_session() -> Command {
    let session = Session {
        account: operator().account,
        sha256: "5e".repeat(32),
        opened_at: START,
        expires_at: START + campus_dispatch::domain::Within::from_seconds(60),
        device: None,
    };
    Command::OpenSession(OpenSession { session, proof: None, at_most: 32 })
}

#[tokio::test]
async fn a_session_is_on_the_board_until_it_is_closed() {
    let centre = Centre::open().await;
    let sha256 = "5e".repeat(32);
    centre.does(open_session()).await;
    assert!(centre.engine.board().session(&sha256).is_some());
    centre.does(Command::CloseSession(CloseSession { sha256: sha256.clone() })).await;
    assert!(centre.engine.board().session(&sha256).is_none());
}

#[tokio::test]
async fn a_disabled_account_takes_its_sessions_along() {
    let centre = Centre::open().await;
    centre.does(open_session()).await;
    let account = operator().account;
    console(&centre.engine, Command::DisableAccount(DisableAccount { account })).await;
    let board = centre.engine.board();
    assert!(board.session(&"5e".repeat(32)).is_none());
    assert!(board.account_by_token(&"0a".repeat(32)).unwrap().disabled);
}

#[tokio::test]
async fn what_is_removed_leaves_the_board() {
    let centre = Centre::open().await;
    let unit = "U-2".into();
    console(&centre.engine, Command::RemoveUnit(RemoveUnit { unit })).await;
    let school = "S-1".into();
    console(&centre.engine, Command::RemoveSchool(RemoveSchool { school })).await;
    let board = centre.engine.board();
    let units: Vec<String> = board.units().iter().map(|unit| unit.profile.id.to_string()).collect();
    assert_eq!(units, ["U-1", "U-3"]);
    assert!(board.schools().is_empty());
    assert!(board.unit(&"U-2".into()).is_none());
}

#[tokio::test]
async fn only_adopted_policies_govern() {
    let mut centre = Centre::open().await;
    let zone_only = preset("zone-only").unwrap();
    let file = FilePolicy { policy: preset("stage-135").unwrap() };
    console(&centre.engine, Command::FilePolicy(file)).await;
    console(&centre.engine, Command::AdoptPolicy(AdoptPolicy { policy: zone_only })).await;
    for _ in 0..2 {
        let board = centre.engine.board();
        assert_eq!(board.policy_at(START).id.as_str(), "zone-only");
        let ids: Vec<String> =
            board.policies().iter().map(|policy| policy.id.to_string()).collect();
        assert_eq!(ids, ["school-135-default", "severity-only", "zone-only"]);
        centre.restart().await;
    }
}

#[tokio::test]
async fn the_picture_shows_settled_alerts_for_a_day() {
    let centre = Centre::open().await;
    let (settled, open) = (centre.raises().await, centre.raises().await);
    centre.does(ask::cancel(settled)).await;
    let shown = |picture: campus_dispatch::engine::Picture| -> Vec<AlertId> {
        picture.alerts.iter().map(|alert| alert.id).collect()
    };
    centre.at_ms(24 * 3_600_000).await;
    assert_eq!(shown(centre.engine.picture().await.unwrap()), [settled, open]);
    centre.at_ms(24 * 3_600_000 + 1).await;
    assert_eq!(shown(centre.engine.picture().await.unwrap()), [open]);
}

#[tokio::test]
async fn the_records_of_an_alert_are_read_from_the_journal() {
    let centre = Centre::open().await;
    let (alert, other) = (centre.raises().await, centre.raises().await);
    centre.does(ask::note(other, "示例")).await;
    centre.does(ask::note(alert, "示例")).await;
    let records = centre.engine.records_of(alert).await.unwrap();
    let kinds: Vec<_> = records.iter().map(|record| record.event.kind()).collect();
    assert_eq!(kinds, ["alert_raised", "alert_noted"]);
}
