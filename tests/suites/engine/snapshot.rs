//! Snapshots make a start faster and change nothing.

use campus_dispatch::{
    domain::Seq,
    engine::{Engine, Limits, SNAPSHOT_FORMAT},
    journal::{Journal, snapshot::SnapshotStore},
};

use super::{
    ask,
    centre::{Centre, named},
    replay::a_day,
};

fn store(directory: &tempfile::TempDir) -> Option<SnapshotStore> {
    Some(SnapshotStore::new(directory.path(), SNAPSHOT_FORMAT))
}

/// From which position a start goes on.
fn starts_from(centre: &Centre, snapshots: Option<SnapshotStore>) -> Seq {
    let mut first = None;
    let journal = Box::new(centre.disk.copy().open().unwrap());
    let mut progress = |seq, _| {
        first.get_or_insert(seq);
    };
    let clock = centre.clock.clone();
    Engine::start(journal, snapshots, clock, Limits::default(), &mut progress).unwrap();
    first.expect("progress is told")
}

#[tokio::test]
async fn a_stop_leaves_a_snapshot_of_its_end() {
    let directory = tempfile::tempdir().unwrap();
    let centre = Centre::with(Limits::default(), store(&directory)).await;
    a_day(&centre).await;
    let head = centre.engine.position().seq;
    centre.engine.stop().await;
    assert_eq!(starts_from(&centre, store(&directory)), head);
    assert_eq!(starts_from(&centre, None), 0);
}

#[tokio::test]
async fn a_start_from_a_snapshot_comes_to_the_same_board() {
    let directory = tempfile::tempdir().unwrap();
    let mut centre = Centre::with(Limits::default(), store(&directory)).await;
    a_day(&centre).await;
    let listed = |engine: &Engine| -> Vec<_> { engine.board().alerts_before(None).collect() };
    let live = listed(&centre.engine);
    centre.restart().await;
    assert_eq!(listed(&centre.engine), live);
    let last = centre.raises().await;
    assert_eq!(last.0 as usize, live.len() + 1);
}

#[tokio::test]
async fn a_retry_after_a_start_from_a_snapshot_gets_the_first_outcome() {
    let directory = tempfile::tempdir().unwrap();
    let mut centre = Centre::with(Limits::default(), store(&directory)).await;
    let raised = centre.engine.submit(named("id-1", ask::raise())).await.unwrap();
    let dispatch = || named("id-2", ask::dispatch(raised.alert.unwrap(), &["U-1", "U-2"]));
    let sent = centre.engine.submit(dispatch()).await.unwrap();
    centre.restart().await;
    assert_eq!(centre.engine.submit(named("id-1", ask::raise())).await.unwrap(), raised);
    assert_eq!(centre.engine.submit(dispatch()).await.unwrap(), sent);
}

#[tokio::test]
async fn deadlines_go_on_after_a_start_from_a_snapshot() {
    let directory = tempfile::tempdir().unwrap();
    let mut centre = Centre::with(Limits::default(), store(&directory)).await;
    let alert = centre.raises().await;
    centre.at_ms(10_001).await;
    centre.restart().await;
    centre.at_ms(40_000).await;
    let noticed = centre.engine.board().alert(alert).unwrap().noticed.clone();
    let at: Vec<_> = noticed.iter().map(|told| told.at - super::centre::START).collect();
    assert_eq!(at.iter().map(|at| at.millis()).collect::<Vec<_>>(), [10_001, 40_000]);
}

#[tokio::test]
async fn a_running_engine_writes_a_snapshot_now_and_then() {
    let directory = tempfile::tempdir().unwrap();
    let limits = Limits { snapshot_every: 10, ..Limits::default() };
    let centre = Centre::with(limits, store(&directory)).await;
    let alert = centre.raises().await;
    // A crash: the engine never stops, and its copy of the disk is started from.
    let epoch = centre.disk.copy().open().unwrap().epoch().clone();
    let written = || {
        let reader = centre.disk.copy().open().unwrap().reader().unwrap();
        store(&directory).unwrap().load(&epoch, &*reader).map(|snapshot| snapshot.head.seq).ok()
    };
    while written().is_none() {
        centre.does(ask::note(alert, "示例")).await;
    }
    let from = starts_from(&centre, store(&directory));
    assert!(from >= 10 && from <= centre.engine.position().seq, "{from}");
}

#[tokio::test]
async fn zero_means_no_snapshots() {
    let directory = tempfile::tempdir().unwrap();
    let limits = Limits { snapshot_every: 0, ..Limits::default() };
    let centre = Centre::with(limits, store(&directory)).await;
    centre.engine.stop().await;
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_snapshot_of_another_form_is_passed_over() {
    let directory = tempfile::tempdir().unwrap();
    let centre = Centre::with(Limits::default(), store(&directory)).await;
    centre.raises().await;
    centre.engine.stop().await;
    let journal = centre.disk.copy().open().unwrap();
    let mut snapshot =
        store(&directory).unwrap().load(journal.epoch(), &*journal.reader().unwrap()).unwrap();
    snapshot.state = b"not what this release writes".to_vec();
    store(&directory).unwrap().save(&snapshot).unwrap();
    assert_eq!(starts_from(&centre, store(&directory)), 0);
}
