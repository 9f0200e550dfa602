//! The durable records, followed one by one from their bytes: what must be true of each of them
//! and of what they come to.

use std::collections::BTreeSet;

use campus_dispatch::{
    domain::{
        Actor, Channel, Event, Record, Role, Verdict, event::Notice, id::AlertId, record::Seq,
    },
    engine::past::Past,
    journal::{
        Journal,
        chain::{Hash, StoredRecord},
        memory::MemoryDisk,
    },
};
use sha2::{Digest, Sha256};

use super::tally::Tally;
use crate::domain::{model, naive};

/// What the records so far come to, folded from the bytes on the disk.
#[derive(Default)]
pub struct Ledger {
    pub past: Past,
    pub records: Vec<Record>,
    lines: Vec<Hash>,
    told: BTreeSet<(AlertId, Notice)>,
}

impl Ledger {
    pub fn seq(&self) -> Seq {
        self.records.len() as Seq
    }

    /// The hash of everything, lower-case hex.
    pub fn digest(&self) -> String {
        self.lines.last().unwrap_or(&Hash::GENESIS).to_string()
    }

    /// Reads on to what is durable now, and checks what is new.
    pub fn read_on(&mut self, disk: &MemoryDisk, tally: &mut Tally) -> Result<(), String> {
        let stored = disk.stored();
        let known = self.records.len();
        if stored.len() < known {
            return Err(format!("the journal was at {known} and is at {}", stored.len()));
        }
        if known > 0 && stored[known - 1].hash != self.lines[known - 1] {
            return Err(format!("record {known} is not the one that was durable before"));
        }
        for stored in &stored[known..] {
            let record = self.check_link(stored)?;
            self.take(record).map_err(|fault| format!("record {}: {fault}", stored.seq))?;
            tally.count(("event", self.records.last().expect("just taken").event.kind()));
        }
        Ok(())
    }

    /// The whole journal, through its own reading end (I3).
    pub fn verify(disk: &MemoryDisk) -> Result<(), String> {
        let copy = disk.copy().open().map_err(|error| error.to_string())?;
        let reader = copy.reader().map_err(|error| error.to_string())?;
        reader.verify(&mut |_| ()).map(drop).map_err(|error| error.to_string())
    }

    /// A record follows the one before and answers for it (I3).
    fn check_link(&mut self, stored: &StoredRecord) -> Result<Record, String> {
        let seq = self.seq() + 1;
        let before = self.lines.last().copied().unwrap_or(Hash::GENESIS);
        let hash = Sha256::new().chain_update(before.0).chain_update(&stored.line).finalize();
        if stored.seq != seq || stored.hash.0 != <[u8; 32]>::from(hash) {
            return Err(format!("the chain breaks at {seq}"));
        }
        self.lines.push(stored.hash);
        serde_json::from_str(&stored.line).map_err(|error| format!("record {seq}: {error}"))
    }

    fn take(&mut self, record: Record) -> Result<(), String> {
        self.check_signature(&record)?;
        if let Event::DeadlinePassed { alert, notice } = &record.event {
            self.check_notice(&record, *alert, notice)?;
        }
        if let Event::HazardDeferred { alert, .. } = &record.event {
            self.told.remove(&(*alert, Notice::HazardOverdue));
        }
        let before = self.past.state.clone();
        self.past.apply(&record);
        model::moves_legally(&before, &self.past.state, &record.event)?;
        self.records.push(record);
        Ok(())
    }

    /// Who, when and how it came in (I11).
    fn check_signature(&self, record: &Record) -> Result<(), String> {
        let Record { at, actor, command, event, .. } = record;
        if *at < self.past.state.last_at {
            return Err(format!("it is of {at}, before the one before it"));
        }
        let by_the_core =
            matches!(event, Event::DeadlinePassed { .. } | Event::WallClockJumped { .. });
        if by_the_core {
            return match *actor == Actor::system() && command.is_none() {
                true => Ok(()),
                false => Err(format!("the core's own record is signed by {actor:?}")),
            };
        }
        let known = self.past.state.accounts.get(&actor.account);
        let may_act = match actor.role {
            // Refusals are counted at the door and come in from there.
            Role::System => matches!(event, Event::AccessRefused { .. }),
            Role::Console => actor.channel != Channel::Deadline,
            role => known.is_some_and(|account| account.role == role && !account.disabled),
        };
        if may_act { Ok(()) } else { Err(format!("it is signed by {actor:?}, who may not act")) }
    }

    /// A deadline is told once, and never before it has come.
    fn check_notice(
        &mut self,
        record: &Record,
        alert: AlertId,
        notice: &Notice,
    ) -> Result<(), String> {
        if !self.told.insert((alert, notice.clone())) {
            return Err(format!("{notice:?} of alert {alert} is told again"));
        }
        if let Notice::ClockBreached { rule } = notice {
            let verdicts = naive::verdicts(&self.records, record.at);
            let verdict = verdicts.get(&(alert, rule.clone()));
            if verdict != Some(&Verdict::Breaching) {
                return Err(format!("{notice:?} of alert {alert} is told, and it is {verdict:?}"));
            }
        }
        Ok(())
    }

    /// What is true of every state (I6), and of every verdict.
    pub fn check_state(&self) -> Result<(), String> {
        model::holds(&self.past.state)
    }

    /// Every clock says what the naive reading of the records says.
    pub fn check_verdicts(&self, at: campus_dispatch::domain::Timestamp) -> Result<(), String> {
        let told: std::collections::BTreeMap<_, _> = self
            .past
            .state
            .alerts
            .values()
            .flat_map(|alert| alert.clocks(at).into_iter().map(|c| ((alert.id, c.rule), c.verdict)))
            .collect();
        let naive = naive::verdicts(&self.records, at);
        if told == naive { Ok(()) } else { Err(format!("as of {at}: {told:?}, naive {naive:?}")) }
    }
}
