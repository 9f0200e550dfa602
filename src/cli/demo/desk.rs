//! The command centre at work: one task per alert takes it from the report to the closed record.
//! Wherever a visitor was quicker, the visitor's act stands.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::time::{Instant, sleep};

use super::{
    cast,
    choice::{POLICE, Wish, choose},
    lines,
    script::{Scene, Twist},
    stage::Stage,
};
use crate::domain::{
    Alert, Command, Stage as AlertStage, Verdict, Within,
    alert::Noticed,
    classification::{Category, Disposition, Mode, Severity, Source, Validity},
    decide::{
        cancel::CancelAlert,
        close::CloseAlert,
        defer_hazard::DeferHazard,
        dispatch::{DispatchUnits, Send},
        excuse::ExcuseVerdict,
        fix_hazard::FixHazard,
        merge::MergeAlert,
        raise::RaiseAlert,
        reclassify::ReclassifyAlert,
        reopen::ReopenAlert,
        resolve::ResolveAlert,
        see_alarms::SeeAlarms,
    },
    district::UnitKind,
    event::Notice,
    id::{AlertId, SchoolId, UnitId},
};

/// How often the desk looks at an alert.
const LOOK_EVERY: Duration = Duration::from_millis(700);
/// Alerts left for the visitor at once; beyond that the longest-waiting are taken.
const WAITING_MAX: usize = 8;
/// How long a record waits for a visitor who dispatched it, before the desk completes it.
const VISITORS_TIME: Duration = Duration::from_secs(120);
/// So long an alarm is left unseen, for a visitor to find some.
const SEEN_AFTER: Within = Within::from_seconds(12);
/// After so long without a free unit, a busy one is sent.
const PATIENCE: Duration = Duration::from_secs(60);
const TWO_DAYS: Within = Within::from_seconds(2 * 86_400);

static ALARMS: AtomicUsize = AtomicUsize::new(1);
static WAITING: AtomicUsize = AtomicUsize::new(0);

const FIRST_WAVE: &[UnitKind] = &[UnitKind::Post, UnitKind::Patrol];
const SECOND_WAVE: &[UnitKind] = &[UnitKind::Patrol, UnitKind::Traffic];
const THIRD_WAVE: &[UnitKind] = &[UnitKind::Swat, UnitKind::Station];

/// Plays one alert.
pub async fn play(stage: Arc<Stage>, scene: Scene) {
    let school = stage.district.schools[scene.school].id.clone();
    let Some(id) = report(&stage, &scene, &school).await else { return };
    stage.scenes.insert(id, scene.clone());
    let desk = Desk { stage: &stage, scene: &scene, school, id };
    desk.handle().await;
    sleep(Duration::from_millis(SEEN_AFTER.millis().unsigned_abs())).await;
    desk.see_alarms().await;
    stage.scenes.remove(&id);
    stage.taken.remove(&id);
}

/// Raises the alert as whoever reports it.
async fn report(stage: &Stage, scene: &Scene, school: &SchoolId) -> Option<AlertId> {
    let number = ALARMS.fetch_add(1, Ordering::Relaxed);
    let actor = match scene.source {
        Source::OneKeyAlarm => cast::one_key(),
        Source::Video => cast::cameras(),
        Source::UnitFinding => cast::unit(&nearest(stage, school, &[UnitKind::Patrol], false)?),
        _ => cast::operator(),
    };
    let is_machine = matches!(scene.source, Source::OneKeyAlarm | Source::Video);
    let is_call = scene.source == Source::Phone110;
    let summary =
        if scene.mode == Mode::Exercise { lines::EXERCISE } else { lines::report(scene.category) };
    let raise = RaiseAlert {
        mode: scene.mode,
        source: scene.source,
        source_alarm_id: is_machine.then(|| format!("示例-{number}")),
        category: scene.category,
        severity: scene.severity,
        school: Some(school.clone()),
        place: None,
        coordinates: None,
        summary: summary.to_owned(),
        caller_phone: is_call.then(|| format!("1370000{:04}", number % 10_000)),
        occurred_at: None,
        reported_at: None,
    };
    stage.submit(actor, Command::RaiseAlert(Box::new(raise))).await?.alert
}

fn nearest(
    stage: &Stage,
    school: &SchoolId,
    kinds: &[UnitKind],
    committed: bool,
) -> Option<UnitId> {
    let near = stage.place_of(Some(school));
    let units = stage.engine.board().units();
    choose(units.iter().map(AsRef::as_ref), &Wish { kinds, school, near, committed })
}

/// One alert at the desk.
struct Desk<'a> {
    stage: &'a Stage,
    scene: &'a Scene,
    school: SchoolId,
    id: AlertId,
}

