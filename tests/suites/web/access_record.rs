//! The record of access: what stands in it, who reads it, and that nobody can flood it.

use std::{
    num::NonZeroU32,
    time::{Duration, Instant},
};

use campus_dispatch::domain::{Event, Record, Role};
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    actor::{Caller, Credentials, answer},
    house::{House, Plan},
};

async fn records(house: &House, query: &str) -> Vec<Value> {
    let page = house.caller("auditor").gets(&format!("/access-record{query}")).await.is(200);
    page.body["records"].as_array().expect("a list").clone()
}

#[tokio::test]
async fn s22_logins_refusals_and_changes_are_records() {
    let house = House::open().await;
    let browser = house.browser("operator", Role::Operator).await;
    browser.deletes("/session").await.is(204);
    house.operator().gets("/accounts").await.refused_with(403, "role_not_permitted");
    let school = json!({ "name": "示例", "kind": "primary", "zone": "B" });
    house.admin().puts("/schools/S-9", school).await.is(200);
    for (kind, by) in [
        ("session_opened", "operator"),
        ("session_closed", "operator"),
        ("access_refused", "system"),
        ("school_defined", "admin"),
    ] {
        let found = records(&house, &format!("?kind={kind}")).await;
        let newest = found.first().unwrap_or_else(|| panic!("{kind}"));
        assert_eq!((&newest["kind"], &newest["by"]), (&json!(kind), &json!(by)));
    }
}

#[tokio::test]
async fn s22_a_thousand_refusals_are_one_record() {
    let house = House::open().await;
    let written = house.written();
    let nobody = Caller::new(house.address, Credentials::Token("wrong".to_owned()));
    for _ in 0..1_000 {
        nobody.gets("/alerts").await.is(401);
    }
    assert_eq!(house.written(), written, "counted, not written");
    let found = records(&house, "?kind=access_refused").await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["detail"]["refused"], "credentials");
    assert_eq!(found[0]["detail"]["times"], 1_000);
    assert_eq!(house.written(), written + 1);
}

#[tokio::test]
async fn s22_refusals_are_told_after_a_while_unasked() {
    let mut plan = Plan::default();
    plan.settings.limits.refusals_told_within = Duration::from_millis(50);
    let house = House::of(plan).await;
    let (written, mut head) = (house.written(), house.engine.feed().head());
    let began = Instant::now();
    house.operator().gets("/accounts").await.refused_with(403, "role_not_permitted");
    while house.written() == written {
        head.changed().await.expect("the engine lives");
    }
    assert!(began.elapsed() >= Duration::from_millis(50), "{:?}", began.elapsed());
    assert_eq!(records(&house, "?kind=access_refused").await[0]["detail"]["times"], 1);
}

#[tokio::test]
async fn s22_a_refused_login_keeps_no_name_that_is_nobodys() {
    let house = House::open().await;
    let login = json!({ "account": "my-secret-password", "password": "x" });
    house.stranger().posts("/session", login).await.is(401);
    let page = house.caller("auditor").gets("/access-record").await.is(200);
    assert!(!page.text.contains("my-secret-password"));
    let refused = records(&house, "?kind=access_refused").await;
    assert_eq!(refused[0]["detail"]["refused"], "login");
}

#[tokio::test]
async fn s14_the_auditor_alone_reads_it_and_nobody_changes_it() {
    let house = House::open().await;
    for account in ["admin", "supervisor", "manager", "operator", "screen", "phone-U-1", "gateway"]
    {
        let refused = house.caller(account).gets("/access-record").await;
        refused.refused_with(403, "role_not_permitted");
    }
    for account in ["admin", "auditor"] {
        house
            .caller(account)
            .deletes("/access-record")
            .await
            .refused_with(405, "method_not_allowed");
        let put = house.caller(account).puts("/access-record", json!({})).await;
        put.refused_with(405, "method_not_allowed");
    }
}

#[tokio::test]
async fn s13_it_holds_no_secret_and_no_whole_number() {
    let house = House::open().await;
    house.browser("operator", Role::Operator).await;
    let page = house.caller("auditor").gets("/access-record?limit=200").await.is(200);
    for hidden in ["sha256", "phc", "credential", "13800000000"] {
        assert!(!page.text.contains(hidden), "{hidden}");
    }
    assert!(page.text.contains("138****0000"));
}

