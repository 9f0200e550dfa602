//! The units at work: whoever is sent, by a player or by a visitor, takes its steps in plausible
//! times. A unit whose phone a visitor holds is left to the visitor.

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, sleep_until};

use super::{
    cast,
    district::VISITORS_UNIT,
    lines,
    pace::{Errand, pace},
    script::Twist,
    stage::Stage,
};
use crate::{
    domain::{
        Alert, Channel, Command, Event, Record, Role,
        assignment::{Assignment, Step},
        classification::FeedbackKind,
        decide::{
            decline::DeclineAssignment, feedback::FileFeedback, reinforce::RequestReinforcement,
            step::TakeStep,
        },
        id::AssignmentId,
        place::Position,
    },
    engine::Published,
};

/// How long the units stay at an alert no script knows.
const USUAL_STAY: Duration = Duration::from_secs(45);

/// Records looked at together.
const READ_MAX: usize = 256;

/// Follows the feed and sends a crew out for every dispatch, until the engine stops.
pub async fn follow(stage: Arc<Stage>) {
    let mut head = stage.engine.feed().head();
    let mut cursor = *head.borrow();
    while head.changed().await.is_ok() {
        loop {
            match stage.engine.feed().after(cursor, READ_MAX) {
                Some(published) if published.is_empty() => break,
                Some(published) => {
                    for one in published {
                        cursor = one.record.seq;
                        see(&stage, &one);
                    }
                }
                None => cursor = stage.engine.position().seq,
            }
        }
    }
}

fn see(stage: &Arc<Stage>, published: &Published) {
    let Record { actor, event, .. } = &published.record;
    let is_person = actor.channel == Channel::Http;
    if let Event::UnitDispatched(dispatched) = event {
        if is_person {
            stage.taken.insert(dispatched.alert);
        }
        if dispatched.unit.as_str() != VISITORS_UNIT {
            tokio::spawn(run(stage.clone(), dispatched.assignment));
        }
    } else if let (true, Role::Unit, Some(assignment)) = (is_person, actor.role, event.assignment())
    {
        stage.humans.insert(assignment);
    }
}

/// One unit on one alert, while it plays.
struct Crew {
    stage: Arc<Stage>,
    assignment: AssignmentId,
    sent: Instant,
}

async fn run(stage: Arc<Stage>, id: AssignmentId) {
    let crew = Crew { stage: stage.clone(), assignment: id, sent: Instant::now() };
    let Some((alert, assignment)) = crew.look() else { return };
    let scene = stage.scenes.get(&alert.id).map(|scene| scene.clone());
    let twist = scene.as_ref().map_or(Twist::Plain, |scene| scene.twist);
    let is_first = alert.assignments.first().is_some_and(|first| first.id == id);
    let now = stage.engine.now();
    let due_at = alert.governing_clock(now).and_then(|clock| clock.due_at);
    let left = due_at.map(|due| Duration::from_millis((due - now).millis().max(0).unsigned_abs()));
    let pace = pace(
        stage.seed,
        &Errand {
            assignment: id,
            left,
            is_late: scene.as_ref().is_some_and(|scene| scene.is_late),
            is_slow: twist == Twist::SlowToAcknowledge && is_first,
            on_scene: scene.as_ref().map_or(USUAL_STAY, |scene| scene.on_scene),
            haste: stage.speed,
        },
    );
    let unit = &assignment.unit;
    let known = stage.engine.board().unit(unit).and_then(|unit| unit.last_position);
    let from = known.map_or_else(|| stage.home(unit), |last| last.position);
    let to = alert
        .place
        .as_ref()
        .and_then(|place| place.position)
        .unwrap_or_else(|| stage.place_of(alert.school.as_ref()));

    let took = async {
        crew.step(pace.delivered, Step::Deliver, Command::DeliverAssignment).await?;
        if twist == Twist::Declined && is_first {
            return crew.decline(pace.acknowledged).await;
        }
        crew.step(pace.acknowledged, Step::Acknowledge, Command::AcknowledgeAssignment).await?;
        crew.step(pace.en_route, Step::EnRoute, Command::GoEnRoute).await?;
        crew.at(pace.half_way).await?;
        stage.report_position(unit, between(from, to)).await;
        crew.step(pace.arrived, Step::Arrive, Command::ArriveOnScene).await?;
        stage.report_position(unit, to).await;
        crew.file(pace.feedback, FeedbackKind::Arrival, lines::ARRIVED).await?;
        if twist == Twist::Reinforced && is_first {
            crew.ask_for_more().await;
        }
        crew.file(pace.cleared, FeedbackKind::Result, lines::HANDLED).await?;
        crew.step(pace.cleared, Step::Clear, Command::ClearAssignment).await
    };
    // None: withdrawn, or in a person's hands.
    let _: Option<()> = took.await;
}

impl Crew {
    fn look(&self) -> Option<(Arc<Alert>, Assignment)> {
        let alert = self.stage.engine.board().alert_of(self.assignment)?;
        let assignment = alert.assignment(self.assignment)?.clone();
        Some((alert, assignment))
    }

    /// Waits until `after` the dispatch; `None` when the assignment is no longer this crew's.
    async fn at(&self, after: Duration) -> Option<(Arc<Alert>, Assignment)> {
        sleep_until(self.sent + after).await;
        let (alert, assignment) = self.look()?;
        let is_ours = assignment.is_live() && !self.stage.humans.contains(&self.assignment);
        is_ours.then_some((alert, assignment))
    }

    /// Takes a step, unless an operator has taken it for the unit.
    async fn step(
        &self,
        after: Duration,
        step: Step,
        command: fn(TakeStep) -> Command,
    ) -> Option<()> {
        let (_, assignment) = self.at(after).await?;
        if assignment.point(step).is_none() {
            let take = TakeStep { assignment: self.assignment, pressed_at: None };
            self.stage.submit(cast::unit(&assignment.unit), command(take)).await;
        }
        Some(())
    }

    async fn decline(&self, after: Duration) -> Option<()> {
        let (_, assignment) = self.at(after).await?;
        let reason = lines::CANNOT_GO.to_owned();
        let decline = DeclineAssignment { assignment: self.assignment, reason };
        let actor = cast::unit(&assignment.unit);
        self.stage.submit(actor, Command::DeclineAssignment(decline)).await;
        None
    }

    async fn file(&self, after: Duration, kind: FeedbackKind, text: &str) -> Option<()> {
        let (alert, assignment) = self.at(after).await?;
        let feedback = FileFeedback {
            alert: alert.id,
            assignment: Some(self.assignment),
            kind,
            text: text.to_owned(),
            pressed_at: None,
        };
        let actor = cast::unit(&assignment.unit);
        self.stage.submit(actor, Command::FileFeedback(feedback)).await;
        Some(())
    }

    async fn ask_for_more(&self) {
        let Some((_, assignment)) = self.look() else { return };
        let text = lines::NEEDS_MORE.to_owned();
        let request = RequestReinforcement { assignment: self.assignment, text };
        let actor = cast::unit(&assignment.unit);
        self.stage.submit(actor, Command::RequestReinforcement(request)).await;
    }
}

fn between(a: Position, b: Position) -> Position {
    Position {
        longitude: f64::midpoint(a.longitude, b.longitude),
        latitude: f64::midpoint(a.latitude, b.latitude),
    }
}
