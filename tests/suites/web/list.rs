//! Alerts by filter and by page.

use serde_json::{Value, json};

use super::{actor::Caller, house::House};

fn ids(page: &Value) -> Vec<u64> {
    let alerts = page["alerts"].as_array().expect("a list");
    alerts.iter().filter_map(|alert| alert["id"].as_u64()).collect()
}

async fn finds(caller: &Caller, query: &str) -> Vec<u64> {
    ids(&caller.gets(&format!("/alerts?{query}")).await.is(200).body)
}

#[tokio::test]
async fn pages_follow_one_another_without_a_gap() {
    let house = House::open().await;
    let operator = house.operator();
    for _ in 0..7 {
        operator.raises().await;
    }
    let mut seen = Vec::new();
    let mut next = "/alerts?limit=3".to_owned();
    loop {
        let page = operator.gets(&next).await.is(200).body;
        seen.push(ids(&page));
        match page["next_cursor"].as_str() {
            Some(cursor) => next = format!("/alerts?limit=3&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(seen, [vec![7, 6, 5], vec![4, 3, 2], vec![1]]);
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let house = House::open().await;
    let operator = house.operator();
    let first = operator.raises().await;
    house.at_second(60).await;
    let crowd = json!({
        "source": "video", "category": "CROWD", "school": "S-2", "summary": "示例：Gate B 聚集",
        "place": { "text": "示例路口" },
    });
    let second = operator.posts("/alerts", crowd).await.is(201).alert();
    operator
        .posts(&format!("/alerts/{first}/cancel"), json!({ "reason": "示例：误报" }))
        .await
        .is(200);
    let received = |id: u64| async move { id };
    assert_eq!(received(second).await, second);
    let at =
        operator.reads_alert(second).await["received_at"].as_str().expect("an instant").to_owned();
    for (query, expected) in [
        ("stage=open".to_owned(), vec![second]),
        ("stage=ended".to_owned(), vec![first]),
        ("stage=cancelled,received".to_owned(), vec![second, first]),
        ("school=S-2".to_owned(), vec![second]),
        ("school=S-9".to_owned(), vec![]),
        (format!("from={at}"), vec![second]),
        (format!("to={at}"), vec![first]),
        ("q=gate b".to_owned(), vec![second]),
        ("q=路口".to_owned(), vec![second]),
        ("q=第一小学".to_owned(), vec![first]),
        (format!("q={first}"), vec![first]),
    ] {
        assert_eq!(finds(&operator, &query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn a_wrong_query_is_refused() {
    let house = House::open().await;
    for query in [
        "limit=0",
        "limit=-1",
        "limit=201",
        "limit=1000000000",
        "limit=x",
        "limit=",
        "cursor=",
        "cursor=1",
        "cursor=zz",
        "cursor=a-1",
        "cursor=affffffffff",
        "stage=",
        "stage=Open",
        "stage=open,,ended",
        "from=yesterday",
        "from=0000",
        "from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z",
        "school=a&school=b",
        "color=red",
    ] {
        let refused = house.operator().gets(&format!("/alerts?{query}")).await;
        assert_eq!(
            (refused.status, refused.code()),
            (422, "query_invalid"),
            "{query}: {}",
            refused.text
        );
    }
}

#[tokio::test]
async fn possible_duplicates_are_suggested() {
    let house = House::open().await;
    let operator = house.operator();
    let alert = operator.raises().await;
    let near = operator.gets("/alerts/duplicates?school=S-1&category=THREAT").await.is(200);
    assert_eq!(ids(&near.body), [alert]);
    let place = "/alerts/duplicates?category=FIGHT&longitude=116.401&latitude=39.9";
    assert_eq!(ids(&operator.gets(place).await.is(200).body), [alert]);
    let other = operator.gets("/alerts/duplicates?school=S-1&category=FIRE").await.is(200);
    assert_eq!(ids(&other.body), [0; 0]);
}

#[tokio::test]
async fn a_question_about_duplicates_needs_a_whole_place() {
    let house = House::open().await;
    let operator = house.operator();
    for (query, code) in [
        ("category=FIGHT", "school_or_place_missing"),
        ("category=FIGHT&longitude=116", "query_invalid"),
        ("category=FIGHT&longitude=NaN&latitude=39", "coordinates_invalid"),
        ("category=FIGHT&longitude=39&latitude=116", "coordinates_invalid"),
        ("category=fight&school=S-1", "query_invalid"),
        ("school=S-1", "query_invalid"),
    ] {
        let refused = operator.gets(&format!("/alerts/duplicates?{query}")).await;
        refused.refused_with(422, code);
    }
}
