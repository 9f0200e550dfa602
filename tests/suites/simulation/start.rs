//! Starts: in order, after a failed append, after a crash; with a snapshot or without.

use std::{
    mem,
    sync::{Arc, Mutex},
};

use campus_dispatch::{
    domain::{Within, record::Seq},
    engine::{
        Engine, Limits, SNAPSHOT_FORMAT, Submission, SubmitError, Writer,
        clock::{Clock, ManualClock},
    },
    journal::{
        JournalError,
        memory::MemoryDisk,
        snapshot::{MemoryFile, SnapshotStore},
    },
};

use super::{
    disk::{Mishap, Waiting, Watch, WatchedJournal},
    ledger::Ledger,
    model::{Answer, Plan},
    world::{Checked, Heard, Mail, World},
};

/// Opens the engine on a disk, and says from which position it went on.
pub fn open(
    disk: &MemoryDisk,
    snapshot: Option<&MemoryFile>,
    clock: &Arc<ManualClock>,
    limits: &Limits,
    watch: &Arc<Mutex<Watch>>,
    began_at: &mut Seq,
) -> Result<(Engine, Writer), JournalError> {
    let journal = WatchedJournal {
        journal: disk.open()?,
        disk: disk.clone(),
        clock: clock.clone(),
        watch: watch.clone(),
    };
    let store = snapshot.map(|file| SnapshotStore::in_memory(file.clone(), SNAPSHOT_FORMAT));
    let mut first = None;
    let mut progress = |seq, _| {
        first.get_or_insert(seq);
    };
    let opened =
        Engine::open(Box::new(journal), store, clock.clone(), limits.clone(), &mut progress)?;
    *began_at = first.unwrap_or_default();
    watch.lock().expect("one thread").engine = Some(opened.0.clone());
    Ok(opened)
}

impl World {
    /// The process dies between two turns, whatever waits.
    pub fn crash(&mut self) -> Checked {
        self.tell(|| "the process dies".to_owned());
        self.tally.count(("restart", "after a crash between two turns"));
        self.start_again(None, None)
    }

    /// Told to stop, the writer finishes what waits.
    pub fn stop(&mut self) -> Checked {
        self.tell(|| "told to stop".to_owned());
        self.watch().mishap = None;
        let engine = self.engine.clone();
        let mut stopping = Waiting::new(0, async move {
            engine.stop().await;
            Ok(())
        });
        if stopping.look().is_some() {
            return Err("stopped at once".to_owned());
        }
        self.put(Mail::Wake);
        self.check_closed()?;
        while !self.writer.as_ref().expect("started").is_done() {
            self.turn()?;
        }
        if !self.mailbox.is_empty() || !self.watch().callers.is_empty() {
            return Err("stopped before all was answered".to_owned());
        }
        self.tally.count(("restart", "in order"));
        self.start_again(Some(Ok(())), None)?;
        match stopping.look() {
            Some(Ok(())) => Ok(()),
            other => Err(format!("the stop ended with {other:?}")),
        }
    }

    /// The append failed: nobody hears anything but that the outcome is unknown (I8, I9).
    pub fn end_after(&mut self, error: JournalError, mishap: Mishap, plan: Plan) -> Checked {
        self.tell(|| format!("the append fails: {error}"));
        self.check_closed()?;
        if self.engine.position().seq != self.ledger.seq() {
            return Err("something of a failed append is shown".to_owned());
        }
        let taken: Vec<usize> = plan.answers.iter().map(|(number, _)| *number).collect();
        let callers = mem::take(&mut self.watch().callers);
        let mut later = Vec::new();
        for mut caller in callers {
            match (taken.contains(&caller.number), caller.look()) {
                (true, Some(Err(SubmitError::OutcomeUnknown))) => {
                    self.requests[caller.number].heard = Heard::Unknown;
                    self.tally.count(("answer", "outcome unknown"));
                }
                (false, None) => later.push(caller),
                (_, answer) => return Err(format!("after a failed append: {answer:?}")),
            }
        }
        self.tally.count(("restart", "after a failed append"));
        self.watch().callers = later;
        self.start_again(Some(Err(error)), Some((mishap, plan)))
    }

    /// Nobody is taken any more.
    fn check_closed(&mut self) -> Checked {
        if self.engine.is_ready() {
            return Err("it still says that it is ready".to_owned());
        }
        let Some(request) = self.requests.last() else { return Ok(()) };
        let engine = self.engine.clone();
        let Submission { actor, id, command } = request.submission.clone();
        let late = Submission { actor, id, command };
        let mut late = Waiting::new(0, async move { engine.submit(late).await });
        self.tally.count(("answer", "stopped"));
        match late.look() {
            Some(Err(SubmitError::Stopped)) => Ok(()),
            answer => Err(format!("when it takes no more, a command is answered {answer:?}")),
        }
    }

