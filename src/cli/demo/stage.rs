//! The stage: the invented district in a journal, its units on duty, and what all players share.

use std::{collections::HashMap, path::Path, time::Duration};

use dashmap::{DashMap, DashSet};
use futures_util::future::join_all;
use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};

use super::{
    cast,
    district::{District, VISITORS_UNIT, around},
    past,
    script::Scene,
};
use crate::{
    cli::{
        data_directory::{self, Draft},
        failure::Failure,
        progress,
    },
    domain::{
        Actor, Channel, Command, Timestamp,
        command::Outcome,
        decide::{
            account::AddAccount,
            change_duty::ChangeDuty,
            district::{DefineSchool, DefineStation, DefineUnit},
            import::ImportAlert,
            report_position::ReportPosition,
        },
        district::{Duty, School},
        id::{AlertId, AssignmentId, SchoolId, UnitId},
        place::{CoordinateSystem, Coordinates, Position},
    },
    engine::{Engine, Submission, SubmitError},
};

/// Units that are not on duty today, for the board to show.
const RESTING: [(&str, Duty); 2] =
    [("patrol-24", Duty::OffDuty), ("traffic-08", Duty::OutOfService)];

/// What all players share.
pub struct Stage {
    pub engine: Engine,
    pub district: District,
    pub seed: u64,
    pub speed: f64,
    /// The story of each alert on stage.
    pub scenes: DashMap<AlertId, Scene>,
    /// Assignments a person acts on: their crews leave them alone.
    pub humans: DashSet<AssignmentId>,
    /// Alerts a person has dispatched.
    pub taken: DashSet<AlertId>,
    homes: HashMap<UnitId, Position>,
}

/// Writes the district, its accounts and its last week into a new data directory.
///
/// # Errors
/// When the storage fails.
pub fn furnish(directory: &Path, district: &District, seed: u64) -> Result<(), Failure> {
    let (mut journal, state) = data_directory::take(directory, &mut progress::reading())?;
    let mut draft = Draft::on(state, Channel::Demo);
    let now = data_directory::wall_clock();
    for command in furniture(district, seed, now) {
        draft.propose(&command).map_err(|rejection| {
            Failure::new(format!("the demo's {} was refused: {}", command.verb(), rejection.code()))
        })?;
    }
    draft.write(&mut journal)
}

fn furniture(district: &District, seed: u64, now: Timestamp) -> impl Iterator<Item = Command> {
    let District { stations, schools, units, .. } = district.clone();
    let stations =
        stations.into_iter().map(|station| Command::DefineStation(DefineStation { station }));
    let schools = schools.into_iter().map(|school| Command::DefineSchool(DefineSchool { school }));
    let units = units.into_iter().map(|profile| Command::DefineUnit(DefineUnit { profile }));
    let accounts = cast::accounts(district)
        .into_iter()
        .map(|account| Command::AddAccount(AddAccount { account }));
    let past = past::week(seed, district, now).into_iter().map(|historic| {
        Command::ImportAlert(Box::new(ImportAlert { historic, policy: None, zone: None }))
    });
    stations.chain(schools).chain(units).chain(accounts).chain(past)
}

impl Stage {
    /// The stage on a running engine.
    pub fn new(engine: Engine, district: District, seed: u64, speed: f64) -> Self {
        let ids = district.units.iter().map(|unit| unit.id.clone());
        let homes = ids.zip(district.posts.iter().copied()).collect();
        Self {
            engine,
            district,
            seed,
            speed,
            scenes: DashMap::new(),
            humans: DashSet::new(),
            taken: DashSet::new(),
            homes,
        }
    }

    /// Puts every unit on duty, at its place.
    pub async fn report_for_duty(&self) {
        join_all(self.district.units.iter().map(|unit| async move {
            let resting = RESTING.iter().find(|(id, _)| *id == unit.id.as_str());
            let duty = resting.map_or(Duty::Available, |(_, duty)| duty.clone());
            let is_on_duty = duty == Duty::Available;
            let change = ChangeDuty { unit: unit.id.clone(), duty };
            self.submit(cast::unit(&unit.id), Command::ChangeDuty(change)).await;
            if is_on_duty {
                self.report_position(&unit.id, self.home(&unit.id)).await;
            }
        }))
        .await;
    }

    /// Puts the posts on their schools, or takes them off.
    pub async fn man_posts(&self, is_peak: bool) {
        join_all(self.district.manning().map(|(unit, school)| {
            let duty =
                if is_peak { Duty::OnPost { school: school.clone() } } else { Duty::Available };
            let change = ChangeDuty { unit: unit.clone(), duty };
            self.submit(cast::unit(unit), Command::ChangeDuty(change))
        }))
        .await;
    }

    /// Lets units report where they are, one after the other, so that no position goes stale.
    pub async fn keep_positions(&self) {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(self.seed);
        let units = self.district.units.iter().filter(|unit| unit.id.as_str() != VISITORS_UNIT);
        for unit in units.cycle() {
            tokio::time::sleep(Duration::from_millis(600)).await;
            let Some(known) = self.engine.board().unit(&unit.id) else { continue };
            if matches!(known.duty, Duty::OffDuty | Duty::OutOfService) {
                continue;
            }
            // A committed unit is where its crew says.
            let last = known.last_position.map(|last| last.position);
            let position = match last {
                Some(position) if known.is_committed() => position,
                _ => around(self.home(&unit.id), 0.1, &mut random),
            };
            self.report_position(&unit.id, position).await;
        }
    }

    /// A unit says where it is.
    pub async fn report_position(&self, unit: &UnitId, position: Position) {
        let Position { longitude, latitude } = position;
        let coordinates = Coordinates { longitude, latitude, system: CoordinateSystem::Wgs84 };
        let report = ReportPosition { unit: unit.clone(), coordinates };
        self.submit(cast::unit(unit), Command::ReportPosition(report)).await;
    }

    /// Gives a command as a player. One that is refused is one a person was quicker with, or that
    /// the story has overtaken: the play goes on.
    pub async fn submit(&self, actor: Actor, command: Command) -> Option<Outcome> {
        let verb = command.verb();
        let submission = Submission { actor, id: None, command };
        match self.engine.submit(submission).await {
            Ok(outcome) => Some(outcome),
            Err(SubmitError::Rejected { rejection, .. }) => {
                tracing::debug!(verb, code = rejection.code(), "a player was refused");
                None
            }
            Err(error) => {
                tracing::debug!(verb, %error, "a player's command had no outcome");
                None
            }
        }
    }

    /// Where a unit is when nothing happens.
    pub fn home(&self, unit: &UnitId) -> Position {
        self.homes.get(unit).copied().unwrap_or(self.district.posts[0])
    }

    /// Where a school is.
    pub fn place_of(&self, school: Option<&SchoolId>) -> Position {
        let find = |id: &SchoolId| self.district.schools.iter().find(|school| school.id == *id);
        let school: Option<&School> = school.and_then(find);
        school.and_then(|school| school.position).unwrap_or(self.district.posts[0])
    }

    /// A span at the speed of the play.
    pub fn scaled(&self, span: Duration) -> Duration {
        span.div_f64(self.speed)
    }
}
