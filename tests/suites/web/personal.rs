//! Callers' numbers are whole for those who call back, in an alert they have opened, and masked for
//! everybody else and everywhere else.

use super::house::House;
use serde_json::json;

#[tokio::test]
async fn s13_the_callers_number_is_whole_in_an_opened_alert_at_the_desk_and_nowhere_else() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    house.operator().dispatches("U-1", alert).await;
    let whole = ["operator", "supervisor"].map(|account| (account, "13800001234"));
    let masked =
        ["manager", "auditor", "screen", "phone-U-1"].map(|account| (account, "138****1234"));
    for (account, expected) in whole.into_iter().chain(masked) {
        let caller = house.caller(account);
        let detail = caller.gets(&format!("/alerts/{alert}")).await.is(200);
        assert_eq!(detail.body["alert"]["caller_phone"], expected, "{account}");
        assert_eq!(detail.body["timeline"][0]["detail"]["caller_phone"], expected, "{account}");
        let page = caller.gets("/alerts").await.is(200);
        assert_eq!(page.body["alerts"][0]["caller_phone"], "138****1234", "{account}");
        let is_whole = expected == "13800001234";
        assert_eq!(detail.text.contains("13800001234"), is_whole, "{account}");
    }
}

#[tokio::test]
async fn a_short_number_is_hidden_whole() {
    let house = House::open().await;
    let body = json!({
        "source": "phone110", "category": "FIGHT", "school": "S-1", "caller_phone": "8000001",
    });
    let alert = house.operator().posts("/alerts", body).await.is(201).alert();
    assert_eq!(house.caller("screen").reads_alert(alert).await["caller_phone"], "****");
}