    /// Ends the writer in order, or lets it die, and starts again on what is durable. `open` is
    /// the turn of which nobody knows whether it was kept.
    pub fn start_again(
        &mut self,
        ended: Option<Result<(), JournalError>>,
        open: Option<(Mishap, Plan)>,
    ) -> Checked {
        let before = self.ledger.seq();
        let watch = Arc::<Mutex<Watch>>::default();
        let old = mem::replace(&mut self.watch, watch);
        let dies = ended.is_none();
        if dies {
            // A power cut: what was written and not synced is gone.
            self.disk = self.disk.copy();
        }
        self.let_go(&old, dies, ended)?;
        let kept = match open {
            None => None,
            Some((mishap, plan)) => {
                let keeps = matches!(mishap, Mishap::FailsAfterDurable | Mishap::DiesAfterDurable);
                self.tally.count(match keeps {
                    true => ("restart", "keeps an unknown batch"),
                    false => ("restart", "loses an unknown batch"),
                });
                keeps.then_some(plan)
            }
        };
        // All or nothing of it (I9), and all that was told before (I1).
        self.ledger.read_on(&self.disk, &mut self.tally)?;
        let expected = kept.as_ref().map_or(&[][..], |plan| &plan.records);
        if self.ledger.records[before as usize..] != *expected {
            return Err(format!("the journal goes from {before} to {}", self.ledger.seq()));
        }
        if let Some(plan) = kept {
            self.model.adopt(plan);
        }
        Ledger::verify(&self.disk)?;
        let durable = self.ledger.seq();
        if let Some(lost) = self.promised.values().find(|(_, outcome, _)| outcome.seq > durable) {
            return Err(format!("{:?} was answered and is lost", lost.1));
        }
        self.open_again()?;
        self.check_state()?;
        let now = self.ledger.past.state.last_at.max(self.now());
        self.ledger.check_verdicts(now)
    }

    /// Everybody who still waits loses the connection, or hears that it stopped.
    fn let_go(
        &mut self,
        old: &Arc<Mutex<Watch>>,
        dies: bool,
        ended: Option<Result<(), JournalError>>,
    ) -> Checked {
        let mut watch = mem::take(&mut *old.lock().expect("one thread"));
        watch.engine = None;
        let engine = self.engine.clone();
        let failed = matches!(ended, Some(Err(_)));
        let writer = self.writer.take().expect("started");
        match ended {
            Some(why) => writer.end(why),
            None => drop(writer),
        }
        let mut stopped =
            Waiting::new(0, async move { Ok::<_, SubmitError>(engine.stopped().await.is_err()) });
        if !dies && !matches!(stopped.look(), Some(Ok(told)) if told == failed) {
            return Err("why the writer ended is not told".to_owned());
        }
        for mut caller in watch.callers.drain(..) {
            let answer = caller.look();
            let heard = &mut self.requests[caller.number].heard;
            match (dies, answer) {
                (true, _) => *heard = Heard::Unknown,
                (false, Some(Err(SubmitError::Stopped))) => *heard = Heard::NotTaken,
                (false, answer) => return Err(format!("after the end: {answer:?}")),
            }
        }
        for number in mem::take(&mut self.latecomers) {
            self.requests[number].heard = Heard::NotTaken;
        }
        self.mailbox.clear();
        self.followers.iter_mut().for_each(|follower| follower.waits = None);
        Ok(())
    }

    /// The machine's wall clock says what time it is when the process starts again.
    fn open_again(&mut self) -> Checked {
        let down = Within::from_millis(self.dice.between(0, 60_000));
        let wall = self.clock.now() + self.clock.wall_offset() + down;
        self.clock = Arc::new(ManualClock::at(wall));
        let missing = self.ledger.past.state.last_at - wall;
        self.ahead = missing.max(Within::default());
        if missing.millis() > 0 {
            self.tally.count(("clock", "restarts behind the journal"));
        }
        self.wall_seen = Within::default();
        self.starts += 1;
        self.started_at = self.ledger.seq();
        let uses_snapshot = !self.dice.one_in(3);
        let file = uses_snapshot.then_some(&self.snapshot);
        let expected = if uses_snapshot { self.snapshot_seq } else { 0 };
        let mut began_at = 0;
        let opened = open(&self.disk, file, &self.clock, &self.limits, &self.watch, &mut began_at);
        let (engine, writer) = opened.map_err(|error| format!("no start: {error}"))?;
        (self.engine, self.writer) = (engine, Some(writer));
        if began_at != expected {
            return Err(format!("the start went on from {began_at} instead of {expected}"));
        }
        if began_at > 0 {
            self.tally.count(("snapshot", "is used"));
        }
        self.tell(|| format!("started on {} records, from {began_at}", self.started_at));
        Ok(())
    }

    /// The answer somebody heard is the first one again, over any number of starts (I2).
    pub fn keep_promise(&mut self, number: usize, answer: &Answer) -> Checked {
        let Answer::Done(outcome) = answer else { return Ok(()) };
        let Submission { actor, id: Some(id), command } = &self.requests[number].submission else {
            return Ok(());
        };
        if outcome.seq == 0 {
            return Ok(());
        }
        let key = (actor.account.clone(), id.clone());
        let first = || (command.clone(), outcome.clone(), self.starts);
        let (known, told, starts) = self.promised.entry(key).or_insert_with(first);
        if known != command || told != outcome {
            return Err(format!("#{number} is answered {outcome:?}, and was {told:?}"));
        }
        if *starts < self.starts {
            self.tally.count(("client", "retries after a restart and is answered as before"));
        }
        Ok(())
    }
}
