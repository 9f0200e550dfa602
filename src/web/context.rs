//! What every handler holds.

use std::{
    ops::Deref,
    sync::{Arc, Weak},
};

use tokio::sync::{Mutex, Semaphore};

use super::{
    access::{attempts::Attempts, presence::Presence},
    crowd::Crowd,
    disclosure::Looks,
    live::{Log, Push, Seats, Snapshots},
    refusals::Refusals,
    settings::Settings,
};
use crate::{engine::Engine, statistics::Facts};

/// The engine, the settings, and what all sockets share. Cheap to clone.
#[derive(Clone)]
pub struct Context(Arc<Shared>);

/// See [`Context`].
pub struct Shared {
    pub engine: Engine,
    pub settings: Settings,
    /// One permit per password being checked.
    pub password_checks: Semaphore,
    /// Held while an administrator is set up, so that there is only a first one.
    pub setting_up: Mutex<()>,
    /// Held while a file is taken over, by whoever reads it.
    pub importing: Arc<Mutex<()>>,
    pub log: Log,
    pub push: Push,
    pub snapshots: Snapshots,
    pub seats: Seats,
    pub crowd: Crowd,
    pub refusals: Refusals,
    pub facts: Facts,
    pub looks: Looks,
    pub attempts: Attempts,
    pub presence: Presence,
}

impl Context {
    pub fn new(engine: Engine, settings: Settings) -> Self {
        let limits = &settings.limits;
        Self(Arc::new(Shared {
            password_checks: Semaphore::new(limits.password_checks_max),
            setting_up: Mutex::new(()),
            importing: Arc::default(),
            log: Log::new(engine.position().seq, limits.log_max),
            push: Push::default(),
            snapshots: Snapshots::default(),
            seats: Seats::default(),
            crowd: Crowd::new(&engine, limits),
            refusals: Refusals::default(),
            facts: Facts::default(),
            looks: Looks::default(),
            attempts: Attempts::default(),
            presence: Presence::since(engine.now()),
            engine,
            settings,
        }))
    }

    /// For what must not keep the rest from ending.
    pub fn downgrade(&self) -> Weak<Shared> {
        Arc::downgrade(&self.0)
    }
}

impl Deref for Context {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}
