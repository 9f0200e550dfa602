//! Refusals: whole documents, in the caller's language, for everything that can be refused.

use std::collections::BTreeSet;

use campus_dispatch::{
    domain::Rejection,
    web::problem::{Fault, Language, Refusal},
};
use reqwest::Method;
use strum::IntoEnumIterator;

use super::{
    actor::{answer, fight},
    house::House,
};

fn every_fault() -> Vec<Fault> {
    let own = Refusal::iter().map(Fault::from);
    own.chain(Rejection::iter().map(Fault::from)).collect()
}

#[test]
fn every_refusal_is_told_in_both_languages() {
    for fault in every_fault() {
        let (zh, en) = (fault.sentence(Language::Chinese), fault.sentence(Language::English));
        assert!(zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", fault.code());
        assert!(en.is_ascii() && en.split(' ').count() >= 3, "{}", fault.code());
        assert!(fault.status().is_client_error() || fault.status().is_server_error());
    }
}

#[test]
fn no_two_refusals_have_one_code_or_one_text() {
    let codes: BTreeSet<_> = every_fault().iter().map(Fault::code).collect();
    assert_eq!(codes.len(), every_fault().len());
    let texts: BTreeSet<_> =
        every_fault().iter().map(|fault| fault.sentence(Language::English)).collect();
    assert_eq!(texts.len(), every_fault().len());
}

#[tokio::test]
async fn the_detail_is_in_the_callers_language() {
    let house = House::open().await;
    let cases = [
        (None, "en"),
        (Some("zh-CN,zh;q=0.9,en;q=0.8"), "zh-CN"),
        (Some("en-GB, zh;q=0.5"), "en"),
        (Some("fr, zh;q=0.1"), "zh-CN"),
        (Some("fr"), "en"),
        (Some(";;;q=,,"), "en"),
    ];
    for (wanted, given) in cases {
        let mut request = house.operator().request(Method::GET, "/alerts/99");
        if let Some(wanted) = wanted {
            request = request.header("accept-language", wanted);
        }
        let refused = answer(request).await.refused_with(404, "alert_unknown");
        assert_eq!(refused.header("content-language"), Some(given), "{wanted:?}");
        let is_chinese = !refused.body["detail"].as_str().is_some_and(str::is_ascii);
        assert_eq!(is_chinese, given == "zh-CN", "{wanted:?}");
    }
}

#[tokio::test]
async fn what_no_route_answers_is_a_problem_too() {
    let house = House::open().await;
    let operator = house.operator();
    operator.gets("/nothing").await.refused_with(404, "not_found");
    operator.deletes("/alerts").await.refused_with(405, "method_not_allowed");
    operator.gets("/alerts/1/dispatch").await.refused_with(405, "method_not_allowed");
    operator.gets("/live").await.refused_with(426, "web_socket_needed");
}

#[tokio::test]
async fn a_stopped_engine_says_to_come_back() {
    let house = House::open().await;
    house.engine.stop().await;
    let refused = house.operator().posts("/alerts", fight()).await;
    let refused = refused.refused_with(503, "stopping");
    assert!(refused.header("retry-after").is_some());
}
