//! What a server goes by, told to the record of access (S22): whoever turns the second factor off in
//! a file leaves as much of a trace as whoever changes a policy. The names of settings are told, and
//! of their values only whether they are the same.

use sha2::{Digest, Sha256};

use super::{Settings, file::Keys};
use crate::{
    domain::{Actor, Channel, Command, decide::access::NoteConfiguration, event::Configuration},
    engine::{Engine, Submission},
};

/// The configuration in force, and whom to tell of it.
pub struct InForce {
    engine: Engine,
    configuration: Configuration,
}

impl InForce {
    /// These settings, served by this engine.
    pub fn of(settings: &Settings, engine: Engine) -> Self {
        let defaults = Settings::default_for(settings.data.clone());
        let configuration = Configuration {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            settings: hex::encode(Sha256::digest(settings.to_toml())),
            changed: Keys::of(settings).other_than(&Keys::of(&defaults)),
            certificate: None,
        };
        Self { engine, configuration }
    }

    /// Records it, with the fingerprint of the certificate in force, unless it is what was recorded
    /// last. Where that cannot be done the log says so: a full disk must not keep a desk from being
    /// served.
    pub async fn tell(&self, certificate: Option<&str>) {
        let certificate = certificate.map(str::to_owned);
        let configuration = Configuration { certificate, ..self.configuration.clone() };
        let command = Command::NoteConfiguration(NoteConfiguration { configuration });
        let actor = Actor::console(Channel::Console);
        if let Err(error) = self.engine.submit(Submission { actor, id: None, command }).await {
            tracing::warn!(%error, "the configuration is not in the record of access");
        }
    }
}
