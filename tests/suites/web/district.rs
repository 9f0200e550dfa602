//! Schools, stations, units and accounts, as an administrator keeps them.

use serde_json::json;

use super::{
    actor::{Caller, Credentials},
    house::House,
};

#[tokio::test]
async fn a_school_is_defined_shown_and_removed() {
    let house = House::open().await;
    let admin = house.admin();
    let school = json!({
        "name": "示例第三中学", "kind": "secondary", "zone": "A",
        "position": { "longitude": 116.5, "latitude": 39.8 }, "station": "P-1",
        "duty_windows": [
            { "weekdays": ["Mon", "Tue"], "from_minute": 420, "to_minute": 480, "posts": 2 },
        ],
        "contact": { "name": "示例传达室", "phone": "13800000001" },
    });
    admin.puts("/schools/S-3", school.clone()).await.is(200);
    let shown = admin.gets("/schools/S-3").await.is(200).body;
    assert_eq!(shown["id"], "S-3");
    for (field, value) in school.as_object().expect("an object") {
        assert_eq!(shown[field], *value, "{field}");
    }
    let again = admin.puts("/schools/S-3", school).await.is(200);
    assert_eq!(again.body["seq"], 0, "nothing had to change");
    admin.deletes("/schools/S-3").await.is(200);
    admin.gets("/schools/S-3").await.refused_with(404, "school_unknown");
}

#[tokio::test]
async fn a_station_is_defined_shown_and_kept_while_it_is_needed() {
    let house = House::open().await;
    let admin = house.admin();
    let station =
        json!({ "name": "示例二所", "leader": { "name": "示例所长", "phone": "13800000002" } });
    admin.puts("/stations/P-2", station).await.is(200);
    assert_eq!(admin.gets("/stations/P-2").await.is(200).body["leader"]["name"], "示例所长");
    admin.deletes("/stations/P-2").await.is(200);
    admin.deletes("/stations/P-1").await.refused_with(409, "still_referenced");
}

#[tokio::test]
async fn a_unit_is_defined_and_says_where_it_is() {
    let house = House::open().await;
    let (admin, phone) = (house.admin(), house.phone("U-1"));
    let unit = json!({ "name": "示例改名", "kind": "post", "station": null });
    admin.puts("/units/U-1", unit).await.is(200);
    phone.posts("/units/U-1/duty", json!({ "duty": "on_post", "post": "S-1" })).await.is(200);
    let position = json!({ "longitude": 116.4, "latitude": 39.9, "system": "gcj02" });
    phone.posts("/units/U-1/position", position).await.is(200);
    phone.posts("/units/U-1/check-in", json!({ "school": "S-1" })).await.is(200);
    let shown = house.operator().gets("/units/U-1").await.is(200).body;
    assert_eq!(shown["name"], "示例改名");
    assert_eq!((&shown["duty"], &shown["post"]), (&json!("on_post"), &json!("S-1")));
    let offset = shown["position"]["longitude"].as_f64().expect("a number") - 116.4;
    assert!((0.001..0.02).contains(&offset.abs()), "given in GCJ-02, kept in WGS-84: {offset}");
}

#[tokio::test]
async fn a_committed_unit_is_shown_as_committed() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let assignment = house.operator().dispatches("U-1", alert).await;
    let shown = house.operator().gets("/units/U-1").await.is(200).body;
    assert_eq!(shown["duty"], "committed");
    assert_eq!(shown["assignments"], json!([assignment]));
}

#[tokio::test]
async fn a_duty_and_its_post_belong_together() {
    let house = House::open().await;
    for body in [json!({ "duty": "on_post" }), json!({ "duty": "available", "post": "S-1" })] {
        let refused = house.phone("U-1").posts("/units/U-1/duty", body).await;
        refused.refused_with(422, "body_invalid");
    }
    let committed = json!({ "duty": "committed" });
    house.phone("U-1").posts("/units/U-1/duty", committed).await.refused_with(422, "body_invalid");
}

#[tokio::test]
async fn a_person_gets_an_account_with_a_password() {
    let house = House::open().await;
    let new = json!({
        "name": "phone-2", "role": "unit", "unit": "U-2", "password": "long enough",
    });
    let made = house.admin().posts("/accounts", new).await.is(201);
    assert_eq!(made.body["token"], json!(null));
    assert!(!made.text.contains("long enough") && !made.text.contains("argon2"));
    let login = json!({
        "account": "phone-2", "password": "long enough", "new_password": "long enough of my own",
    });
    let session = house.stranger().posts("/session", login).await.is(200);
    assert_eq!(session.body["unit"], "U-2");
}

#[tokio::test]
async fn a_gateway_gets_a_token_once() {
    let house = House::open().await;
    let new = json!({ "name": "alarm-host", "role": "gateway" });
    let made = house.admin().posts("/accounts", new).await.is(201);
    let token = made.body["token"].as_str().expect("a token").to_owned();
    let gateway = Caller::new(house.address, Credentials::Token(token.clone()));
    gateway.raises().await;
    assert!(!house.admin().gets("/accounts").await.is(200).text.contains(&token));
}

#[tokio::test]
async fn accounts_are_listed_and_disabled() {
    let house = House::open().await;
    house.admin().posts("/accounts/screen/disable", json!({})).await.is(200);
    house.caller("screen").gets("/session").await.refused_with(401, "login_needed");
    let accounts = house.admin().gets("/accounts").await.is(200).body;
    let screen = accounts["accounts"].as_array().expect("a list").iter();
    let screen = screen.clone().find(|account| account["name"] == "screen").expect("listed");
    assert_eq!(screen["disabled"], true);
    assert_eq!(screen["credential"], "token");
}

#[tokio::test]
async fn accounts_that_cannot_be_are_refused() {
    let house = House::open().await;
    let cases = [
        (json!({ "name": "x", "role": "operator" }), 422, "role_unfit"),
        (json!({ "name": "x", "role": "gateway", "password": "long enough" }), 422, "role_unfit"),
        (json!({ "name": "x", "role": "operator", "password": "short" }), 422, "password_unfit"),
        (
            json!({ "name": "x", "role": "unit", "password": "long enough" }),
            422,
            "account_needs_unit",
        ),
        (
            json!({ "name": "x", "role": "system", "password": "long enough" }),
            403,
            "role_not_permitted",
        ),
        (
            json!({ "name": "operator", "role": "operator", "password": "long enough" }),
            409,
            "account_name_taken",
        ),
        (
            json!({ "name": "a b", "role": "operator", "password": "long enough" }),
            422,
            "id_invalid",
        ),
        (json!({ "name": "x", "role": "king", "password": "long enough" }), 422, "body_invalid"),
    ];
    for (body, status, code) in cases {
        house.admin().posts("/accounts", body).await.refused_with(status, code);
    }
}