#[tokio::test]
async fn its_pages_follow_one_another_without_a_gap_the_newest_first() {
    let house = House::open().await;
    let whole = records(&house, "?limit=200").await;
    let numbers: Vec<u64> = whole.iter().filter_map(|one| one["seq"].as_u64()).collect();
    assert!(numbers.len() > 3 && numbers.is_sorted_by(|newer, older| newer > older));
    let (mut paged, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/access-record?limit=3{cursor}");
        let page = house.caller("auditor").gets(&path).await.is(200).body;
        paged.extend(page["records"].as_array().expect("a list").clone());
        let Some(next) = page["next_cursor"].as_u64() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(paged, whole);
}

/// The journal is read in steps of 1,024 records, the last step first.
#[tokio::test]
async fn what_lies_far_back_is_found_unless_it_is_too_old() {
    let house = House::open().await;
    let before = records(&house, "?limit=200").await;
    house.at_second(60).await;
    let alert = house.operator().raises().await;
    let raised = house.operator().reads_alert(alert).await["received_at"].clone();
    let from = raised.as_str().expect("an instant");
    let (path, written) = (format!("/alerts/{alert}/note"), house.written());
    for _ in 0..2_100 {
        house.operator().posts(&path, json!({ "text": "示例" })).await.is(200);
    }
    assert_eq!(house.written(), written + 2_100, "notes, which are none of the record of access");
    let after = records(&house, "?limit=200").await;
    assert!(!before.is_empty());
    assert_eq!(after.iter().filter(|one| before.contains(one)).count(), before.len());
    let recent = records(&house, &format!("?from={from}")).await;
    assert!(!recent.is_empty() && recent.iter().all(|one| !before.contains(one)));
}

#[tokio::test]
async fn it_is_filtered_by_account_and_time() {
    let house = House::open().await;
    house.at_second(60).await;
    house.browser("operator", Role::Operator).await;
    let of_operator = records(&house, "?account=operator").await;
    let kinds: Vec<&str> = of_operator.iter().filter_map(|one| one["kind"].as_str()).collect();
    assert_eq!(kinds, ["session_opened", "account_added"]);
    let from = of_operator[0]["at"].as_str().expect("an instant").to_owned();
    assert_eq!(records(&house, &format!("?from={from}")).await.len(), 1);
    assert!(records(&house, &format!("?account=operator&to={from}")).await.len() == 1);
}

#[tokio::test]
async fn s22_a_view_of_a_callers_number_is_a_record_before_it_is_shown() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let path = format!("/alerts/{alert}");
    house.operator().gets(&path).await.is(200);
    house.operator().gets(&path).await.is(200);
    house.caller("supervisor").gets(&path).await.is(200);
    house.caller("manager").gets(&path).await.is(200);
    house.operator().gets("/alerts").await.is(200);
    let looked = records(&house, "?kind=personal_data_viewed").await;
    let by: Vec<&str> = looked.iter().filter_map(|one| one["by"].as_str()).collect();
    assert_eq!(by, ["supervisor", "operator"], "once a look, and only where it is whole");
    assert_eq!(looked[1]["detail"]["of"], alert);
    house.at_second(600).await;
    house.operator().gets(&path).await.is(200);
    assert_eq!(records(&house, "?kind=personal_data_viewed&account=operator").await.len(), 2);
}

#[tokio::test]
async fn s22_an_alert_without_a_number_is_read_without_a_record() {
    let house = House::open().await;
    let report = json!({ "source": "phone110", "category": "FIGHT", "school": "S-1" });
    let alert = house.operator().posts("/alerts", report).await.is(201).alert();
    let written = house.written();
    house.operator().gets(&format!("/alerts/{alert}")).await.is(200);
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn s22_an_operators_look_at_an_alerts_report_is_a_record() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let report = house.operator().gets(&format!("/alerts/{alert}/report")).await.is(200);
    assert!(report.text.contains("13800001234"), "whole");
    let looked = records(&house, "?kind=personal_data_viewed").await;
    assert_eq!(looked.len(), 1);
    assert_eq!((&looked[0]["by"], &looked[0]["detail"]["of"]), (&json!("operator"), &json!(alert)));
}

#[tokio::test]
async fn s22_figures_reports_and_lists_that_a_page_prints_or_saves_are_records() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let figures = "/statistics/response/export?from=2026-09-01T00:00:00Z&to=2026-10-01T00:00:00Z\
                   &station=P-1&group=school&format";
    for (account, path, what, format) in [
        ("manager", format!("{figures}=csv"), "response_statistics", "csv"),
        ("operator", format!("{figures}=print"), "response_statistics", "print"),
        ("supervisor", format!("/alerts/{alert}/report/export"), "alert_report", "print"),
        ("operator", "/alerts/handover/export".to_owned(), "handover_list", "print"),
    ] {
        house.caller(account).posts(&path, json!({})).await.is(204);
        let newest = records(&house, "?kind=data_exported&limit=1").await.remove(0);
        let export = &newest["detail"]["export"];
        assert_eq!((&newest["by"], &export["what"]), (&json!(account), &json!(what)), "{path}");
        assert_eq!(export["format"], format, "{path}");
    }
    let taken = records(&house, "?kind=data_exported").await;
    assert_eq!(
        taken[2]["detail"]["export"]["filter"],
        "from=2026-09-01T00:00:00.000Z&to=2026-10-01T00:00:00.000Z&mode=actual&station=P-1&group=school"
    );
    assert_eq!(taken[1]["detail"]["export"]["filter"], format!("alert={alert}"));
}