impl Desk<'_> {
    async fn handle(&self) {
        self.wait().await;
        if self.scene.severity == Some(Severity::L0) {
            return self.complete(Disposition::NoPoliceNeeded, lines::NOBODY_CAME).await;
        }
        match self.scene.twist {
            Twist::OneKey => self.look_at_alarm().await,
            Twist::SecondCaller => self.second_caller().await,
            _ => {}
        }
        self.send_first().await;
        match self.scene.twist {
            Twist::CalledOff => return self.call_off().await,
            Twist::Downgraded => self.downgrade().await,
            _ => {}
        }
        if !self.attend().await {
            return;
        }
        let (disposition, result) = match self.scene.twist {
            _ if self.scene.mode == Mode::Exercise => {
                (Disposition::ExerciseEnded, lines::EXERCISE_ENDED)
            }
            Twist::HazardDeferred | Twist::HazardFixed => {
                self.defer().await;
                (Disposition::ReferredElsewhere, lines::MEASURE)
            }
            _ => lines::result(self.scene.category),
        };
        self.complete(disposition, result).await;
        match self.scene.twist {
            Twist::Excused => self.excuse().await,
            Twist::Reopened => self.reopen().await,
            Twist::HazardFixed => self.fix().await,
            _ => {}
        }
    }

    fn look(&self) -> Option<Arc<Alert>> {
        self.stage.engine.board().alert(self.id)
    }

    /// Lets the alert stand on the board, as long as nobody takes it and not too many stand there.
    async fn wait(&self) {
        if self.scene.twist != Twist::LeftForVisitor {
            return sleep(self.scene.waits).await;
        }
        let until = Instant::now() + self.scene.waits;
        WAITING.fetch_add(1, Ordering::Relaxed);
        while Instant::now() < until && WAITING.load(Ordering::Relaxed) <= WAITING_MAX {
            sleep(LOOK_EVERY).await;
            if self.look().is_none_or(|alert| alert.stage() != AlertStage::Received) {
                break;
            }
        }
        WAITING.fetch_sub(1, Ordering::Relaxed);
    }

    async fn as_operator(&self, command: Command) {
        self.stage.submit(cast::operator(), command).await;
    }

    async fn as_supervisor(&self, command: Command) {
        self.stage.submit(cast::supervisor(), command).await;
    }

    /// A machine's alarm is L1 until somebody has looked.
    async fn look_at_alarm(&self) {
        self.as_operator(Command::ReclassifyAlert(ReclassifyAlert {
            alert: self.id,
            category: None,
            severity: Some(self.scene.category.default_severity()),
            tier: None,
            reason: None,
        }))
        .await;
    }

    async fn second_caller(&self) {
        sleep(Duration::from_secs(4)).await;
        let again = Scene { source: Source::Phone110, ..self.scene.clone() };
        let Some(child) = report(self.stage, &again, &self.school).await else { return };
        sleep(Duration::from_secs(7)).await;
        self.as_operator(Command::MergeAlert(MergeAlert { alert: child, into: self.id })).await;
    }

    async fn send_first(&self) {
        let is_untouched = self.look().is_some_and(|alert| alert.stage() == AlertStage::Received);
        if !is_untouched {
            return;
        }
        match self.scene.twist {
            Twist::Echelons => {
                for (echelon, kinds) in [(1, FIRST_WAVE), (2, SECOND_WAVE), (3, THIRD_WAVE)] {
                    self.send(kinds, Some(echelon), false).await;
                    sleep(Duration::from_secs(2)).await;
                }
            }
            Twist::Stacked => {
                self.send(POLICE, None, true).await;
            }
            _ => {
                self.send(POLICE, None, false).await;
            }
        }
    }

    /// Sends the nearest that fits; says whether there was one.
    async fn send(&self, kinds: &[UnitKind], echelon: Option<u8>, committed: bool) -> bool {
        let Some(unit) = nearest(self.stage, &self.school, kinds, committed) else { return false };
        self.as_operator(Command::DispatchUnits(DispatchUnits {
            alert: self.id,
            units: vec![Send { unit, echelon }],
            confirm_stacking: committed,
        }))
        .await;
        true
    }

    /// Stays with the alert until its units are done. False when it ended in another way.
    async fn attend(&self) -> bool {
        let began = Instant::now();
        loop {
            let Some(alert) = self.look() else { return false };
            if alert.stage() >= AlertStage::Resolved {
                return false;
            }
            let is_bound = alert.live_assignments().next().is_some();
            let has_arrival = alert.assignments.iter().any(|sent| sent.arrived_at.is_some());
            if !is_bound && has_arrival {
                return true;
            }
            if !is_bound || alert.reinforcement_requested {
                let may_stack = !is_bound && began.elapsed() > PATIENCE;
                if !self.send(POLICE, None, false).await && may_stack {
                    self.send(POLICE, None, true).await;
                }
            }
            self.see_alarms().await;
            sleep(LOOK_EVERY).await;
        }
    }

    /// Marks as seen what has stood for a while.
    async fn see_alarms(&self) {
        let Some(alert) = self.look() else { return };
        let waited = |told: &Noticed| self.stage.engine.now() - told.at >= SEEN_AFTER;
        let alarms: Vec<Notice> = alert
            .noticed
            .iter()
            .filter(|told| waited(told) && alert.seen_at(&told.notice).is_none())
            .map(|told| told.notice.clone())
            .collect();
        if !alarms.is_empty() {
            self.as_operator(Command::SeeAlarms(SeeAlarms { alert: self.id, alarms })).await;
        }
    }

    async fn call_off(&self) {
        sleep(Duration::from_secs(6)).await;
        let reason = lines::CALLED_OFF.to_owned();
        self.as_operator(Command::CancelAlert(CancelAlert { alert: self.id, reason })).await;
    }

    async fn downgrade(&self) {
        sleep(Duration::from_secs(8)).await;
        self.as_supervisor(Command::ReclassifyAlert(ReclassifyAlert {
            alert: self.id,
            category: Some(Category::Suspicious),
            severity: Some(Severity::L3),
            tier: None,
            reason: Some(lines::DOWNGRADE.to_owned()),
        }))
        .await;
    }

    /// Resolves and closes. A visitor who dispatched the alert gets the time to do it.
    async fn complete(&self, disposition: Disposition, result: &str) {
        let patience = if self.stage.taken.contains(&self.id) {
            VISITORS_TIME
        } else {
            self.stage.scaled(Duration::from_secs(6))
        };
        sleep(patience).await;
        let result = result.to_owned();
        self.as_operator(Command::ResolveAlert(ResolveAlert {
            alert: self.id,
            disposition,
            result,
        }))
        .await;
        sleep(self.stage.scaled(Duration::from_secs(9))).await;
        let Some(alert) = self.look() else { return };
        let police = alert.assignments.iter().filter(|sent| sent.arrived_at.is_some()).count();
        let no_arrival = alert.first_arrived_at().is_none();
        let validity = match disposition {
            Disposition::FalseAlarm => Validity::FalseAlarm,
            _ => Validity::Valid,
        };
        self.as_operator(Command::CloseAlert(CloseAlert {
            alert: self.id,
            disposition: None,
            result: None,
            no_arrival_reason: no_arrival.then(|| lines::NOBODY_CAME.to_owned()),
            police_count: u32::try_from(police * 2).unwrap_or(0),
            injured_count: u32::from(self.scene.category == Category::Medical),
            validity,
        }))
        .await;
    }

    async fn excuse(&self) {
        let Some(alert) = self.look() else { return };
        let failed =
            matches!(alert.verdict(self.stage.engine.now()), Verdict::Late | Verdict::Missed);
        if let (true, Some(rule)) = (failed, alert.selection.governing.clone()) {
            let reason = lines::EXCUSE.to_owned();
            let excuse = ExcuseVerdict { alert: self.id, rule, reason };
            self.as_supervisor(Command::ExcuseVerdict(excuse)).await;
        }
    }

    async fn reopen(&self) {
        sleep(self.stage.scaled(Duration::from_secs(15))).await;
        let reason = lines::NOT_OVER.to_owned();
        self.as_supervisor(Command::ReopenAlert(ReopenAlert { alert: self.id, reason })).await;
        sleep(self.stage.scaled(Duration::from_secs(15))).await;
        let (disposition, result) = lines::result(self.scene.category);
        self.complete(disposition, result).await;
    }

    async fn defer(&self) {
        // One due soon shows what an overdue hazard looks like.
        let due_in = match self.scene.twist {
            Twist::HazardFixed => Within::from_seconds(90),
            _ => TWO_DAYS,
        };
        self.as_operator(Command::DeferHazard(DeferHazard {
            alert: self.id,
            measure: lines::MEASURE.to_owned(),
            informed: lines::INFORMED.to_owned(),
            due_at: self.stage.engine.now() + due_in,
        }))
        .await;
    }

    async fn fix(&self) {
        sleep(Duration::from_secs(120)).await;
        let text = lines::FIXED.to_owned();
        self.as_operator(Command::FixHazard(FixHazard { alert: self.id, text })).await;
    }
}
