//! What one writer's turn must come to: the engine a second time, naive, from the rules alone. It
//! keeps whole commands instead of digests, looks through every alert instead of a queue, and
//! knows nothing of threads, mailboxes or disks.

use std::{collections::BTreeMap, sync::Arc};

use campus_dispatch::{
    domain::{
        Actor, Command, CommandKey, Event, Record, Rejection, State, Timestamp, Within,
        alert::Alert,
        command::Outcome,
        decide::{self, decide},
        id::{AccountName, AlertId, AssignmentId, CommandId},
    },
    engine::{Submission, commands::digest},
};

/// Alerts whose deadlines one turn tells at most.
const TOLD_PER_TURN: usize = 1_024;

/// A wall clock that moved by more than this was set.
const JUMP: Within = Within::from_seconds(2);

type Key = (AccountName, CommandId);

/// What is durable, and what each command that left a record came to.
#[derive(Default)]
pub struct Model {
    pub state: State,
    known: BTreeMap<Key, (Command, Outcome)>,
}

/// What a caller must hear.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Done(Outcome),
    Refused(Rejection, Option<Arc<Alert>>),
    IdReused,
    /// The disk is almost full, and it was never done before.
    NoRoom,
}

/// What a turn must come to, if it becomes durable.
pub struct Plan {
    pub state: State,
    pub records: Vec<Record>,
    /// By the request's number.
    pub answers: Vec<(usize, Answer)>,
    learned: BTreeMap<Key, (Command, Outcome)>,
}

impl Model {
    /// Plans the turn that takes up these requests at this instant of server time. Without room on
    /// the disk, nothing is done; what was done is still answered.
    pub fn plan(
        &self,
        now: Timestamp,
        jumped: Within,
        has_room: bool,
        requests: &[(usize, &Submission)],
    ) -> Plan {
        let mut plan = Plan {
            state: self.state.clone(),
            records: Vec::new(),
            answers: Vec::new(),
            learned: BTreeMap::new(),
        };
        if has_room && jumped.millis().abs() > JUMP.millis() {
            plan.write(now, &Actor::system(), None, vec![Event::WallClockJumped { by_ms: jumped }]);
        }
        if has_room {
            plan.tell_deadlines(now);
        }
        for (number, submission) in requests {
            let answer = self.answer(&mut plan, now, has_room, submission);
            plan.answers.push((*number, answer));
        }
        plan
    }

    /// The turn became durable.
    pub fn adopt(&mut self, plan: Plan) {
        self.state = plan.state;
        self.known.extend(plan.learned);
    }

    fn answer(
        &self,
        plan: &mut Plan,
        now: Timestamp,
        has_room: bool,
        submission: &Submission,
    ) -> Answer {
        let Submission { actor, id, command } = submission;
        let key = id.as_ref().map(|id| (actor.account.clone(), id.clone()));
        if let Some(key) = &key
            && let Some((first, outcome)) = plan.learned.get(key).or_else(|| self.known.get(key))
        {
            return match first == command {
                true => Answer::Done(outcome.clone()),
                false => Answer::IdReused,
            };
        }
        if !has_room {
            return Answer::NoRoom;
        }
        let at = now.max(plan.state.last_at);
        match decide(&plan.state, actor, command, at) {
            Err(rejection) => {
                let named = alert_named(&plan.state, command);
                Answer::Refused(rejection, named.and_then(|id| plan.state.alert(id)).cloned())
            }
            Ok(events) if events.is_empty() => {
                let alert = decide::standing_alert(&plan.state, actor, command);
                Answer::Done(Outcome { seq: 0, alert, assignments: Vec::new() })
            }
            Ok(events) => {
                let written = id.clone().map(|id| CommandKey { id, digest: digest(command) });
                let outcome = plan.write(now, actor, written, events);
                plan.learned.extend(key.map(|key| (key, (command.clone(), outcome.clone()))));
                Answer::Done(outcome)
            }
        }
    }
}

impl Plan {
    fn write(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        command: Option<CommandKey>,
        events: Vec<Event>,
    ) -> Outcome {
        let at = now.max(self.state.last_at);
        let alert = events[0].alert();
        let mut assignments: Vec<AssignmentId> = Vec::new();
        for event in events {
            let touched = event.assignment();
            assignments.extend(touched.filter(|id| !assignments.contains(id)));
            let seq = self.state.seq + 1;
            let record = Record { seq, at, actor: actor.clone(), command: command.clone(), event };
            self.state.apply(&record);
            self.records.push(record);
        }
        Outcome { seq: self.state.seq, alert, assignments }
    }

    fn tell_deadlines(&mut self, now: Timestamp) {
        let next = |alert: &Arc<Alert>| Some((alert.next_deadline()?, alert.id));
        let mut due: Vec<(Timestamp, AlertId)> =
            self.state.alerts.values().filter_map(next).filter(|(at, _)| *at <= now).collect();
        due.sort();
        for (_, id) in due.into_iter().take(TOLD_PER_TURN) {
            let mut notices = self.state.alerts[&id].deadlines();
            notices.retain(|(at, _)| *at <= now);
            notices.sort();
            let told = |(_, notice)| Event::DeadlinePassed { alert: id, notice };
            self.write(now, &Actor::system(), None, notices.into_iter().map(told).collect());
        }
    }
}

/// The alert a command names, read off its written form.
fn alert_named(state: &State, command: &Command) -> Option<AlertId> {
    let written = serde_json::to_value(command).expect("a command is plain data");
    let number = |field: &str| written.get(field)?.as_u64().and_then(|id| u32::try_from(id).ok());
    let of_assignment = |id| state.assignment(AssignmentId(id)).map(|(alert, _)| alert.id);
    number("alert")
        .or_else(|| number("of"))
        .map(AlertId)
        .or_else(|| of_assignment(number("assignment")?))
}
