//! The desk's map: tiles where they are configured, one place that converts coordinates.

use campus_dispatch::{
    domain::place::{CoordinateSystem, Coordinates, Position},
    web::Tiles,
};
use serde_json::{Value, json};

use super::house::{House, Plan, SCHOOL};

/// A house with tiles drawn in the Chinese map datum.
async fn tiled() -> House {
    let mut plan = Plan::default();
    plan.settings.tiles = Some(Tiles {
        address: "https://tiles.example:8443/{z}/{x}/{y}.png".to_owned(),
        attribution: "示例地图".to_owned(),
        system: CoordinateSystem::Gcj02,
    });
    House::of(plan).await
}

async fn images_from(house: &House) -> String {
    let page = house.stranger().opens("/login", "text/html").await;
    let policy = page.header("content-security-policy").expect("a policy").to_owned();
    let directive = policy.split("; ").find(|part| part.starts_with("img-src"));
    directive.expect("a directive for images").to_owned()
}

fn place(mark: &Value) -> (f64, f64) {
    let degrees = |name: &str| mark[name].as_f64().expect("degrees");
    (degrees("longitude"), degrees("latitude"))
}

#[tokio::test]
async fn without_an_address_there_are_no_tiles_and_images_come_from_here_alone() {
    let house = House::open().await;
    assert_eq!(house.operator().gets("/map").await.is(200).body, json!({ "tiles": null }));
    assert_eq!(images_from(&house).await, "img-src 'self' data:");
}

#[tokio::test]
async fn the_host_of_the_tiles_and_no_other_may_be_asked_for_images() {
    let house = tiled().await;
    let map = house.operator().gets("/map").await.is(200).body;
    assert_eq!(map["tiles"]["address"], "https://tiles.example:8443/{z}/{x}/{y}.png");
    assert_eq!(map["tiles"]["system"], "gcj02");
    assert_eq!(images_from(&house).await, "img-src 'self' data: https://tiles.example:8443");
}

#[tokio::test]
async fn marks_stand_where_the_tiles_show_them() {
    let house = tiled().await;
    let kept = house.operator().gets(&format!("/schools/{SCHOOL}")).await.is(200).body;
    let marks = house.operator().gets("/map/marks").await.is(200).body;
    assert_eq!(marks["system"], "gcj02");
    let schools = marks["schools"].as_array().expect("a list");
    let mark = schools.iter().find(|mark| mark["id"] == SCHOOL).expect("the school");
    let (longitude, latitude) = place(mark);
    let shown = Coordinates { longitude, latitude, system: CoordinateSystem::Gcj02 };
    let (longitude, latitude) = place(&kept["position"]);
    let kept = Position { longitude, latitude };
    let back = shown.to_wgs84().expect("on the globe");
    assert!(back.metres_to(kept) < 0.1, "{} m off", back.metres_to(kept));
    let shifted = Position { longitude: shown.longitude, latitude: shown.latitude };
    assert!(shifted.metres_to(kept) > 100.0, "nothing was converted");
}

#[tokio::test]
async fn without_tiles_marks_stand_where_they_are() {
    let house = House::open().await;
    let kept = house.operator().gets(&format!("/schools/{SCHOOL}")).await.is(200).body;
    let marks = house.operator().gets("/map/marks").await.is(200).body;
    let schools = marks["schools"].as_array().expect("a list");
    let mark = schools.iter().find(|mark| mark["id"] == SCHOOL).expect("the school");
    assert_eq!(place(mark), place(&kept["position"]));
}