#[tokio::test]
async fn s22_an_export_of_nothing_known_is_none() {
    let house = House::open().await;
    let written = house.written();
    for path in ["format=xlsx", "format=csv&colour=red", "group=tier"] {
        let path = format!("/statistics/response/export?{path}");
        let refused = house.caller("manager").posts(&path, json!({})).await;
        refused.refused_with(422, "query_invalid");
    }
    let missing = house.operator().posts("/alerts/7/report/export", json!({})).await;
    missing.refused_with(404, "alert_unknown");
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn s22_a_refusal_tells_where_it_came_from() {
    let mut plan = Plan::default();
    plan.settings.trusted_proxies.push("127.0.0.0/8".parse().expect("a network"));
    let house = House::of(plan).await;
    for address in ["192.0.2.7", "192.0.2.7", "2001:db8::1"] {
        let asked = house.operator().request(Method::GET, "/accounts");
        answer(asked.header("x-forwarded-for", address)).await.is(403);
    }
    let mut told: Vec<_> = records(&house, "?kind=access_refused")
        .await
        .iter()
        .map(|one| (one["detail"]["from"].to_string(), one["detail"]["times"].clone()))
        .collect();
    told.sort_by_key(|(from, _)| from.clone());
    assert_eq!(told, [("\"192.0.2.7\"".into(), json!(2)), ("\"2001:db8::\"".into(), json!(1))]);
}

/// However many addresses somebody has, others' refusals still say whose they were.
#[tokio::test]
async fn s22_many_addresses_hide_no_account_and_fill_no_journal() {
    let mut plan = Plan::default();
    plan.settings.trusted_proxies.push("127.0.0.0/8".parse().expect("a network"));
    let house = House::of(plan).await;
    let nobody = Caller::new(house.address, Credentials::Token("wrong".to_owned()));
    for host in 1..=200 {
        let asked = nobody.request(Method::GET, "/alerts");
        answer(asked.header("x-forwarded-for", format!("198.51.100.{host}"))).await.is(401);
    }
    house.operator().gets("/accounts").await.is(403);
    let told = records(&house, "?kind=access_refused&limit=200").await;
    assert_eq!(told.len(), 64 + 2, "each address, the rest of them, and the operator");
    let times = |one: &Value| one["detail"]["times"].as_u64().expect("a count");
    assert_eq!(told.iter().map(times).sum::<u64>(), 201);
    let of_operator = told.iter().filter(|one| one["detail"]["account"] == "operator").count();
    assert_eq!(of_operator, 1);
}

#[tokio::test]
async fn s22_a_locked_desk_and_haste_are_refusals_too() {
    let mut plan = Plan::default();
    plan.settings.limits.requests_per_second_max = const { NonZeroU32::new(2).unwrap() };
    let house = House::of(plan).await;
    for _ in 0..4 {
        house.caller("manager").gets("/alerts").await.is(200);
    }
    house.caller("manager").gets("/alerts").await.is(429);
    house.at_second(1).await;
    let desk = house.browser("operator", Role::Operator).await;
    desk.posts("/session/lock", json!({})).await.is(200);
    desk.posts("/alerts", json!({})).await.refused_with(423, "session_locked");
    house.at_second(60).await;
    let told = records(&house, "?kind=access_refused").await;
    let mut told: Vec<_> = told
        .iter()
        .map(|one| (one["detail"]["account"].to_string(), one["detail"]["refused"].to_string()))
        .collect();
    told.sort();
    let quoted = |text: &str| format!("\"{text}\"");
    assert_eq!(
        told,
        [(quoted("manager"), quoted("too_often")), (quoted("operator"), quoted("locked")),]
    );
}

#[tokio::test]
async fn s22_an_orderly_stop_loses_no_refusal() {
    let mut house = House::open().await;
    house.operator().gets("/accounts").await.is(403);
    house.operator().gets("/accounts").await.is(403);
    house.stop().await;
    let last = house.disk.stored().pop().expect("a record");
    let last: Record = serde_json::from_str(&last.line).expect("a record");
    let Event::AccessRefused { account, from, times, .. } = last.event else {
        panic!("{:?}", last.event)
    };
    let operator = "operator".into();
    assert_eq!((account, from.as_deref(), times), (Some(operator), Some("127.0.0.1"), 2));
}
