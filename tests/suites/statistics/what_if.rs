use campus_dispatch::domain::classification::Severity::*;

use super::centre::Centre;

#[tokio::test]
async fn a_stricter_candidate_takes_the_on_time_verdict_from_whom_it_would() {
    let centre = Centre::open().await;
    for (received, arrived) in [(0, 100), (400, 650), (800, 1_200)] {
        let alert = centre.reached(received, arrived).await;
        centre.resolve(alert).await;
    }
    let judged = centre.what_if_limits_were(180);
    assert_eq!((judged.before.met, judged.before.late), (2, 1));
    assert_eq!((judged.after.met, judged.after.late), (1, 2));
    assert_eq!((judged.newly_met, judged.no_longer_met), (0, 1));
    assert_eq!(judged.before.response, judged.after.response);
}

#[tokio::test]
async fn a_looser_candidate_gives_it_to_whom_it_would() {
    let centre = Centre::open().await;
    let alert = centre.reached(0, 400).await;
    centre.resolve(alert).await;
    let judged = centre.what_if_limits_were(400);
    assert_eq!((judged.before.met, judged.after.met), (0, 1));
    assert_eq!((judged.newly_met, judged.no_longer_met), (1, 0));
}

#[tokio::test]
async fn the_policy_in_force_as_the_candidate_changes_nothing() {
    let centre = Centre::open().await;
    for (received, arrived) in [(0, 300), (400, 701)] {
        let alert = centre.reached(received, arrived).await;
        centre.resolve(alert).await;
    }
    let judged = centre.what_if_limits_were(300);
    assert_eq!(judged.before, judged.after);
    assert_eq!(judged.before, centre.figures().total);
}

#[tokio::test]
async fn what_is_still_open_is_not_judged_under_a_candidate() {
    let centre = Centre::open().await;
    centre.raise(L2).await;
    let judged = centre.at(301).what_if_limits_were(180);
    assert_eq!((judged.before.alerts, judged.after.alerts), (0, 0));
}
