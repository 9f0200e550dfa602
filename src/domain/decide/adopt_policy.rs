//! Adopt a policy: it governs alerts received from its effective instant on, never older ones.

use serde::Serialize;

use crate::domain::{event::Event, policy::Policy, rejection::Rejection, state::State};

/// Adopts a policy. Its version must be newer than every known one of the same id.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdoptPolicy {
    pub policy: Policy,
}

/// Makes a policy known for judging imported history; it never governs live alerts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FilePolicy {
    pub policy: Policy,
}

impl AdoptPolicy {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let policy = &self.policy;
        policy.check().map_err(|_| Rejection::PolicyInvalid)?;
        let mut known = state.policies.iter().chain(&state.filed_policies);
        if known.any(|known| known.id == policy.id && known.version >= policy.version) {
            return Err(Rejection::PolicyVersionNotNewer);
        }
        Ok(vec![Event::PolicyAdopted { policy: Box::new(policy.clone()) }])
    }
}

impl FilePolicy {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let policy = &self.policy;
        policy.check().map_err(|_| Rejection::PolicyInvalid)?;
        match state.policy(&policy.reference()) {
            Some(known) if **known == *policy => Ok(Vec::new()),
            Some(_) => Err(Rejection::PolicyVersionNotNewer),
            None => Ok(vec![Event::PolicyFiled { policy: Box::new(policy.clone()) }]),
        }
    }
}
