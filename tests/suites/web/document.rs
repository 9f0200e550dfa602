//! The API's own document.

use super::house::House;

#[tokio::test]
async fn every_verb_is_described() {
    let house = House::open().await;
    let document = house.stranger().gets("/openapi.json").await.is(200).body;
    let alert_verbs = [
        "dispatch",
        "reclassify",
        "note",
        "see-alarms",
        "feedback",
        "resolve",
        "close",
        "reopen",
        "cancel",
        "merge",
        "unmerge",
        "turn-actual",
        "excuse",
        "correct",
        "defer-hazard",
        "fix-hazard",
    ];
    let steps =
        ["deliver", "acknowledge", "decline", "en-route", "arrive", "clear", "cancel", "reinforce"];
    let unit_verbs = ["duty", "position", "check-in"];
    let paths = alert_verbs.map(|verb| format!("/api/v1/alerts/{{id}}/{verb}")).into_iter();
    let paths = paths.chain(steps.map(|step| format!("/api/v1/assignments/{{id}}/{step}")));
    let paths = paths.chain(unit_verbs.map(|verb| format!("/api/v1/units/{{id}}/{verb}")));
    for path in paths {
        let post = &document["paths"][&path]["post"];
        assert!(post["responses"]["200"].is_object(), "{path}");
        assert!(post["responses"]["default"].is_object(), "{path}");
        let parameters = post["parameters"].to_string();
        assert!(parameters.contains("Idempotency-Key"), "{path}");
    }
}

#[tokio::test]
async fn every_reference_in_it_leads_somewhere() {
    let house = House::open().await;
    let answer = house.stranger().gets("/openapi.json").await.is(200);
    let schemas = &answer.body["components"]["schemas"];
    let references = answer.text.split("#/components/schemas/").skip(1);
    let names: std::collections::BTreeSet<_> =
        references.filter_map(|rest| rest.split('"').next()).collect();
    assert!(names.len() > 40);
    for name in names {
        assert!(schemas[name].is_object(), "{name}");
    }
}

#[tokio::test]
async fn its_page_comes_from_this_server_alone() {
    let house = House::open().await;
    let page = house.stranger().opens("/api/docs/", "text/html").await.is(200);
    assert!(page.text.contains("swagger-ui"));
    for part in page.text.split(['"', '\'']).filter(|part| part.starts_with("http")) {
        assert!(part.contains("w3.org"), "{part}");
    }
    for file in ["swagger-ui.css", "swagger-ui-bundle.js", "swagger-initializer.js"] {
        house.stranger().opens(&format!("/api/docs/{file}"), "*/*").await.is(200);
    }
}
