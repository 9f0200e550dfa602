//! The feed: a picture and what follows it tell the whole history, or say that they do not.

use std::collections::BTreeMap;

use campus_dispatch::{domain::Change, engine::Limits};

use super::{
    ask,
    centre::{Centre, submission},
};

#[tokio::test]
async fn the_feed_continues_a_picture_without_a_gap_under_load() {
    let centre = Centre::open().await;
    let alert = centre.raises().await;
    let (operators, commands) = (8, 60);
    let load: Vec<_> = (0..operators)
        .map(|operator| {
            let engine = centre.engine.clone();
            tokio::spawn(async move {
                for n in 0..commands {
                    let note = ask::note(alert, &format!("示例 {operator} {n}"));
                    engine.submit(submission(note)).await.unwrap();
                    engine.submit(submission(ask::raise())).await.unwrap();
                }
            })
        })
        .collect();
    let mut followers = Vec::new();
    for _ in 0..20 {
        tokio::task::yield_now().await;
        followers.push(centre.engine.picture().await.unwrap());
    }
    for operator in load {
        operator.await.unwrap();
    }
    let end = centre.engine.picture().await.unwrap();
    for picture in followers {
        let mut alerts: BTreeMap<_, _> =
            picture.alerts.iter().map(|alert| (alert.id, alert.clone())).collect();
        let mut cursor = picture.position.seq;
        while cursor < end.position.seq {
            let batch = centre.engine.feed().after(cursor, 7).expect("within the ring");
            assert!(!batch.is_empty() && batch.len() <= 7);
            for published in batch {
                assert_eq!(published.record.seq, cursor + 1, "no gap");
                cursor += 1;
                for change in &published.changes {
                    if let Change::Alert(alert) = change {
                        alerts.insert(alert.id, alert.clone());
                    }
                }
            }
        }
        let followed: Vec<_> = alerts.into_values().collect();
        assert_eq!(followed, end.alerts, "whoever follows sees what stands");
    }
}

#[tokio::test]
async fn a_follower_that_fell_off_the_ring_is_told() {
    let centre = Centre::with(Limits { ring_max: 4, ..Limits::default() }, None).await;
    let alert = centre.raises().await;
    let cursor = centre.engine.position().seq;
    for _ in 0..4 {
        centre.does(ask::note(alert, "示例")).await;
    }
    assert_eq!(centre.engine.feed().after(cursor, 100).unwrap().len(), 4);
    centre.does(ask::note(alert, "示例")).await;
    assert!(centre.engine.feed().after(cursor, 100).is_none());
    assert_eq!(centre.engine.feed().after(cursor + 1, 100).unwrap().len(), 4);
}

#[tokio::test]
async fn a_cursor_ahead_of_the_head_is_told_from_one_at_it() {
    let centre = Centre::open().await;
    let head = centre.engine.position().seq;
    assert_eq!(centre.engine.feed().after(head, 100).unwrap().len(), 0);
    assert!(centre.engine.feed().after(head + 1, 100).is_none());
}

#[tokio::test]
async fn a_batch_wakes_a_follower_at_its_end() {
    let centre = Centre::open().await;
    let mut head = centre.engine.feed().head();
    head.mark_unchanged();
    let alert = centre.raises().await;
    centre.does(ask::dispatch(alert, &["U-1", "U-2", "U-3"])).await;
    head.changed().await.unwrap();
    assert_eq!(*head.borrow_and_update(), centre.engine.position().seq);
}

#[tokio::test]
async fn after_a_restart_a_follower_of_older_records_needs_a_new_picture() {
    let mut centre = Centre::open().await;
    let cursor = centre.engine.position().seq;
    centre.raises().await;
    centre.restart().await;
    assert!(centre.engine.feed().after(cursor, 100).is_none());
    assert_eq!(centre.engine.feed().after(cursor + 1, 100).unwrap().len(), 0);
}
